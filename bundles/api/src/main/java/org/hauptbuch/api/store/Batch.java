package org.hauptbuch.api.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;

/** Changes that become durable together, in the order in which they were added. Not thread-safe. */
public final class Batch {
    /**
     * One change.
     *
     * @param space where
     * @param key which entry
     * @param value its new value; empty removes it
     */
    public record Change(Store.Space space, Bytes key, Optional<Bytes> value) {}

    private final List<Change> changes = new ArrayList<>();

    /** Sets {@code key} to {@code value}. */
    public Batch put(Store.Space space, Bytes key, Bytes value) {
        changes.add(new Change(space, key, Optional.of(value)));
        return this;
    }

    /** Removes {@code key}; nothing happens where it is absent. */
    public Batch remove(Store.Space space, Bytes key) {
        changes.add(new Change(space, key, Optional.empty()));
        return this;
    }

    /** The changes so far. */
    public List<Change> changes() {
        return changes;
    }
}
