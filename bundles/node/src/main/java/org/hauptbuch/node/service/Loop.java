package org.hauptbuch.node.service;

import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.node.core.Cancellable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a node's state, with its queue and its timers. What peers send takes part in it only while
 * there is room; what the node itself asked for always does, because its amount is bounded by what was asked.
 */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int MAX_MESSAGES = 4_096;
    private static final long MAX_BYTES = 64L << 20;
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;
    private long sequence;

    private static final class Timer implements Comparable<Timer> {
        private final long due;
        private final long sequence;
        private Runnable task;

        private Timer(long due, long sequence, Runnable task) {
            this.due = due;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Timer other) {
            // a difference, because nanoTime may wrap
            long difference = due - other.due;
            return difference != 0 ? Long.signum(difference) : Long.compare(sequence, other.sequence);
        }
    }

    Loop(String name) {
        thread = new Thread(this::run, "hauptbuch-loop-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long threadId() {
        return thread.getId();
    }

    /** Runs {@code task} on the loop. From any thread; nothing happens once it has stopped. */
    void post(Runnable task) {
        queue.add(task);
    }

    /** Runs {@code task}, for a message of so many bytes, if there is room. From any thread. */
    boolean offer(int size, Runnable task) {
        if (!hasRoom()) {
            return false;
        }
        messages.incrementAndGet();
        bytes.addAndGet(size);
        queue.add(() -> {
            messages.decrementAndGet();
            bytes.addAndGet(-size);
            task.run();
        });
        return true;
    }

    /** Whether there is room for a message. From any thread. */
    boolean hasRoom() {
        return messages.get() < MAX_MESSAGES && bytes.get() < MAX_BYTES;
    }

    /** Tasks that wait. */
    int waiting() {
        return queue.size();
    }

    /** Runs {@code task} after so long. On the loop only. */
    Cancellable arm(long delayMillis, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis), sequence++, task);
        timers.add(timer);
        return () -> {
            // what the task holds goes at once: it may hold a rule
            timer.task = null;
            timers.remove(timer);
        };
    }

    /** Runs {@code last}, then ends the loop. Returns once it has ended, or after {@code withinMillis}. */
    boolean stop(Runnable last, long withinMillis) throws InterruptedException {
        post(() -> {
            try {
                last.run();
            } finally {
                stopping = true;
            }
        });
        if (Thread.currentThread() != thread) {
            thread.join(withinMillis);
        }
        return !thread.isAlive();
    }

    private void run() {
        try {
            while (!stopping) {
                runDueTimers();
                Runnable task = queue.poll(untilNextTimer(), TimeUnit.NANOSECONDS);
                if (task != null) {
                    guarded(task);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timers.clear();
            queue.clear();
        }
    }

    private void runDueTimers() {
        while (!stopping && !timers.isEmpty() && timers.peek().due - System.nanoTime() <= 0) {
            Runnable task = timers.poll().task;
            if (task != null) {
                guarded(task);
            }
        }
    }

    private long untilNextTimer() {
        return timers.isEmpty() ? IDLE_NANOS : Math.max(0, timers.peek().due - System.nanoTime());
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // the core turns its own failures into a halt; this is a mistake in a caller, and no reason to stop
            LOG.error("{}: a task of the loop failed", thread.getName(), e);
        }
    }
}
