package org.hauptbuch.node.chain;

import java.util.List;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Bytes;

/** The way to decoders that are nobody's business outside of their package. */
public final class RecordInput {
    private RecordInput() {}

    /** Receipts, encoded. */
    public static Bytes receipts(List<Receipt> receipts) {
        return Receipts.encode(receipts);
    }

    /** Receipts, decoded. */
    public static List<Receipt> receipts(Bytes encoded) {
        return Receipts.decode(encoded);
    }

    /** The last final block, encoded. */
    public static Bytes tip(Tip tip) {
        return tip.encode();
    }

    /** The last final block, decoded. */
    public static Tip tip(Bytes encoded) {
        return Tip.decode(encoded);
    }
}
