package org.hauptbuch.shell.bench;

/**
 * Finds the highest rate that the network sustains: it doubles while all goes well, and once latency or refusals say
 * that it was too much, goes down by a quarter and up by a twentieth. Thread-safe.
 */
final class RateControl {
    private static final double LEAST = 20;

    private final boolean fixed;
    private final long latencyNanos;
    private double rate;
    private boolean searching = true;
    private int settle;

    private RateControl(boolean fixed, double rate, long latencyNanos) {
        this.fixed = fixed;
        this.rate = rate;
        this.latencyNanos = latencyNanos;
    }

    /** This rate, whatever happens. */
    static RateControl fixed(double rate) {
        return new RateControl(true, rate, Long.MAX_VALUE);
    }

    /** The highest rate at which nearly all are final within {@code latencyNanos}. */
    static RateControl seeking(double first, long latencyNanos) {
        return new RateControl(false, Math.max(LEAST, first), latencyNanos);
    }

    /** Transactions a second. */
    synchronized double rate() {
        return rate;
    }

    /** A block is final: the latency that one in a hundred of its transfers exceeded, and refusals since the last. */
    synchronized void block(long p99Nanos, long refused) {
        if (fixed) {
            return;
        }
        if (settle > 0) {
            // what is final now was sent at the rate before
            settle--;
            return;
        }
        if (p99Nanos > latencyNanos || refused > 0) {
            rate = Math.max(LEAST, rate * 0.75);
            searching = false;
            settle = 2;
        } else if (searching) {
            rate *= 2;
            settle = 1;
        } else if (p99Nanos < latencyNanos * 0.9) {
            rate *= 1.05;
        }
    }
}
