package org.hauptbuch.node.service;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A node's threads for work off its loop, one for each processor; urgent work first, then by arrival. */
final class Verifiers {
    private final ThreadPoolExecutor threads;
    private final Set<Thread> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();

    private record Task(boolean urgent, long sequence, Runnable work) implements Runnable, Comparable<Task> {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public int compareTo(Task other) {
            return urgent != other.urgent ? (urgent ? -1 : 1) : Long.compare(sequence, other.sequence);
        }
    }

    Verifiers(String node) {
        int count = Runtime.getRuntime().availableProcessors();
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "hauptbuch-verify-" + node + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            all.add(thread);
            return thread;
        });
    }

    /** Does {@code work}, or {@code otherwise} at once where the threads have ended. */
    void execute(boolean urgent, Runnable work, Runnable otherwise) {
        try {
            // not submit: the queue would have to compare what it wraps work in
            threads.execute(new Task(urgent, sequence.getAndIncrement(), work));
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    /** The threads that were started. */
    Set<Thread> threads() {
        return all;
    }

    /** Ends them; returns whether they have ended within {@code millis}. */
    boolean stop(long millis) throws InterruptedException {
        threads.shutdownNow();
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
