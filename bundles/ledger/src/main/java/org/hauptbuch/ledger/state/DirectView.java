package org.hauptbuch.ledger.state;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateReader;

/**
 * Reads that go to the state each time: for views that outlive a block.
 *
 * @param state what to read
 */
public record DirectView(StateReader state) implements StateView {
    @Override
    public <T> Optional<T> get(Key<T> key) {
        return state.value(key.bytes()).map(key.codec()::decode);
    }

    @Override
    public <T> T getOr(Key<T> key, T otherwise) {
        Optional<Bytes> value = state.value(key.bytes());
        return value.isPresent() ? key.codec().decode(value.get()) : otherwise;
    }

    @Override
    public <T> SortedMap<Bytes, T> entries(Prefix<T> prefix) {
        TreeMap<Bytes, T> found = new TreeMap<>();
        state.scan(prefix.bytes(), (key, value) -> {
            found.put(key, prefix.codec().decode(value));
            return true;
        });
        return found;
    }
}
