package org.hauptbuch.node.chain;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Bytes;

/** The stored form of a block's receipts. Node-local: it is no part of what nodes agree on. */
final class Receipts {
    private static final int MAX_DETAIL = 4_096;

    private Receipts() {}

    static Bytes encode(List<Receipt> receipts) {
        return new Writer(16 + receipts.size() * 72)
                .list(receipts, Receipts::write)
                .toBytes();
    }

    static List<Receipt> decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.INVALID_TRANSACTION);
        List<Receipt> receipts = in.list("receipts", Block.MAX_BYTES, Receipts::read);
        in.end();
        return receipts;
    }

    private static void write(Writer out, Receipt receipt) {
        out.fixed(receipt.transaction().bytes()).u64(receipt.height()).u32(receipt.index());
        out.u64(receipt.gasUsed()).optional(receipt.error(), (w, e) -> w.u8(e.ordinal()));
        String detail = receipt.detail();
        // at most three bytes a character: a message of a rule never makes a block unreadable
        out.string(detail.length() > MAX_DETAIL / 3 ? detail.substring(0, MAX_DETAIL / 3) : detail);
    }

    private static Receipt read(Reader in) {
        return new Receipt(
                in.hash("receipt.transaction"),
                in.u64("receipt.height"),
                in.u32("receipt.index"),
                in.u64("receipt.gasUsed"),
                in.optional("receipt.error", Receipts::error),
                in.string("receipt.detail", MAX_DETAIL));
    }

    private static PoSError error(Reader in) {
        int ordinal = in.u8("receipt.error");
        return Optional.of(ordinal)
                .filter(o -> o < PoSError.values().length)
                .map(o -> PoSError.values()[o])
                .orElseThrow(() -> in.refuse("receipt.error", ordinal, "0 to " + (PoSError.values().length - 1)));
    }
}
