package org.hauptbuch.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/** A state in maps, which belongs to no node. */
final class MapState implements StateReader {
    private final TreeMap<Bytes, Bytes> values = new TreeMap<>();
    private final TreeMap<Bytes, Bytes> nodes = new TreeMap<>();

    void apply(StateChange change) {
        apply(values, change.values());
        apply(nodes, change.nodes());
    }

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

    /** Says where the state in {@code store} differs, if it does. */
    Optional<String> difference(Store store) {
        return difference("value", values, store, Store.Space.STATE)
                .or(() -> difference("tree page", nodes, store, Store.Space.TREE));
    }

    private static Optional<String> difference(
            String what, TreeMap<Bytes, Bytes> expected, Store store, Store.Space space) {
        TreeMap<Bytes, Bytes> found = new TreeMap<>();
        store.scan(space, Bytes.EMPTY, (key, value) -> {
            found.put(key, value);
            return true;
        });
        if (found.equals(expected)) {
            return Optional.empty();
        }
        TreeMap<Bytes, Bytes> keys = new TreeMap<>(expected);
        keys.putAll(found);
        return keys.keySet().stream()
                .filter(key -> !Optional.ofNullable(expected.get(key)).equals(Optional.ofNullable(found.get(key))))
                .findFirst()
                .map(key -> what + " " + key + " is " + found.get(key) + ", must be " + expected.get(key));
    }

    private static void apply(SortedMap<Bytes, Bytes> entries, SortedMap<Bytes, Optional<Bytes>> changes) {
        changes.forEach(
                (key, value) -> value.ifPresentOrElse(present -> entries.put(key, present), () -> entries.remove(key)));
    }
}
