package org.hauptbuch.api.rule;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** A rule's parameters, as the chain holds them: names and values, sorted by name. Immutable. */
public final class Parameters {
    /** None. */
    public static final Parameters NONE = new Parameters(new TreeMap<>());

    private static final int MAX_ENTRIES = 64;
    private static final int MAX_NAME = 64;
    private static final int MAX_VALUE = 1024;

    private final SortedMap<String, String> values;

    private Parameters(SortedMap<String, String> values) {
        this.values = values;
    }

    /** The parameters of {@code values}. */
    public static Parameters of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Parameters(new TreeMap<>(values));
    }

    /** The values by name, ascending. */
    public SortedMap<String, String> asMap() {
        return new TreeMap<>(values);
    }

    /** Refuses every name that is not in {@code known}: a misspelled parameter is an error and not a default. */
    public Parameters only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw PoSException.outOfRange(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                        "rule parameter",
                        name,
                        "one of " + known.stream().sorted().toList());
            }
        }
        return this;
    }

    /** The whole number named {@code name}, or {@code otherwise} where it is absent; refused outside the range. */
    public long whole(String name, long otherwise, long least, long most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refuse(name, text, "a whole number, " + least + " to " + most, e);
        }
        throw refuse(name, text, least + " to " + most, null);
    }

    /** The rate named {@code name}, or {@code otherwise} where it is absent. */
    public Rate rate(String name, Rate otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Rate.parse(text);
        } catch (IllegalArgumentException e) {
            throw refuse(name, text, "0% to 100%", e);
        }
    }

    /** The digest of the canonical encoding. */
    public Hash digest() {
        Writer out = new Writer();
        write(out);
        return out.sha256();
    }

    /** Writes the canonical encoding: entries by ascending name. */
    public void write(Writer out) {
        out.u32(values.size());
        values.forEach((name, value) -> out.string(name).string(value));
    }

    /** Reads what {@link #write} wrote; names out of order or repeated are refused. */
    public static Parameters read(Reader in) {
        int count = in.u32("parameters");
        if (count > MAX_ENTRIES) {
            throw in.refuse("parameters", count, "at most " + MAX_ENTRIES);
        }
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.string("parameter.name", MAX_NAME);
            if (!values.isEmpty() && values.lastKey().compareTo(name) >= 0) {
                throw in.refuse("parameter.name", name, "after " + values.lastKey());
            }
            values.put(name, in.string("parameter.value", MAX_VALUE));
        }
        return new Parameters(values);
    }

    private static PoSException refuse(String name, String value, String range, Throwable cause) {
        return new PoSException(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "rule parameter " + name + " is '" + value + "', must be " + range,
                cause);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
