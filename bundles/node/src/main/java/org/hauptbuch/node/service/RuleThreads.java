package org.hauptbuch.node.service;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hauptbuch.node.block.RuleOverrun;

/**
 * A node's threads for calls of rules. A call that uses more processor time than the node allows, or four times as much
 * time in all (a rule must not wait for anything), is given up: Java cannot end it, but nobody waits for it any more
 * and nothing that it answers is used.
 */
final class RuleThreads {
    private static final long SLICE_MILLIS = 50;
    private static final int PATIENCE = 4;

    /** Calls that may run on after they were given up, before rules are not called at all. */
    private static final int MAX_RUNAWAYS = 4;

    private final long limitMillis;
    private final ExecutorService threads;
    private final AtomicInteger runaways = new AtomicInteger();
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private final boolean hasClock = clock.isThreadCpuTimeSupported() && clock.isThreadCpuTimeEnabled();
    private volatile boolean stopped;

    /** Threads of {@code node}, for calls of at most {@code limitMillis}. */
    RuleThreads(String node, long limitMillis) {
        this.limitMillis = limitMillis;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "hauptbuch-rules-" + node + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What {@code work} answers or throws. @throws RuleOverrun where it is given up */
    <T> T run(Supplier<T> work) {
        if (runaways.get() >= MAX_RUNAWAYS) {
            throw new RuleOverrun(
                    MAX_RUNAWAYS + " calls of rules that were given up are still running, must be fewer",
                    new StackTraceElement[0]);
        }
        Call<T> call = new Call<>(work);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            throw stopping();
        }
        return call.await();
    }

    /** Gives up what runs and takes no more. */
    void stop() {
        stopped = true;
        threads.shutdownNow();
    }

    private static IllegalStateException stopping() {
        return new IllegalStateException("the node is stopping");
    }

    private final class Call<T> implements Runnable {
        private final Supplier<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private Thread thread;
        private long cpuBegan;
        private boolean abandoned;
        private boolean ended;

        private Call(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            synchronized (this) {
                thread = Thread.currentThread();
                cpuBegan = hasClock ? clock.getCurrentThreadCpuTime() : 0;
            }
            try {
                answer.complete(work.get());
            } catch (Throwable e) {
                // whatever a rule throws belongs to whoever waits for it
                answer.completeExceptionally(e);
            } finally {
                end();
            }
        }

        private T await() {
            long begun = System.nanoTime();
            while (true) {
                try {
                    return answer.get(Math.min(SLICE_MILLIS, limitMillis), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (stopped) {
                        abandon();
                        throw stopping();
                    }
                    if (isOver((System.nanoTime() - begun) / 1_000_000)) {
                        throw overrun();
                    }
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                } catch (InterruptedException e) {
                    abandon();
                    Thread.currentThread().interrupt();
                    throw stopping();
                }
            }
        }

        private synchronized boolean isOver(long wallMillis) {
            if (!hasClock || thread == null) {
                return wallMillis > limitMillis * (hasClock ? PATIENCE : 1);
            }
            return wallMillis > limitMillis * PATIENCE
                    || clock.getThreadCpuTime(thread.getId()) - cpuBegan > limitMillis * 1_000_000;
        }

        private RuleOverrun overrun() {
            Thread runaway;
            synchronized (this) {
                runaway = thread;
            }
            StackTraceElement[] where = runaway == null ? new StackTraceElement[0] : runaway.getStackTrace();
            abandon();
            return new RuleOverrun(
                    "it took longer than " + limitMillis + " ms" + (where.length == 0 ? "" : ", was at " + where[0]),
                    where);
        }

        private synchronized void abandon() {
            if (!ended) {
                abandoned = true;
                runaways.incrementAndGet();
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }

        private synchronized void end() {
            ended = true;
            if (abandoned) {
                runaways.decrementAndGet();
            }
        }

        private RuntimeException rethrown(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            // a supplier throws nothing that is checked
            return (RuntimeException) failure;
        }
    }
}
