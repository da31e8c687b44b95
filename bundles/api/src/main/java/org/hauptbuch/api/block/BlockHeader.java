package org.hauptbuch.api.block;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayResult;

/**
 * What a block commits to. A header with its certificate is all that a light client needs.
 *
 * @param chainId the chain
 * @param height 1 or more; genesis is height 0 and has no header
 * @param round the round in which the block was built
 * @param epoch the epoch of {@code height}
 * @param parent the hash of the header before; the genesis hash at height 1
 * @param timeMillis milliseconds since 1970, later than the parent's
 * @param proposer the validator that built it
 * @param transactionsRoot the RFC 6962 Merkle tree hash of the encoded transactions
 * @param evidenceRoot the RFC 6962 Merkle tree hash of the encoded evidence
 * @param stateRoot the root of the state after this block
 * @param validatorsRoot {@link org.hauptbuch.api.chain.ValidatorSet#root()} of the set that decides this block
 * @param ruleSetId the rules that judge this block
 * @param reveal the proposer's contribution to randomness: its consensus key's proof for {@link #revealBytes}, {@link
 *     SignatureScheme#PROOF_LENGTH} bytes. The output of the proof is what counts: the key has one for each height and
 *     round
 * @param lastCertificate the digest of the certificate of the parent, zero at height 1
 * @param delay the output of the epoch's delay and its proof, one after the other, in the one block of an epoch that
 *     brings them; else empty
 */
public record BlockHeader(
        String chainId,
        long height,
        int round,
        long epoch,
        Hash parent,
        long timeMillis,
        Address proposer,
        Hash transactionsRoot,
        Hash evidenceRoot,
        Hash stateRoot,
        Hash validatorsRoot,
        Hash ruleSetId,
        Bytes reveal,
        Hash lastCertificate,
        Bytes delay) {
    /** The most bytes of an output and its proof. */
    public static final int MAX_DELAY = DelayResult.MAX_OUTPUT_BYTES + DelayResult.MAX_PROOF_BYTES;

    /** A header without a delay. */
    public BlockHeader(
            String chainId,
            long height,
            int round,
            long epoch,
            Hash parent,
            long timeMillis,
            Address proposer,
            Hash transactionsRoot,
            Hash evidenceRoot,
            Hash stateRoot,
            Hash validatorsRoot,
            Hash ruleSetId,
            Bytes reveal,
            Hash lastCertificate) {
        this(
                chainId,
                height,
                round,
                epoch,
                parent,
                timeMillis,
                proposer,
                transactionsRoot,
                evidenceRoot,
                stateRoot,
                validatorsRoot,
                ruleSetId,
                reveal,
                lastCertificate,
                Bytes.EMPTY);
    }

    /** The name of the block. */
    public Hash hash() {
        Writer out = new Writer(512).string("hauptbuch/header/1");
        write(out);
        return out.sha256();
    }

    /**
     * What a proposer's contribution to randomness is proven for, and under a private schedule its right to propose: one
     * proof is both. Nothing in it is the proposer's choice but the round, of which it may let one pass.
     *
     * @param seed the seed of the epoch of {@code height}
     */
    public static Bytes revealBytes(String chainId, Hash seed, long height, int round) {
        return new Writer(128)
                .string("hauptbuch/reveal/2")
                .string(chainId)
                .fixed(seed.bytes())
                .u64(height)
                .u32(round)
                .toBytes();
    }

    /** With another state root: a producer knows it only after it executed the block. */
    public BlockHeader withStateRoot(Hash root) {
        return new BlockHeader(
                chainId,
                height,
                round,
                epoch,
                parent,
                timeMillis,
                proposer,
                transactionsRoot,
                evidenceRoot,
                root,
                validatorsRoot,
                ruleSetId,
                reveal,
                lastCertificate,
                delay);
    }

    /** With the output and the proof of a delay. */
    public BlockHeader withDelay(Bytes newDelay) {
        return new BlockHeader(
                chainId,
                height,
                round,
                epoch,
                parent,
                timeMillis,
                proposer,
                transactionsRoot,
                evidenceRoot,
                stateRoot,
                validatorsRoot,
                ruleSetId,
                reveal,
                lastCertificate,
                newDelay);
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.string(chainId)
                .u64(height)
                .u32(round)
                .u64(epoch)
                .fixed(parent.bytes())
                .u64(timeMillis);
        out.fixed(proposer.bytes()).fixed(transactionsRoot.bytes()).fixed(evidenceRoot.bytes());
        out.fixed(stateRoot.bytes()).fixed(validatorsRoot.bytes()).fixed(ruleSetId.bytes());
        out.bytes(reveal).fixed(lastCertificate.bytes()).bytes(delay);
    }

    private static Bytes readReveal(Reader in) {
        Bytes reveal = in.bytes("header.reveal", SignatureScheme.PROOF_LENGTH);
        if (reveal.length() != SignatureScheme.PROOF_LENGTH) {
            throw in.refuse("header.reveal", reveal.length() + " bytes", SignatureScheme.PROOF_LENGTH + " bytes");
        }
        return reveal;
    }

    /** Reads what {@link #write} wrote. */
    public static BlockHeader read(Reader in) {
        return new BlockHeader(
                in.string("header.chainId", Transaction.MAX_CHAIN_ID),
                in.u64("header.height"),
                in.u32("header.round"),
                in.u64("header.epoch"),
                in.hash("header.parent"),
                in.u64("header.time"),
                in.address("header.proposer"),
                in.hash("header.transactionsRoot"),
                in.hash("header.evidenceRoot"),
                in.hash("header.stateRoot"),
                in.hash("header.validatorsRoot"),
                in.hash("header.ruleSetId"),
                readReveal(in),
                in.hash("header.lastCertificate"),
                in.bytes("header.delay", MAX_DELAY));
    }
}
