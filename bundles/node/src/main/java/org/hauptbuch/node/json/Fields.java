package org.hauptbuch.node.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of a JSON object, each of which has to be asked for: {@link #end()} refuses the others. Every refusal is
 * an {@link IllegalArgumentException} that names the file, the field, its value and what it must be.
 */
public final class Fields {
    private final String what;
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> asked = new HashSet<>();

    private Fields(String what, String path, Map<String, Object> values) {
        this.what = what;
        this.path = path;
        this.values = values;
    }

    static Fields of(String what, String path, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(what + ": " + path + " is " + value + ", must be an object");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, inner) -> values.put(String.valueOf(name), inner));
        return new Fields(what, path, values);
    }

    /** A text. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> absent(name, "a text"));
    }

    /** A text that may be absent. */
    public Optional<String> optionalText(String name) {
        Object value = ask(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw refuse(name, value, "a text in quotes");
        }
        return Optional.of(text);
    }

    /** A text that {@code parse} understands; its IllegalArgumentException becomes a refusal. */
    public <T> T parsed(String name, String range, Function<String, T> parse) {
        return parse(name, range, text(name), parse);
    }

    /** As {@link #parsed}, where the field may be absent. */
    public <T> Optional<T> optionalParsed(String name, String range, Function<String, T> parse) {
        return optionalText(name).map(text -> parse(name, range, text, parse));
    }

    /** A whole number of at least {@code least} and at most {@code most}. */
    public long whole(String name, long least, long most) {
        String range = "a whole number, " + least + " to " + most;
        Object value = ask(name);
        if (value == null) {
            throw absent(name, range);
        }
        if (value instanceof StrictJson.Whole number) {
            try {
                long whole = Long.parseLong(number.text());
                if (whole >= least && whole <= most) {
                    return whole;
                }
            } catch (NumberFormatException e) {
                throw refuse(name, value, range, e);
            }
        }
        throw refuse(name, value, range);
    }

    /** True or false. */
    public boolean bool(String name) {
        Object value = ask(name);
        if (value == null) {
            throw absent(name, "true or false");
        }
        if (!(value instanceof Boolean bool)) {
            throw refuse(name, value, "true or false");
        }
        return bool;
    }

    /** An object. */
    public Fields object(String name) {
        Object value = ask(name);
        if (value == null) {
            throw absent(name, "an object");
        }
        return of(what, full(name), value);
    }

    /** A list of objects. */
    public List<Fields> objects(String name) {
        Object value = ask(name);
        if (!(value instanceof List<?> list)) {
            throw value == null ? absent(name, "a list") : refuse(name, value, "a list");
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            objects.add(of(what, full(name) + "[" + i + "]", list.get(i)));
        }
        return objects;
    }

    /** All fields as texts: for an object whose names are not known beforehand. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    /** Refuses what was not asked for: a misspelled field is an error and not a default. */
    public void end() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                throw new IllegalArgumentException(what + ": " + full(name) + " is unknown, must be one of "
                        + asked.stream().sorted().toList());
            }
        }
    }

    /** A refusal of a field's value, to be thrown. */
    public IllegalArgumentException refuse(String name, Object value, String range) {
        return refuse(name, value, range, null);
    }

    private IllegalArgumentException refuse(String name, Object value, String range, Throwable cause) {
        String shown = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return new IllegalArgumentException(what + ": " + full(name) + " is " + shown + ", must be " + range, cause);
    }

    private <T> T parse(String name, String range, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw refuse(name, text, range + " (" + e.getMessage() + ")", e);
        }
    }

    private IllegalArgumentException absent(String name, String range) {
        return new IllegalArgumentException(what + ": " + full(name) + " is absent, must be " + range);
    }

    private Object ask(String name) {
        asked.add(name);
        return values.get(name);
    }

    private String full(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
