package org.hauptbuch.node.service;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys that a node's configuration may have: a misspelt one must not be passed over for its default. */
final class KnownKeys {
    private static final SortedSet<String> NAMES = new TreeSet<>();

    static {
        for (var method : NodeSettings.class.getDeclaredMethods()) {
            NAMES.add(method.getName());
        }
    }

    /** What a container adds to every configuration. */
    private static final List<String> OF_THE_CONTAINER =
            List.of("service.", "component.", "felix.", "org.apache.felix.", "org.apache.karaf.", ":org.apache.felix.");

    private static final List<String> OF_A_REFERENCE = List.of(".target", ".cardinality.minimum");

    private KnownKeys() {}

    /** Refuses a key that nobody reads. @throws IllegalArgumentException naming it and the nearest right one */
    static void check(Collection<String> keys) {
        for (String key : new TreeSet<>(keys)) {
            if (!NAMES.contains(key)
                    && OF_THE_CONTAINER.stream().noneMatch(key::startsWith)
                    && OF_A_REFERENCE.stream().noneMatch(key::endsWith)) {
                throw new IllegalArgumentException("there is no key '" + key + "', the nearest is '" + nearest(key)
                        + "'; the keys are " + String.join(", ", NAMES));
            }
        }
    }

    private static String nearest(String key) {
        String small = key.toLowerCase(Locale.ROOT);
        return NAMES.stream()
                .min(Comparator.comparingInt((String name) -> distance(small, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Letters to insert, delete or replace: Levenshtein 1965, by rows. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
