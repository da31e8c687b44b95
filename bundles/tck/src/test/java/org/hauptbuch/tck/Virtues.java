package org.hauptbuch.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Hash;

/** What a rule may do, however it is written. */
final class Virtues {
    private static final Set<String> KNOWN = Set.of("a", "b");
    private static final long[] TABLE = {1, 2, 3};

    private final List<Long> steps = new ArrayList<>();

    record Pair(String name, long value) {}

    enum Step {
        FIRST,
        SECOND
    }

    synchronized long remember(long step) {
        steps.add(step);
        return steps.stream().mapToLong(Long::longValue).sum() + TABLE[0];
    }

    String sorted(Map<String, Long> given) {
        Map<String, Long> map = new TreeMap<>(given);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> entry : map.entrySet()) {
            text.append(entry.getKey()).append(entry.getValue());
        }
        Set<String> names = new TreeSet<>(KNOWN);
        for (String name : Collections.unmodifiableSet(names)) {
            text.append(name);
        }
        for (Step step : new EnumMap<Step, Long>(Step.class).keySet()) {
            text.append(step);
        }
        new LinkedHashMap<String, String>().values().forEach(text::append);
        return text.toString().toLowerCase(Locale.ROOT) + String.format(Locale.ROOT, "%d", map.size());
    }

    SortedMap<Integer, List<String>> grouped(List<String> list) {
        return list.stream().collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
    }

    boolean known(Parameters parameters, String name) {
        parameters.only(KNOWN);
        return KNOWN.contains(name) && new Pair(name, 1).equals(new Pair(name, 1));
    }

    int gravity(Offence.Gravity gravity) {
        return switch (gravity) {
            case NEGLIGENCE -> 0;
            case FAULT -> 1;
            case ATTACK -> 2;
        };
    }

    int named(String name) {
        return switch (name) {
            case "a" -> 1;
            case "b" -> 2;
            default -> 0;
        };
    }

    Supplier<Hash> digest(String text) {
        return () -> Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    long checked(long a, long b) {
        try {
            return LongStream.of(a, b).reduce(0, Math::addExact);
        } catch (ArithmeticException e) {
            throw new IllegalStateException(a + " + " + b + " of " + getClass().getSimpleName(), e);
        }
    }
}
