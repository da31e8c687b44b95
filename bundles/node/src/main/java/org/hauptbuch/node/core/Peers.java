package org.hauptbuch.node.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the peers, and how far each is trusted with this node's time. Belongs to the loop. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    /** So many offences are forgiven, until a while passed without one: a peer that restarts may cut a message short. */
    private static final int MAX_OFFENCES = 8;

    private static final long BAN_MILLIS = 600_000;
    private static final long BAN_NANOS = BAN_MILLIS * 1_000_000;

    /** Work off the loop that one peer may cause at a time, in messages and in bytes. */
    private static final int MAX_PENDING = 512;

    /** What one peer may cause in a second on the loop. */
    private static final long MAX_BLOCK_BYTES = 64L << 20;

    private static final long MAX_EVIDENCE = 64;

    private static final long MAX_PENDING_BYTES = 96L << 20;

    private final Environment environment;
    private final Metrics metrics;
    private final String node;
    private final Map<String, Peer> byName = new TreeMap<>();

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
        /** Bytes of blocks that are read for it. */
        final Budget blocks;
        /** Pieces of evidence of it that are judged. */
        final Budget evidence;

        private int offences;
        private long lastOffence;
        private boolean warned;
        private long bannedUntil;
        private int pending;
        private long pendingBytes;

        private Peer(String name, long now) {
            this.name = name;
            this.ignoreClaimsUntil = now;
            this.lastHelpNanos = now - BAN_NANOS;
            this.bannedUntil = now;
            this.lastOffence = now;
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

    /** Notes something that no correct peer sends. */
    void offence(Peer peer, String what) {
        metrics.count(Metric.MESSAGES_MALFORMED);
        long now = environment.nanoTime();
        if (now - peer.lastOffence > BAN_NANOS) {
            peer.offences = 0;
        }
        peer.lastOffence = now;
        peer.offences++;
        if (!peer.warned) {
            peer.warned = true;
            LOG.warn("{}: peer {} sent what no correct node sends: {}", node, peer.name, what);
        }
        if (peer.offences > MAX_OFFENCES) {
            peer.offences = 0;
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
        if (peer.pending >= MAX_PENDING || peer.pendingBytes + bytes > MAX_PENDING_BYTES) {
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
