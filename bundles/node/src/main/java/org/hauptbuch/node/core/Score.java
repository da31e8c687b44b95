package org.hauptbuch.node.core;

/**
 * How badly a peer behaves: points for what it does wrong, of which time forgives one in six seconds. More than a
 * hundred are one too many. Belongs to the loop.
 */
final class Score {
    /** What no correct peer sends: a message that cannot be read, a signature that is wrong. Eight are forgiven. */
    static final int INVALID = 12;

    /** A stranger did not deliver what it said that it has. */
    static final int LATE = 15;

    /** What nobody asked for. An answer that comes too late is that, too, so many are forgiven. */
    static final int UNSOLICITED = 3;

    private static final int MOST = 100;
    private static final long FORGIVEN_NANOS = 6_000_000_000L;

    private int points;
    private long since;

    Score(long nowNanos) {
        this.since = nowNanos;
    }

    /** Adds {@code more} points. Returns whether that is too many; then it begins anew. */
    boolean add(int more, long nowNanos) {
        long forgiven = (nowNanos - since) / FORGIVEN_NANOS;
        since += forgiven * FORGIVEN_NANOS;
        if (forgiven >= points) {
            points = 0;
            since = nowNanos;
        } else {
            points -= (int) forgiven;
        }
        points += more;
        if (points <= MOST) {
            return false;
        }
        points = 0;
        return true;
    }
}
