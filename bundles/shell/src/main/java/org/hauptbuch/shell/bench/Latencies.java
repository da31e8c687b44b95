package org.hauptbuch.shell.bench;

import java.util.Arrays;

/** Times from submission to finality. Thread-safe. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long latencyNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = latencyNanos;
    }

    synchronized int count() {
        return size;
    }

    synchronized void copyInto(Latencies other) {
        for (int i = 0; i < size; i++) {
            other.add(nanos[i]);
        }
    }

    /** The least value that {@code percent} of all do not exceed (nearest rank); 0 where there is none. */
    synchronized long percentile(double percent) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * size);
        return sorted[Math.max(1, rank) - 1];
    }
}
