package org.hauptbuch.node.signer;

import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The bytes that a validator's node wants signed, understood: everything that its consensus key signs, and nothing else.
 *
 * @param chainId the chain that they are for; empty for a link between peers, which names a chain by its genesis
 * @param stand where they stand among what may contradict them; empty where nothing does
 * @param bytes what is signed
 */
record ToSign(Optional<String> chainId, Optional<Stand> stand, Bytes bytes) {
    private static final int MAX_DOMAIN = 64;

    /** The slot of a vote to go back, which there is one of at a height. */
    static final String ROLLBACK = "ROLLBACK";

    /**
     * Where a message stands: two different ones for one slot of a height contradict each other.
     *
     * @param round that of a vote or a proposal; 0 for a vote to go back
     * @param decides whether a quorum of such could make a block final
     */
    record Stand(long height, int round, String slot, boolean decides) {}

    /**
     * Understands a message.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where it is nothing that a consensus key signs, or malformed
     */
    static ToSign parse(Bytes message) {
        Reader in = new Reader(message, PoSError.SECURITY_VALIDATION_FAILED);
        String domain = in.string("what is to be signed", MAX_DOMAIN);
        ToSign parsed =
                switch (domain) {
                    case "hauptbuch/vote/1" -> vote(in, message);
                    case "hauptbuch/proposal/1" -> proposal(in, message);
                    case "hauptbuch/rollback/1" -> rollback(in, message);
                    case "hauptbuch/attestation/1" -> attestation(in, message);
                    case "hauptbuch/link/2" -> link(in, message);
                    default -> throw in.refuse(
                            "what is to be signed",
                            "'" + domain + "'",
                            "a vote, a proposal, a vote to roll back, an attestation or a link's proof");
                };
        in.end();
        return parsed;
    }

    /**
     * The chain that a proof of randomness is for.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where it is not what {@link BlockHeader#revealBytes} makes
     */
    static String chainOfReveal(Bytes alpha) {
        Reader in = new Reader(alpha, PoSError.SECURITY_VALIDATION_FAILED);
        String domain = in.string("what is to be proven", MAX_DOMAIN);
        if (!domain.equals("hauptbuch/reveal/2")) {
            throw in.refuse("what is to be proven", "'" + domain + "'", "the reveal of a round");
        }
        String chainId = chain(in);
        Bytes again = BlockHeader.revealBytes(chainId, in.hash("seed"), in.u64("height"), in.u32("round"));
        in.end();
        return same(in, alpha, again, chainId);
    }

    private static ToSign vote(Reader in, Bytes message) {
        String chainId = chain(in);
        int phase = in.u8("vote.phase");
        if (phase >= VotePhase.values().length) {
            throw in.refuse("vote.phase", phase, "0 to " + (VotePhase.values().length - 1));
        }
        VotePhase kind = VotePhase.values()[phase];
        long height = in.u64("vote.height");
        int round = in.u32("vote.round");
        Hash block = in.hash("vote.block");
        same(in, message, Vote.signBytes(chainId, kind, height, round, block), chainId);
        return new ToSign(
                Optional.of(chainId),
                Optional.of(new Stand(height, round, kind + "/" + round, kind.decides() && !block.isZero())),
                message);
    }

    private static ToSign proposal(Reader in, Bytes message) {
        String chainId = chain(in);
        long height = in.u64("proposal.height");
        int round = in.u32("proposal.round");
        boolean isValid = in.bool("proposal.hasValidRound");
        int validRound = in.u32("proposal.validRound");
        OptionalInt valid = isValid ? OptionalInt.of(validRound) : OptionalInt.empty();
        same(in, message, Proposal.signBytes(chainId, height, round, valid, in.hash("proposal.block")), chainId);
        return new ToSign(
                Optional.of(chainId), Optional.of(new Stand(height, round, "PROPOSAL/" + round, false)), message);
    }

    private static ToSign rollback(Reader in, Bytes message) {
        String chainId = chain(in);
        long height = in.u64("rollback.height");
        Bytes again = RollbackVote.signBytes(chainId, height, in.hash("rollback.from"), in.hash("rollback.to"));
        same(in, message, again, chainId);
        return new ToSign(Optional.of(chainId), Optional.of(new Stand(height, 0, ROLLBACK, false)), message);
    }

    private static ToSign attestation(Reader in, Bytes message) {
        String chainId = chain(in);
        in.hash("attestation.plan");
        in.hash("attestation.ruleSet");
        in.hash("attestation.selfTest");
        in.address("attestation.validator");
        return new ToSign(Optional.of(chainId), Optional.empty(), message);
    }

    private static ToSign link(Reader in, Bytes message) {
        in.bool("link.byDialler");
        in.hash("link.certificate");
        in.bytes("link.diallersHello", Channel.MAX_BYTES);
        in.bytes("link.acceptorsHello", Channel.MAX_BYTES);
        return new ToSign(Optional.empty(), Optional.empty(), message);
    }

    private static String chain(Reader in) {
        return in.string("chain", Transaction.MAX_CHAIN_ID);
    }

    /** What is understood is what is signed, to the last byte. */
    private static String same(Reader in, Bytes message, Bytes again, String chainId) {
        if (!message.equals(again)) {
            throw in.refuse("what is to be signed", message.length() + " bytes", "the encoding of what it says");
        }
        return chainId;
    }
}
