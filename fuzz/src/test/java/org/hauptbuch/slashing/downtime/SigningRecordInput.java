package org.hauptbuch.slashing.downtime;

import org.hauptbuch.api.value.Bytes;

/** The way to a decoder that is nobody's business outside of its package. */
public final class SigningRecordInput {
    private SigningRecordInput() {}

    /** The blocks that a record says were missed. */
    public static int misses(Bytes encoded) {
        return SigningRecord.decode(encoded).misses();
    }

    /** A record with a miss. */
    public static Bytes sample() {
        return SigningRecord.beginning(100, 5).with(7, false).encode(7).orElseThrow();
    }
}
