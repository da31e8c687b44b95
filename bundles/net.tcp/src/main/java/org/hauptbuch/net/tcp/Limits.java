package org.hauptbuch.net.tcp;

/**
 * How long a link waits and how much it holds.
 *
 * @param handshakeMillis how long a connection may take to prove who it is
 * @param pingMillis after how long without sending an empty frame is sent
 * @param silenceMillis after how long without receiving anything the peer is given up; more than {@code pingMillis}
 * @param firstDialMillis the wait after the first failed dial; it doubles with each
 * @param lastDialMillis the longest wait between dials
 * @param yieldMillis how much longer the side with the greater key waits before it dials
 * @param queueBytes how much may wait to be sent to a peer; at least two frames of the largest size are allowed
 * @param pendingPerAddress how many connections of one address may be in their handshake, beside one for each peer
 * @param pendingTotal how many connections may be in their handshake, beside one for each peer
 */
record Limits(
        long handshakeMillis,
        long pingMillis,
        long silenceMillis,
        long firstDialMillis,
        long lastDialMillis,
        long yieldMillis,
        long queueBytes,
        int pendingPerAddress,
        int pendingTotal) {
    /** What nodes use. */
    static final Limits DEFAULT = new Limits(5_000, 3_000, 10_000, 100, 3_000, 1_000, 32L << 20, 16, 64);
}
