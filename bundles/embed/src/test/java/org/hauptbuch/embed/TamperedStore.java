package org.hauptbuch.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/** A store that somebody else writes to, and whose disk can be full. */
final class TamperedStore implements Store {
    private final HeapStore store = new HeapStore();
    private boolean full;

    /** From now on no commit succeeds. */
    void fill() {
        full = true;
    }

    /** From now on commits succeed again. */
    void free() {
        full = false;
    }

    /** Writes what one key of the state has to another, behind the chain's back. */
    void copyValue(Bytes from, Bytes to) {
        store.commit(
                new Batch().put(Space.STATE, to, store.get(Space.STATE, from).orElseThrow()));
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        return store.get(space, key);
    }

    @Override
    public void scan(Space space, Bytes prefix, Visitor visitor) {
        store.scan(space, prefix, visitor);
    }

    @Override
    public void commit(Batch batch) {
        if (full) {
            throw new UncheckedIOException(new IOException("no space left on device"));
        }
        store.commit(batch);
    }

    @Override
    public void close() {
        store.close();
    }
}
