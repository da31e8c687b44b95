package org.hauptbuch.node.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the peers, and how far each is trusted with this node's time. Belongs to the loop. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private static final long BAN_MILLIS = 600_000;
    private static final long BAN_NANOS = BAN_MILLIS * 1_000_000;

    /** Work off the loop that one peer may cause at a time, in messages and in bytes. */
    private static final int MAX_PENDING = 512;

    /** What one peer may cause in a second on the loop. */
    private static final long MAX_BLOCK_BYTES = 64L << 20;

    private static final long MAX_EVIDENCE = 64;

    private static final long MAX_PENDING_BYTES = 96L << 20;

    /** A stranger may keep less waiting than a peer of the configuration: this part of it. */
    static final int STRANGERS_PART = 4;

    /** So many strangers are remembered that are gone; strangers have as many names as they like. */
    private static final int REMEMBERED = 64;

    private final Environment environment;
    private final Metrics metrics;
    private final String node;
    private final Map<String, Peer> byName = new TreeMap<>();
    private long departures;

    /** One peer. */
    static final class Peer {
        final String name;
        boolean connected;
        /** The height that it says is final there; what it says is not trusted. */
        long claimedHeight;

        /** What it says of its height is not acted on before; it did not deliver. Nanoseconds. */
        long ignoreClaimsUntil;

        int failedClaims;
        long lastHelpNanos;
        /** How far its clock is ahead of this node's, by what it said last; empty where it said nothing yet. */
        OptionalLong aheadMillis = OptionalLong.empty();

        /** Bytes of blocks that are read for it. */
        final Budget blocks;
        /** Pieces of evidence of it that are judged. */
        final Budget evidence;

        private final Score score;
        private final boolean stranger;
        private long gone;
        private boolean warned;
        private long bannedUntil;
        private int pending;
        private long pendingBytes;

        private Peer(String name, long now) {
            this.name = name;
            this.ignoreClaimsUntil = now;
            this.lastHelpNanos = now - BAN_NANOS;
            this.bannedUntil = now;
            this.score = new Score(now);
            this.stranger = isStranger(name);
            this.blocks = new Budget(MAX_BLOCK_BYTES, now);
            this.evidence = new Budget(MAX_EVIDENCE, now);
        }
    }

    Peers(Environment environment, Metrics metrics, String node) {
        this.environment = environment;
        this.metrics = metrics;
        this.node = node;
    }

    Peer peer(String name) {
        return byName.computeIfAbsent(name, n -> new Peer(n, environment.nanoTime()));
    }

    /** A peer said what time it is. */
    void tellsTime(Peer peer, long timeMillis) {
        peer.aheadMillis = OptionalLong.of(timeMillis - environment.wallMillis());
    }

    /**
     * How far the clocks of the peers in the configuration are ahead of this node's: the median, and of two in the middle
     * the one nearer to this node's. 0 where nobody said.
     */
    long aheadMillis() {
        long[] ahead = connected().stream()
                .filter(peer -> !peer.stranger)
                .flatMapToLong(peer -> peer.aheadMillis.stream())
                .sorted()
                .toArray();
        if (ahead.length == 0) {
            return 0;
        }
        long upper = ahead[ahead.length / 2];
        long lower = ahead[(ahead.length - 1) / 2];
        return Math.abs(lower) < Math.abs(upper) ? lower : upper;
    }

    /** Those that can be sent to, by ascending name. */
    List<Peer> connected() {
        return byName.values().stream().filter(peer -> peer.connected).toList();
    }

    /** Their names. */
    List<String> names() {
        return connected().stream().map(peer -> peer.name).toList();
    }

    /** The peer with this name, if it is connected. */
    Optional<Peer> ifConnected(String name) {
        return Optional.ofNullable(byName.get(name)).filter(peer -> peer.connected);
    }

    /** Whether anything of this peer is looked at. */
    boolean isBanned(Peer peer) {
        return environment.nanoTime() - peer.bannedUntil < 0;
    }

    /** Whether the configuration does not name this peer. */
    static boolean isStranger(String name) {
        return name.startsWith(Links.STRANGER);
    }

    /** A peer is gone. A stranger may never come again: only the last of them are remembered, with what they did. */
    void disconnected(Peer peer) {
        peer.connected = false;
        peer.claimedHeight = 0;
        peer.gone = ++departures;
        List<Peer> strangers = byName.values().stream()
                .filter(other -> other.stranger && !other.connected)
                .sorted(Comparator.comparing(other -> other.gone))
                .toList();
        if (strangers.size() > REMEMBERED) {
            byName.remove(strangers.get(0).name);
        }
    }

    /** How many peers are remembered. */
    int size() {
        return byName.size();
    }

    /** Notes something that no correct peer sends. */
    void offence(Peer peer, String what) {
        metrics.count(Metric.MESSAGES_MALFORMED);
        if (!peer.warned) {
            peer.warned = true;
            LOG.warn("{}: peer {} sent what no correct node sends: {}", node, peer.name, what);
        }
        blame(peer, Score.INVALID, what);
    }

    /** Notes an answer to a question that was not asked. */
    void unsolicited(Peer peer, String what) {
        metrics.count(Metric.MESSAGES_DROPPED);
        blame(peer, Score.UNSOLICITED, what);
    }

    /** Notes that a peer did not deliver. Whoever the configuration names may have its reasons. */
    void late(Peer peer, String what) {
        if (peer.stranger) {
            blame(peer, Score.LATE, what);
        }
    }

    private void blame(Peer peer, int points, String what) {
        long now = environment.nanoTime();
        if (peer.score.add(points, now)) {
            peer.bannedUntil = now + BAN_NANOS;
            metrics.count(Metric.PEERS_BANNED);
            LOG.warn("{}: hangs up on peer {} for 10 minutes: {}", node, peer.name, what);
            environment.ban(peer.name, BAN_MILLIS);
        }
    }

    /** Spends of a budget of {@code peer}, or returns false; asking for more again and again is an offence. */
    boolean spend(Peer peer, Budget budget, long cost, String what) {
        if (budget.spend(cost, environment.nanoTime())) {
            return true;
        }
        metrics.count(Metric.MESSAGES_DROPPED);
        if (budget.isNewlyExceeded()) {
            offence(peer, "more " + what + " than one second allows");
        }
        return false;
    }

    /** Notes work off the loop for a message of {@code bytes}; returns false where the peer has caused too much. */
    boolean begin(Peer peer, long bytes) {
        int part = peer.stranger ? STRANGERS_PART : 1;
        if (peer.pending >= MAX_PENDING / part || peer.pendingBytes + bytes > MAX_PENDING_BYTES / part) {
            metrics.count(Metric.MESSAGES_DROPPED);
            return false;
        }
        peer.pending++;
        peer.pendingBytes += bytes;
        return true;
    }

    /** The work is done. */
    void end(Peer peer, long bytes) {
        peer.pending--;
        peer.pendingBytes -= bytes;
    }
}
