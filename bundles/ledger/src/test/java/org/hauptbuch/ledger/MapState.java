package org.hauptbuch.ledger;

import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/** A state in memory, for tests. */
public final class MapState implements StateReader {
    public final TreeMap<Bytes, Bytes> values = new TreeMap<>();
    public final TreeMap<Bytes, Bytes> nodes = new TreeMap<>();

    @Override
    public Optional<Bytes> value(Bytes key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        for (var entry : values.tailMap(prefix).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || !visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        return Optional.ofNullable(nodes.get(treeKey));
    }

    public void apply(StateChange change) {
        change.values().forEach((key, value) -> put(values, key, value));
        change.nodes().forEach((key, value) -> put(nodes, key, value));
    }

    private static void put(TreeMap<Bytes, Bytes> map, Bytes key, Optional<Bytes> value) {
        value.ifPresentOrElse(present -> map.put(key, present), () -> map.remove(key));
    }
}
