package org.hauptbuch.node.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/** A state in memory that begins with nothing. Not thread-safe. */
final class ReplayState implements StateReader {
    private final NavigableMap<Bytes, Bytes> values = new TreeMap<>();
    private final Map<Bytes, Bytes> nodes = new HashMap<>();

    @Override
    public Optional<Bytes> value(Bytes key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        for (Map.Entry<Bytes, Bytes> entry : values.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || !visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        return Optional.ofNullable(nodes.get(treeKey));
    }

    void apply(StateChange change) {
        change.values().forEach((key, value) -> put(values, key, value));
        change.nodes().forEach((key, value) -> put(nodes, key, value));
    }

    private static void put(Map<Bytes, Bytes> map, Bytes key, Optional<Bytes> value) {
        value.ifPresentOrElse(present -> map.put(key, present), () -> map.remove(key));
    }
}
