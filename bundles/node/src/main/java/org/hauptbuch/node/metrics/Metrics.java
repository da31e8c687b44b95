package org.hauptbuch.node.metrics;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one node. Thread-safe. */
public final class Metrics {
    private final LongAdder[] counters = new LongAdder[Metric.values().length];

    /** All counters at 0. */
    public Metrics() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /** Counts one. */
    public void count(Metric metric) {
        counters[metric.ordinal()].increment();
    }

    /** Counts {@code amount}. */
    public void add(Metric metric, long amount) {
        counters[metric.ordinal()].add(amount);
    }

    /** The count so far. */
    public long value(Metric metric) {
        return counters[metric.ordinal()].sum();
    }

    /** All counts by name. */
    public SortedMap<String, Long> all() {
        SortedMap<String, Long> values = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            values.put(metric.text(), value(metric));
        }
        return values;
    }
}
