package org.hauptbuch.node.core;

import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.store.memory.MemoryStoreFactory;

/** Stores for tests. */
public final class TestStores {
    private TestStores() {}

    public static Store memory() {
        return new MemoryStoreFactory().open(Path.of("unused"));
    }

    /** Counts commits, refuses the one that it is told to refuse, and has as much room as it is told. */
    public static final class Counting implements Store {
        private final Store store;
        public int commits;
        public int failAt = -1;
        public long usable = Long.MAX_VALUE;

        public Counting(Store store) {
            this.store = store;
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
        public long usableBytes() {
            return usable;
        }

        @Override
        public void commit(Batch batch) {
            if (commits == failAt) {
                throw new IllegalStateException("no space left on device");
            }
            store.commit(batch);
            commits++;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
