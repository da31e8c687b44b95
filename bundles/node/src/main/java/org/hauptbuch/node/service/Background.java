package org.hauptbuch.node.service;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A node's one thread for work that gives way to all other; it is there while there is such work. */
final class Background {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor thread;

    Background(String node) {
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread made = new Thread(work, "hauptbuch-background-" + node);
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Does {@code work}, or {@code otherwise} at once where the thread has ended. */
    void execute(Runnable work, Runnable otherwise) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    /** Ends it, interrupting what runs. */
    void stop() {
        thread.shutdownNow();
    }
}
