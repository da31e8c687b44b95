package org.hauptbuch.shell.bench;

/**
 * Finds the highest rate that the network sustains, then holds it. It begins low, whatever the machine, since code that
 * has hardly run is slow, and doubles while all goes well. When that was too much, it waits at a low rate until what
 * has piled up is gone, and doubles a second time: the first end may have come from cold code or from something else
 * that ran for a moment. From the last good rate of that it goes up in small steps, and when even that was too much, it
 * settles a tenth below the highest good rate. From then on it goes down only. Thread-safe.
 */
final class RateControl {
    private static final double LEAST = 5;
    private static final double FIRST = 100;
    private static final double[] STEPS = {2, 2, 1.2};

    private enum Phase {
        RAMPING,
        FIXED,
        SEEKING,
        RECOVERING,
        SETTLING,
        SETTLED
    }

    private final long latencyNanos;
    private Phase phase;
    private double rate;
    private double best;
    private int pass;
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
        return new RateControl(Phase.SEEKING, FIRST, latencyNanos);
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
            case SEEKING -> seek(bad);
            case RECOVERING -> {
                if (!bad && pass < STEPS.length) {
                    go(Phase.SEEKING, best);
                } else if (!bad) {
                    go(Phase.SETTLING, best * 0.9);
                } else if (p99Nanos <= latencyNanos) {
                    go(phase, rate / 2);
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

    private void seek(boolean bad) {
        double step = STEPS[pass];
        if (!bad) {
            best = Math.max(best, rate);
            go(phase, rate * step);
        } else if (pass == 0 || badInARow > 1) {
            // later: where not even the best of the pass before was good
            best = pass == 0 ? Math.max(best, rate / 4) : Math.min(best, rate / step);
            pass++;
            go(Phase.RECOVERING, best / 2);
        }
    }

    private void go(Phase next, double nextRate) {
        phase = next;
        rate = Math.max(LEAST, nextRate);
        settle = 1;
        badInARow = 0;
    }
}
