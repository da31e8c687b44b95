package org.hauptbuch.ledger.state;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.hauptbuch.api.value.Bytes;

/** Typed reads of a state. */
public interface StateView {
    /** The value under {@code key}, if there is one. */
    <T> Optional<T> get(Key<T> key);

    /** The value under {@code key}, {@code otherwise} where there is none. */
    default <T> T getOr(Key<T> key, T otherwise) {
        return get(key).orElse(otherwise);
    }

    /** The entries of {@code prefix} by ascending key. */
    <T> SortedMap<Bytes, T> entries(Prefix<T> prefix);

    /** The values of {@code prefix} by ascending key. */
    default <T> List<T> list(Prefix<T> prefix) {
        return List.copyOf(entries(prefix).values());
    }

    /** The value under {@code key}, which every state after genesis has. */
    default <T> T the(Key<T> key) {
        T value = getOr(key, null);
        if (value == null) {
            throw new IllegalStateException("the state has no " + key.bytes());
        }
        return value;
    }
}
