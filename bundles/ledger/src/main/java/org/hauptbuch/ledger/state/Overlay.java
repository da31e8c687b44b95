package org.hauptbuch.ledger.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateReader;

/**
 * A state and the changes that a block made to it so far. Each key is read and decoded at most once and encoded at
 * most once, however often a block touches it. Not thread-safe; one for each execution.
 */
public final class Overlay implements StateView {
    /** A key as this execution knows it. */
    private static final class Entry {
        /** How its value is encoded. */
        private final Codec<?> codec;

        /** What the state below holds; null where it holds nothing. */
        private final Bytes below;

        /** The value now; null where there is none. */
        private Object value;

        /** Whether it is among the changes. */
        private boolean changed;

        /** Whether it changed since {@link Overlay#begin}, and what it was before. */
        private boolean touched;

        private Object before;

        Entry(Codec<?> codec, Bytes below, Object value) {
            this.codec = codec;
            this.below = below;
            this.value = value;
        }
    }

    private final StateReader state;
    // looked up by key only, never iterated: its order is seen by nobody
    private final Map<Bytes, Entry> entries = new HashMap<>();
    private final TreeMap<Bytes, Entry> changes = new TreeMap<>();
    private final List<Entry> touched = new ArrayList<>();
    private boolean recording;

    /** No changes to {@code state} yet. */
    public Overlay(StateReader state) {
        this.state = state;
    }

    @Override
    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable(valueOf(entry(key.bytes(), key.codec())));
    }

    @Override
    public <T> T getOr(Key<T> key, T otherwise) {
        T value = valueOf(entry(key.bytes(), key.codec()));
        return value == null ? otherwise : value;
    }

    /** Sets {@code key} to {@code value}. */
    public <T> void set(Key<T> key, T value) {
        change(key, value);
    }

    /** Removes {@code key}; nothing happens where it is absent. */
    public void remove(Key<?> key) {
        change(key, null);
    }

    @Override
    public <T> SortedMap<Bytes, T> entries(Prefix<T> prefix) {
        TreeMap<Bytes, T> found = new TreeMap<>();
        state.scan(prefix.bytes(), (key, below) -> {
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(prefix.codec(), below, prefix.codec().decode(below));
                entries.put(key, entry);
            }
            T value = valueOf(entry);
            if (value != null) {
                found.put(key, value);
            }
            return true;
        });
        for (Map.Entry<Bytes, Entry> change : changes.tailMap(prefix.bytes()).entrySet()) {
            if (!change.getKey().startsWith(prefix.bytes())) {
                break;
            }
            T value = valueOf(change.getValue());
            if (value == null) {
                found.remove(change.getKey());
            } else {
                found.put(change.getKey(), value);
            }
        }
        return found;
    }

    /** From now on changes can be taken back. */
    public void begin() {
        keep();
        recording = true;
    }

    /** The changes since {@link #begin} stay. */
    public void keep() {
        for (Entry entry : touched) {
            entry.touched = false;
            entry.before = null;
        }
        touched.clear();
        recording = false;
    }

    /** Takes back the changes since {@link #begin}: what is among the changes may be as it was. */
    public void rollback() {
        for (Entry entry : touched) {
            entry.value = entry.before;
        }
        keep();
    }

    /** What is different from the state below, encoded; an empty value is a removal. */
    public SortedMap<Bytes, Optional<Bytes>> flush() {
        TreeMap<Bytes, Optional<Bytes>> out = new TreeMap<>();
        changes.forEach((key, entry) -> {
            Bytes now = encoded(entry);
            if (!Objects.equals(now, entry.below)) {
                out.put(key, Optional.ofNullable(now));
            }
        });
        return out;
    }

    private void change(Key<?> key, Object value) {
        Entry entry = entry(key.bytes(), key.codec());
        if (recording && !entry.touched) {
            entry.touched = true;
            entry.before = entry.value;
            touched.add(entry);
        }
        entry.value = value;
        if (!entry.changed) {
            entry.changed = true;
            changes.put(key.bytes(), entry);
        }
    }

    private <T> Entry entry(Bytes key, Codec<T> codec) {
        Entry entry = entries.get(key);
        if (entry == null) {
            Bytes below = state.value(key).orElse(null);
            entry = new Entry(codec, below, below == null ? null : codec.decode(below));
            entries.put(key, entry);
        }
        return entry;
    }

    /** A key's codec decides the type of its value, and {@link Keys} gives each key one codec. */
    @SuppressWarnings("unchecked")
    private static <T> T valueOf(Entry entry) {
        return (T) entry.value;
    }

    /** The encoding of its value; null where there is none. */
    @SuppressWarnings("unchecked")
    private static Bytes encoded(Entry entry) {
        return entry.value == null ? null : ((Codec<Object>) entry.codec).encode(entry.value);
    }
}
