package org.hauptbuch.node.core;

/** How much of something one peer may cause in a second. Belongs to the loop. */
final class Budget {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    private final long perSecond;
    private long windowBegan;
    private long spent;
    private boolean exceeded;

    Budget(long perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.windowBegan = nowNanos;
    }

    /** Spends {@code cost}, or returns false where this second's budget is used up already. */
    boolean spend(long cost, long nowNanos) {
        if (nowNanos - windowBegan >= WINDOW_NANOS) {
            windowBegan = nowNanos;
            spent = 0;
            exceeded = false;
        }
        if (spent >= perSecond) {
            return false;
        }
        spent += cost;
        return true;
    }

    /** Adds to what was spent: the price was known only afterwards. */
    void charge(long cost) {
        spent += cost;
    }

    /** After a refusal: whether it is the first of this second. */
    boolean isNewlyExceeded() {
        boolean first = !exceeded;
        exceeded = true;
        return first;
    }
}
