package org.hauptbuch.node.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/**
 * The state after the last final block, with the entries used last kept in memory: every block reads the accounts and
 * the upper part of the tree that the blocks before it wrote. Belongs to the loop and to the
 * calls of rules that it waits for; others read the store. Its parts are locked, because a call that was given up goes
 * on reading: what it remembers late must not stand in for what was committed since.
 */
public final class StoredState implements StateReader {
    /** About 40 MB in each of the two parts at the most. */
    private static final int MAX_ENTRIES = 200_000;

    private final Store store;
    private final Map<Bytes, Optional<Bytes>> values = new Recent();
    private final Map<Bytes, Optional<Bytes>> nodes = new Recent();

    /** The state in {@code store}. */
    public StoredState(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Bytes> value(Bytes key) {
        return cached(values, Store.Space.STATE, key);
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        store.scan(Store.Space.STATE, prefix, visitor);
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        return cached(nodes, Store.Space.TREE, treeKey);
    }

    /** Follows a change that was just committed. */
    public synchronized void committed(StateChange change) {
        values.putAll(change.values());
        nodes.putAll(change.nodes());
    }

    /** Forgets what it remembers: the store's state was taken away. */
    public synchronized void clear() {
        values.clear();
        nodes.clear();
    }

    private synchronized Optional<Bytes> cached(Map<Bytes, Optional<Bytes>> cache, Store.Space space, Bytes key) {
        Optional<Bytes> known = cache.get(key);
        if (known == null) {
            known = store.get(space, key);
            cache.put(key, known);
        }
        return known;
    }

    private static final class Recent extends LinkedHashMap<Bytes, Optional<Bytes>> {
        private static final long serialVersionUID = 1L;

        private Recent() {
            super(1024, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Optional<Bytes>> eldest) {
            return size() > MAX_ENTRIES;
        }
    }
}
