package org.hauptbuch.tck;

import java.util.PriorityQueue;

/** What is to happen, in the order of its time and, at one time, in the order in which it was said. */
final class VirtualTime {
    private record Task(long at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long order;

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    void at(long time, Runnable run) {
        tasks.add(new Task(time, order++, run));
    }

    void later(long delay, Runnable run) {
        at(now + delay, run);
    }

    /** Whether anything is to happen until {@code end}. */
    boolean goesOn(long end) {
        return !tasks.isEmpty() && tasks.element().at <= end;
    }

    /** Lets the next thing happen. */
    void step() {
        Task task = tasks.remove();
        now = task.at;
        task.run.run();
    }
}
