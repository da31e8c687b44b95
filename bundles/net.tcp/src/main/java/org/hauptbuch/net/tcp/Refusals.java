package org.hauptbuch.net.tcp;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says in the log which connection was refused and why, at most ten lines in ten seconds: who knocks without end shall
 * not fill the disk. Thread-safe.
 */
final class Refusals {
    private static final int LINES = 10;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private long windowStart;
    private int written;
    private long unwritten;

    Refusals(Consumer<String> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    /** Writes {@code line} if there is room for it in this window, and first how many had none in the last. */
    synchronized void say(String line) {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= WINDOW_NANOS) {
            windowStart = now;
            written = 0;
            if (unwritten > 0) {
                log.accept("links: " + unwritten + " more refusals were not logged");
                unwritten = 0;
            }
        }
        if (written < LINES) {
            written++;
            log.accept(line);
        } else {
            unwritten++;
        }
    }
}
