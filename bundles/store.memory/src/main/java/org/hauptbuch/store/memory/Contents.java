package org.hauptbuch.store.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/**
 * What was committed under one folder's name. A scan sees the entries of one moment without holding a lock, and so does a view: it pins the
 * map that it walks, and a commit copies a pinned map before it changes it. Without a scan under way, a commit costs
 * what it changes. Thread-safe.
 */
final class Contents {
    /** One map of a space, and how many scans walk it. Guarded by the contents' monitor; the map, once pinned, is not changed. */
    private static final class Table {
        private final TreeMap<Bytes, Bytes> entries;
        private int pins;

        Table(TreeMap<Bytes, Bytes> entries) {
            this.entries = entries;
        }
    }

    private final Map<Store.Space, Table> tables = new EnumMap<>(Store.Space.class);

    Contents() {
        for (Store.Space space : Store.Space.values()) {
            tables.put(space, new Table(new TreeMap<>()));
        }
    }

    synchronized Optional<Bytes> get(Store.Space space, Bytes key) {
        return Optional.ofNullable(tables.get(space).entries.get(key));
    }

    void scan(Store.Space space, Bytes prefix, Bytes from, Store.Visitor visitor) {
        Table table = pin(space);
        try {
            walk(table, prefix, from, visitor);
        } finally {
            unpin(table);
        }
    }

    /** The maps as they are now, pinned until it is closed. */
    synchronized Store.View view() {
        Map<Store.Space, Table> pinned = new EnumMap<>(tables);
        pinned.values().forEach(table -> table.pins++);
        return new Store.View() {
            private boolean closed;

            @Override
            public Optional<Bytes> get(Store.Space space, Bytes key) {
                return Optional.ofNullable(table(space).entries.get(key));
            }

            @Override
            public void scan(Store.Space space, Bytes prefix, Bytes from, Store.Visitor visitor) {
                walk(table(space), prefix, from, visitor);
            }

            @Override
            public void close() {
                synchronized (Contents.this) {
                    if (!closed) {
                        closed = true;
                        pinned.values().forEach(table -> table.pins--);
                    }
                }
            }

            private Table table(Store.Space space) {
                synchronized (Contents.this) {
                    if (closed) {
                        throw new IllegalStateException("the view is closed");
                    }
                    return pinned.get(space);
                }
            }
        };
    }

    private static void walk(Table table, Bytes prefix, Bytes from, Store.Visitor visitor) {
        Bytes begin = from.compareTo(prefix) < 0 ? prefix : from;
        for (Map.Entry<Bytes, Bytes> entry : table.entries.tailMap(begin, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || !visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    synchronized void commit(Batch batch) {
        for (Batch.Change change : batch.changes()) {
            TreeMap<Bytes, Bytes> entries = writable(change.space());
            change.value()
                    .ifPresentOrElse(value -> entries.put(change.key(), value), () -> entries.remove(change.key()));
        }
    }

    private TreeMap<Bytes, Bytes> writable(Store.Space space) {
        Table table = tables.get(space);
        if (table.pins > 0) {
            table = new Table(new TreeMap<>(table.entries));
            tables.put(space, table);
        }
        return table.entries;
    }

    private synchronized Table pin(Store.Space space) {
        Table table = tables.get(space);
        table.pins++;
        return table;
    }

    private synchronized void unpin(Table table) {
        table.pins--;
    }
}
