package org.hauptbuch.testkit;

import java.util.PriorityQueue;

/**
 * Time that passes only from one task to the next. Tasks that are due at the same time run in the order in which they
 * were scheduled.
 */
public final class VirtualTime {
    private record Task(long at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long order;

    /** Nanoseconds since the beginning. */
    public long nanos() {
        return now;
    }

    /** Milliseconds since the beginning. */
    public long millis() {
        return now / 1_000_000;
    }

    /** Runs {@code task} after {@code nanos}, 0 or more. */
    public void after(long nanos, Runnable task) {
        if (nanos < 0) {
            throw new IllegalArgumentException("delay: " + nanos + " ns, must be 0 or more");
        }
        tasks.add(new Task(Math.addExact(now, nanos), order++, task));
    }

    /** Runs {@code task} after {@code millis}, 0 or more. */
    public void afterMillis(long millis, Runnable task) {
        after(Math.multiplyExact(millis, 1_000_000), task);
    }

    /** Runs the next task if it is due by {@code untilNanos}; otherwise lets time pass until then. */
    public boolean step(long untilNanos) {
        Task next = tasks.peek();
        if (next == null || next.at > untilNanos) {
            now = Math.max(now, untilNanos);
            return false;
        }
        tasks.poll();
        now = next.at;
        next.run.run();
        return true;
    }
}
