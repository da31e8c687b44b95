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
 * @param handshakeBytes how many bytes a handshake may take
 * @param guests what strangers may do
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
        int pendingTotal,
        long handshakeBytes,
        OfGuests guests) {
    /** What nodes use. */
    static final Limits DEFAULT = new Limits(
            5_000,
            3_000,
            10_000,
            100,
            3_000,
            1_000,
            32L << 20,
            16,
            64,
            64 << 10,
            new OfGuests(8, 4 << 20, 1_000, 8 << 20, 2_000, 60_000, 16 << 20));

    /**
     * What a peer may do that is neither in the configuration nor a validator.
     *
     * @param perAddress how many of one address may be linked; of IPv6, of one network of 64 bits
     * @param linkBytes how many bytes one may send in a second
     * @param linkMessages how many messages one may send in a second
     * @param addressBytes how many bytes those of one address may send in a second
     * @param addressMessages how many messages those of one address may send in a second
     * @param addressBanMillis how long an address is kept out for what one of its strangers did
     * @param queueBytes how much may wait to be sent to one; at least two frames of the largest size are allowed
     */
    record OfGuests(
            int perAddress,
            long linkBytes,
            long linkMessages,
            long addressBytes,
            long addressMessages,
            long addressBanMillis,
            long queueBytes) {}
}
