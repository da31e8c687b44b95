package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;

/**
 * How far each segment of a state is.
 *
 * @param cursors the digest with which it goes on; empty where it is whole
 */
record SyncProgress(List<Optional<Hash>> cursors) {
    /** The finest share of a segment that is counted: the eight bits after the segment's. */
    private static final long PARTS = 1L << 12;

    boolean isWhole() {
        return cursors.stream().allMatch(Optional::isEmpty);
    }

    /** Whether {@code segment} goes on with {@code from}. */
    boolean isAt(int segment, Hash from) {
        return cursors.get(segment).equals(Optional.of(from));
    }

    /** With {@code chunk} of {@code segment}. */
    SyncProgress with(int segment, StateChunk chunk) {
        List<Optional<Hash>> after = new ArrayList<>(cursors);
        after.set(segment, chunk.endsSegment() ? Optional.empty() : StateChunk.after(chunk.to()));
        return new SyncProgress(List.copyOf(after));
    }

    /** How much of the state is here: digests are spread evenly. */
    int percent() {
        long done = cursors.stream()
                .mapToLong(open -> open.map(cursor -> (cursor.bytes().at(0) & 0x0fL) << 8
                                | cursor.bytes().at(1) & 0xffL)
                        .orElse(PARTS))
                .sum();
        return cursors.isEmpty() ? 0 : (int) (done * 100 / (PARTS * cursors.size()));
    }
}
