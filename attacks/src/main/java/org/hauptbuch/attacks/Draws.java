package org.hauptbuch.attacks;

import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Chance, drawn from a seed by SHA-256. */
final class Draws {
    private Draws() {}

    /** What everything of one attacker in one scenario is drawn from. */
    static Hash of(String what, long seed, int stake) {
        return Hash.sha256(
                new Writer().string("attacks " + what).u64(seed).u32(stake).toArray());
    }

    static Hash hash(Hash source, String what, long number) {
        return Hash.sha256(
                new Writer().fixed(source.bytes()).string(what).u64(number).toArray());
    }

    static Hash hash(Hash source, Bytes who, long number) {
        return Hash.sha256(
                new Writer().fixed(source.bytes()).fixed(who).u64(number).toArray());
    }
}
