package org.hauptbuch.node.chain;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/**
 * A state as it was before one change: what the change replaces, over the state as it is. Made before the change is
 * committed; right until the next one is.
 */
public final class PriorState implements StateReader {
    private final StateReader state;
    private final NavigableMap<Bytes, Optional<Bytes>> values = new TreeMap<>();
    private final Map<Bytes, Optional<Bytes>> nodes = new TreeMap<>();

    /** Reads from {@code state} all that {@code change} is about to replace. */
    public PriorState(StateReader state, StateChange change) {
        this.state = state;
        change.values().keySet().forEach(key -> values.put(key, state.value(key)));
        change.nodes().keySet().forEach(key -> nodes.put(key, state.node(key)));
    }

    @Override
    public Optional<Bytes> value(Bytes key) {
        Optional<Bytes> before = values.get(key);
        return before == null ? state.value(key) : before;
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        NavigableMap<Bytes, Bytes> entries = new TreeMap<>();
        state.scan(prefix, (key, value) -> {
            entries.put(key, value);
            return true;
        });
        for (Map.Entry<Bytes, Optional<Bytes>> before :
                values.tailMap(prefix, true).entrySet()) {
            Bytes key = before.getKey();
            if (!key.startsWith(prefix)) {
                break;
            }
            before.getValue().ifPresentOrElse(value -> entries.put(key, value), () -> entries.remove(key));
        }
        for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
            if (!visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        Optional<Bytes> before = nodes.get(treeKey);
        return before == null ? state.node(treeKey) : before;
    }
}
