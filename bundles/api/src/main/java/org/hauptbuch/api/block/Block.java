package org.hauptbuch.api.block;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A block.
 *
 * @param header what it commits to
 * @param lastCertificate the votes that made the parent final; empty at height 1 only
 * @param rollback what returns this height to the rule set before; empty unless the rule set that was due failed
 * @param evidence offences reported, executed before the transactions
 * @param transactions in the order of execution
 */
public record Block(
        BlockHeader header,
        Optional<Certificate> lastCertificate,
        Optional<RollbackCertificate> rollback,
        List<Evidence> evidence,
        List<Transaction> transactions) {
    /** The most bytes of an encoded block on any chain. */
    public static final int MAX_BYTES = 1 << 25;

    public Block {
        evidence = List.copyOf(evidence);
        transactions = List.copyOf(transactions);
    }

    /** A block of a height that was not rolled back. */
    public Block(
            BlockHeader header,
            Optional<Certificate> lastCertificate,
            List<Evidence> evidence,
            List<Transaction> transactions) {
        this(header, lastCertificate, Optional.empty(), evidence, transactions);
    }

    /** The name of the block: its header's hash. */
    public Hash hash() {
        return header.hash();
    }

    /** The block's height. */
    public long height() {
        return header.height();
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer(
                1024 + 96 * lastCertificate.map(c -> c.signatures().size()).orElse(0));
        header.write(out);
        out.optional(lastCertificate, (w, c) -> c.write(w));
        out.optional(rollback, (w, c) -> c.write(w));
        out.list(evidence, (w, e) -> e.write(w));
        Bytes before = out.toBytes();
        int length = before.length() + Integer.BYTES;
        for (Transaction transaction : transactions) {
            length = Math.addExact(length, Integer.BYTES + transaction.encode().length());
        }
        return new Writer(length)
                .fixed(before)
                .list(transactions, (w, t) -> w.bytes(t.encode()))
                .toBytes();
    }

    /** Reads {@link #encode()}. @throws PoSException INVALID_BLOCK, or INVALID_TRANSACTION of one inside */
    public static Block decode(Bytes encoded) {
        if (encoded.length() > MAX_BYTES) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_BLOCK, "block", encoded.length() + " bytes", "at most " + MAX_BYTES + " bytes");
        }
        Reader in = new Reader(encoded, PoSError.INVALID_BLOCK);
        Block block = new Block(
                BlockHeader.read(in),
                in.optional("lastCertificate", Certificate::read),
                in.optional("rollback", RollbackCertificate::read),
                in.list("evidence", MAX_BYTES, Evidence::read),
                in.list(
                        "transactions",
                        MAX_BYTES,
                        r -> Transaction.decode(r.bytes("transaction", Transaction.MAX_BYTES))));
        in.end();
        return block;
    }
}
