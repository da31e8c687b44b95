package org.hauptbuch.shell.bench;

/**
 * Finds the highest rate that the network sustains, then holds it. It begins low, whatever the machine, since code that
 * has hardly run is slow, and doubles while all goes well. When that was too much, it waits at a low rate until what
 * has piled up is gone, and goes up from the last good rate in small steps; when that was too much again, it settles a
 * tenth below the highest good rate. From then on it goes down only. Thread-safe.
 */
final class RateControl {
    private static final double LEAST = 20;
    private static final double FIRST = 100;

    private enum Phase {
        RAMPING,
        FIXED,
        DOUBLING,
        RECOVERING,
        CLIMBING,
        SETTLING,
        SETTLED
    }

    private final long latencyNanos;
    private Phase phase;
    private double rate;
    private double best;
    private int settle;
    private int badInARow;

    private RateControl(Phase phase, double rate, long latencyNanos) {
        this.phase = phase;
        this.rate = rate;
        this.latencyNanos = latencyNanos;
    }

    /** Up to this rate within four blocks, then this rate, whatever happens. */
    static RateControl fixed(double rate) {
        RateControl control = new RateControl(Phase.RAMPING, rate / 16, Long.MAX_VALUE);
        control.best = rate;
        return control;
    }

    /** The highest rate at which nearly all are final within {@code latencyNanos}. */
    static RateControl seeking(long latencyNanos) {
        return new RateControl(Phase.DOUBLING, FIRST, latencyNanos);
    }

    /** Transactions a second. */
    synchronized double rate() {
        return rate;
    }

    /** Whether the search is over and what it piled up is gone. */
    synchronized boolean isSettled() {
        return phase == Phase.SETTLED || phase == Phase.FIXED;
    }

    /** Ends the search where it is. */
    synchronized void hold() {
        if (phase == Phase.RAMPING) {
            rate = best;
            phase = Phase.FIXED;
        } else if (phase != Phase.FIXED) {
            rate = Math.max(LEAST, Math.min(rate, best));
            phase = Phase.SETTLED;
        }
    }

    /**
     * A block is final.
     *
     * @param p99Nanos the latency that one in a hundred of its transfers exceeded
     * @param refused refusals since the last block
     * @param submittedPerSecond how fast transfers were handed in since the last block
     */
    synchronized void block(long p99Nanos, long refused, double submittedPerSecond) {
        if (phase == Phase.RAMPING) {
            rate = Math.min(best, 2 * rate);
            phase = rate == best ? Phase.FIXED : phase;
        }
        if (phase == Phase.RAMPING || phase == Phase.FIXED) {
            return;
        }
        if (settle > 0) {
            // what is final now was sent at the rate before
            settle--;
            return;
        }
        boolean bad = p99Nanos > latencyNanos || refused > 0 || submittedPerSecond < 0.8 * rate;
        badInARow = bad ? badInARow + 1 : 0;
        switch (phase) {
            case DOUBLING -> {
                if (bad) {
                    best = Math.max(best, rate / 4);
                    go(Phase.RECOVERING, best / 2);
                } else {
                    best = rate;
                    go(phase, rate * 2);
                }
            }
            case RECOVERING -> {
                if (!bad) {
                    go(Phase.CLIMBING, best);
                } else if (p99Nanos <= latencyNanos) {
                    go(phase, rate / 2);
                }
            }
            case CLIMBING -> {
                if (!bad) {
                    best = Math.max(best, rate);
                    go(phase, rate * 1.1);
                } else if (badInARow > 1) {
                    // where not even the last rate of the doubling was good
                    best = Math.min(best, rate / 1.1);
                    go(Phase.SETTLING, best * 0.9);
                }
            }
            default -> {
                if (!bad) {
                    phase = Phase.SETTLED;
                } else if (badInARow > 1) {
                    go(phase, rate * 0.85);
                }
            }
        }
    }

    private void go(Phase next, double nextRate) {
        phase = next;
        rate = Math.max(LEAST, nextRate);
        settle = 1;
        badInARow = 0;
    }
}
