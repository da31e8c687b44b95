package org.hauptbuch.api.tx;

import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/**
 * A signed transaction. Immutable: its encoding, its id and its sender's address are derived once.
 */
public final class Transaction {
    /** The most bytes of a chain id. */
    public static final int MAX_CHAIN_ID = 64;

    /** The most bytes of an encoded transaction. */
    public static final int MAX_BYTES = (1 << 20) + 65_536;

    private final String chainId;
    private final PublicKey sender;
    private final long nonce;
    private final long fee;
    private final long gasLimit;
    private final long expiryHeight;
    private final Payload payload;
    private final Bytes signature;

    // whichever thread derives these derives the same, from immutable values: no lock is needed
    private Bytes encoded;
    private Hash id;
    private Address from;

    /**
     * A transaction.
     *
     * @param chainId the chain that it is for, 1 to {@link #MAX_CHAIN_ID} bytes
     * @param sender the key of the account that pays and is bound by it
     * @param nonce the sender's count of transactions before this one
     * @param fee units that the sender pays for it, whatever becomes of it
     * @param gasLimit the most gas that it may use
     * @param expiryHeight the last block that may hold it
     * @param payload what it does
     * @param signature the sender's signature over {@link #signBytes()}
     */
    public Transaction(
            String chainId,
            PublicKey sender,
            long nonce,
            long fee,
            long gasLimit,
            long expiryHeight,
            Payload payload,
            Bytes signature) {
        this.chainId = chainId;
        this.sender = sender;
        this.nonce = nonce;
        this.fee = fee;
        this.gasLimit = gasLimit;
        this.expiryHeight = expiryHeight;
        this.payload = payload;
        this.signature = signature;
    }

    /** The chain that it is for. */
    public String chainId() {
        return chainId;
    }

    /** The key of the account that pays and is bound by it. */
    public PublicKey sender() {
        return sender;
    }

    /** The sender's count of transactions before this one. */
    public long nonce() {
        return nonce;
    }

    /** Units that the sender pays for it, whatever becomes of it. */
    public long fee() {
        return fee;
    }

    /** The most gas that it may use. */
    public long gasLimit() {
        return gasLimit;
    }

    /** The last block that may hold it. */
    public long expiryHeight() {
        return expiryHeight;
    }

    /** What it does. */
    public Payload payload() {
        return payload;
    }

    /** The sender's signature over {@link #signBytes()}. */
    public Bytes signature() {
        return signature;
    }

    /** The account that sends it. */
    public Address from() {
        Address known = from;
        if (known == null) {
            known = Address.of(sender);
            from = known;
        }
        return known;
    }

    /** The same transaction with a signature. */
    public Transaction signed(Bytes newSignature) {
        return new Transaction(chainId, sender, nonce, fee, gasLimit, expiryHeight, payload, newSignature);
    }

    /** What {@code signature} signs: a domain, then every other field. */
    public Bytes signBytes() {
        Writer out = new Writer().string("hauptbuch/transaction/1");
        body(out);
        return out.toBytes();
    }

    /** The gas that executing it uses. */
    public long gas(GasSchedule schedule) {
        long gas = schedule.transactionValidation();
        if (payload.type().touchesSelection()) {
            gas = Math.addExact(gas, schedule.validatorSelection());
        }
        if (payload.type() == PayloadType.SUBMIT_EVIDENCE) {
            gas = Math.addExact(gas, schedule.slashingDetection());
        }
        // each signature inside costs what a transaction's own does
        if (payload instanceof Payload.ProposeRules p) {
            gas = Math.addExact(
                    gas,
                    Math.multiplyExact(
                            schedule.transactionValidation(), p.attestations().size()));
        } else if (payload instanceof Payload.AttestRules) {
            gas = Math.addExact(gas, schedule.transactionValidation());
        }
        return gas;
    }

    /** The digest of the encoding: the transaction's name. */
    public Hash id() {
        Hash known = id;
        if (known == null) {
            Bytes bytes = encoded;
            known = bytes == null ? written().sha256() : Hash.sha256(bytes);
            id = known;
        }
        return known;
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Bytes known = encoded;
        if (known == null) {
            known = written().toBytes();
            encoded = known;
        }
        return known;
    }

    /** Reads {@link #encode()}. @throws org.hauptbuch.api.error.PoSException INVALID_TRANSACTION */
    public static Transaction decode(Bytes encoded) {
        if (encoded.length() > MAX_BYTES) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_TRANSACTION,
                    "transaction",
                    encoded.length() + " bytes",
                    "at most " + MAX_BYTES + " bytes");
        }
        Reader in = new Reader(encoded, PoSError.INVALID_TRANSACTION);
        String chainId = in.string("chainId", MAX_CHAIN_ID);
        PublicKey sender = in.publicKey("sender");
        Transaction transaction = new Transaction(
                chainId,
                sender,
                in.u64("nonce"),
                in.u64("fee"),
                in.u64("gasLimit"),
                in.u64("expiryHeight"),
                Payload.read(in),
                in.signature("signature", sender.type()));
        in.end();
        // canonical: encoding it again would give the same bytes
        transaction.encoded = encoded;
        return transaction;
    }

    /** What a consensus key signs to show that {@code owner} holds it, so that nobody registers another's key. */
    public static Bytes possessionBytes(String chainId, Address owner, PublicKey consensusKey) {
        return new Writer()
                .string("hauptbuch/possession/1")
                .string(chainId)
                .fixed(owner.bytes())
                .fixed(consensusKey.encoded())
                .toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transaction that && id().equals(that.id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return "Transaction[id=" + id() + ", from=" + from() + ", nonce=" + nonce + ", fee=" + fee + ", payload="
                + payload + "]";
    }

    private Writer written() {
        Writer out = new Writer(96 + sender.bytes().length() + signature.length());
        body(out);
        return out.bytes(signature);
    }

    private void body(Writer out) {
        out.string(chainId)
                .fixed(sender.encoded())
                .u64(nonce)
                .u64(fee)
                .u64(gasLimit)
                .u64(expiryHeight);
        payload.write(out);
    }
}
