package org.hauptbuch.node.core;

/** When a node whose rule failed tries again: later each time, until a block is final. Belongs to the loop. */
final class Retry {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    private final Environment environment;
    private String reason = "";
    private long delayMillis = FIRST_MILLIS;
    private Cancellable timer;

    Retry(Environment environment) {
        this.environment = environment;
    }

    /** Whether a rule failed since a block was final. */
    boolean hasFailed() {
        return !reason.isEmpty();
    }

    /** Whether it failed for the same reason as the time before. */
    boolean isRepeated(String why) {
        return reason.equals(why);
    }

    boolean isArmed() {
        return timer != null;
    }

    /** Does {@code work} after a while. */
    void arm(String why, Runnable work) {
        cancel();
        reason = why;
        timer = environment.arm(delayMillis, () -> {
            timer = null;
            work.run();
        });
        delayMillis = Math.min(LONGEST_MILLIS, delayMillis * 2);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whatever it was is over. */
    void reset() {
        cancel();
        reason = "";
        delayMillis = FIRST_MILLIS;
    }
}
