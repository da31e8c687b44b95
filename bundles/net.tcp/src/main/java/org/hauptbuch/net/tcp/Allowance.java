package org.hauptbuch.net.tcp;

import java.util.concurrent.TimeUnit;

/**
 * How much of something may be used: so much in a second, and a burst of what some seconds allow. More may be taken,
 * as debt that time pays back: what has arrived is counted even where it is too much. A token bucket, kept as the time
 * at which all is paid (the generic cell rate algorithm of ITU-T I.371). Times are those of {@link System#nanoTime}.
 */
final class Allowance {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long burstNanos;
    private long paidAt;

    /**
     * @param perSecond units in a second, 1 or more
     * @param burstSeconds for how long unused allowance is kept
     */
    Allowance(long perSecond, long burstSeconds, long nowNanos) {
        this.perSecond = perSecond;
        this.burstNanos = TimeUnit.SECONDS.toNanos(burstSeconds);
        this.paidAt = nowNanos - burstNanos;
    }

    /** Takes {@code amount}, 0 to 2<sup>31</sup>. */
    void spend(long amount, long nowNanos) {
        if (nowNanos - paidAt > burstNanos) {
            paidAt = nowNanos - burstNanos;
        }
        paidAt += Math.multiplyExact(amount, SECOND) / perSecond;
    }

    /** For how long there is debt, nanoseconds; 0 where there is none. */
    long debtNanos(long nowNanos) {
        return Math.max(0, paidAt - nowNanos);
    }
}
