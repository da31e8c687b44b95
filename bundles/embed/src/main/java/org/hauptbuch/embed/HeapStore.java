package org.hauptbuch.embed;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/** The store of a chain that ends with its program. One thread commits at a time, while nobody reads. */
final class HeapStore implements Store {
    private final Map<Space, ConcurrentNavigableMap<Bytes, Bytes>> spaces = new EnumMap<>(Space.class);

    HeapStore() {
        for (Space space : Space.values()) {
            spaces.put(space, new ConcurrentSkipListMap<>());
        }
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        return Optional.ofNullable(spaces.get(space).get(key));
    }

    @Override
    public void scan(Space space, Bytes prefix, Visitor visitor) {
        for (Map.Entry<Bytes, Bytes> entry :
                spaces.get(space).tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || !visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public void commit(Batch batch) {
        for (Batch.Change change : batch.changes()) {
            Map<Bytes, Bytes> space = spaces.get(change.space());
            change.value().ifPresentOrElse(v -> space.put(change.key(), v), () -> space.remove(change.key()));
        }
    }

    @Override
    public void close() {
        // nothing is held but memory, and that goes with the last reference
    }
}
