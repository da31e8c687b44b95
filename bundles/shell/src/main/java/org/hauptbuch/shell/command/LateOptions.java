package org.hauptbuch.shell.command;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.hauptbuch.shell.Failure;

/**
 * Options behind arguments. To Karaf every word after the first argument is an argument, so each command has a last
 * argument that takes all that is left; here the words are dealt out again, by the same annotations that Karaf reads.
 */
final class LateOptions {
    /** The name of the last argument where it is there for words that are none. */
    private static final String REST = "options";

    private final PosCommand command;
    private final Map<String, Field> options = new TreeMap<>();
    private final TreeMap<Integer, Field> arguments = new TreeMap<>();

    LateOptions(PosCommand command) {
        this.command = command;
        for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Option.class)) {
                    options.put(field.getAnnotation(Option.class).name(), field);
                } else if (field.isAnnotationPresent(Argument.class)) {
                    arguments.put(field.getAnnotation(Argument.class).index(), field);
                }
            }
        }
    }

    /** Sets what Karaf took for arguments. @throws Failure where a word has no place or a value is missing */
    void apply() {
        List<String> words = words();
        List<String> left = new ArrayList<>();
        for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
            String word = each.next();
            if (word.startsWith("-")) {
                option(word, each);
            } else {
                left.add(word);
            }
        }
        Field last = arguments.lastEntry().getValue();
        // where the last argument is the command's own, all that is left belongs to it
        boolean many = !last.getAnnotation(Argument.class).name().equals(REST);
        List<Field> places = List.copyOf(arguments.headMap(arguments.lastKey()).values());
        if (!many && left.size() > places.size()) {
            throw new Failure("one argument too many: '" + left.get(places.size()) + "'");
        }
        for (int i = 0; i < places.size(); i++) {
            requireAt(places.get(i), i < left.size());
            set(places.get(i), i < left.size() ? left.get(i) : null);
        }
        if (many) {
            List<String> rest = left.subList(Math.min(places.size(), left.size()), left.size());
            requireAt(last, !rest.isEmpty());
            set(last, List.copyOf(rest));
        }
    }

    private static void requireAt(Field place, boolean there) {
        Argument argument = place.getAnnotation(Argument.class);
        if (argument.required() && !there) {
            throw new Failure(argument.name() + " is missing: " + argument.description());
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (Field field : arguments.values()) {
            Object value = get(field);
            if (value instanceof List<?> rest) {
                rest.forEach(word -> words.add(word.toString()));
            } else if (value != null) {
                words.add(value.toString());
            }
        }
        return words;
    }

    private void option(String word, Iterator<String> following) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Field field = options.get(name);
        if (field == null) {
            throw new Failure("there is no option " + name + ": " + String.join(", ", options.keySet()));
        }
        if (field.getType() == boolean.class) {
            set(field, equals < 0 || Boolean.parseBoolean(word.substring(equals + 1)));
            return;
        }
        if (equals < 0 && !following.hasNext()) {
            throw new Failure(name + " needs a value");
        }
        String value = equals < 0 ? following.next() : word.substring(equals + 1);
        if (field.getType() == List.class) {
            List<Object> values = new ArrayList<>();
            if (get(field) instanceof List<?> before) {
                values.addAll(before);
            }
            values.add(value);
            set(field, values);
        } else {
            set(field, value);
        }
    }

    private Object get(Field field) {
        try {
            field.setAccessible(true);
            return field.get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void set(Field field, Object value) {
        try {
            field.setAccessible(true);
            field.set(command, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
