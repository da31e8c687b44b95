package org.hauptbuch.node.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets rule jars from peers by their digest, and hands them to peers. Only what the chain has named after its gate is
 * fetched: more than two thirds of the stake hold and have tested it. All of a jar comes from one peer, so that a wrong
 * one has a culprit; nothing is kept before its digest is right. Belongs to the loop.
 */
final class JarExchange {
    private static final Logger LOG = LoggerFactory.getLogger(JarExchange.class);
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 1_000;
    /** What an answer costs whatever is in it. */
    private static final int LEAST_COST = 1 << 18;

    private final Parts parts;
    private final Deque<RuleRef> wanted = new ArrayDeque<>();
    private Download download;
    private Cancellable retry;
    private int turn;
    /** The jar that was asked for last: whoever asks for one part asks for the next. */
    private Optional<Served> served = Optional.empty();

    private record Served(Hash digest, byte[] jar) {}

    private static final class Download {
        private final RuleRef rule;
        private final String peer;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Cancellable timeout = () -> {};

        private Download(RuleRef rule, String peer) {
            this.rule = rule;
            this.peer = peer;
        }
    }

    JarExchange(Parts parts) {
        this.parts = parts;
    }

    /** Fetches the jars of these rules, in place of what was wanted before; none, and it stops. */
    void want(List<RuleRef> rules) {
        wanted.clear();
        wanted.addAll(rules);
        if (download != null && wanted.stream().noneMatch(rule -> rule.digest().equals(download.rule.digest()))) {
            end();
        }
        next();
    }

    /** Whether something is being fetched, or waits for a peer. */
    boolean isBusy() {
        return !wanted.isEmpty();
    }

    /** A peer wants a part of a jar. */
    void asked(Peer peer, WireMessage.GetJar asked) {
        if (!peer.blocks.spend(LEAST_COST, parts.environment().nanoTime())) {
            parts.metrics().count(Metric.MESSAGES_DROPPED);
            return;
        }
        if (served.isPresent() && served.get().digest.equals(asked.digest())) {
            answer(peer, asked, served.get().jar);
            return;
        }
        parts.environment().verifyLater(() -> parts.environment().jar(asked.digest()), result -> {
            if (result.failure() == null) {
                byte[] jar = result.get().map(Bytes::toArray).orElse(new byte[0]);
                served = Optional.of(new Served(asked.digest(), jar)).filter(found -> found.jar.length > 0);
                answer(peer, asked, jar);
            }
        });
    }

    /** The answer of a peer. */
    void received(Peer peer, WireMessage.JarPart part) {
        Download current = download;
        if (current == null
                || !current.peer.equals(peer.name)
                || !current.rule.digest().equals(part.digest())
                || current.bytes.size() != part.offset()) {
            parts.peers().unsolicited(peer, "a part of a jar that was not asked for");
            return;
        }
        current.timeout.cancel();
        if (part.total() == 0) {
            // it has not got it
            tryNextPeer();
            return;
        }
        int size = current.bytes.size() + part.bytes().length();
        // as much as there is room for: byte by byte a jar would never end
        int right = Math.min(WireMessage.MAX_JAR_PART, part.total() - current.bytes.size());
        if (part.total() > RuleStaging.MAX_JAR_BYTES
                || part.bytes().length() == 0
                || part.bytes().length() != right) {
            parts.peers().offence(peer, "a part of a jar with " + size + " of " + part.total() + " bytes");
            tryNextPeer();
            return;
        }
        current.bytes.writeBytes(part.bytes().toArray());
        if (size < part.total()) {
            ask(current);
        } else {
            finish(peer, current);
        }
    }

    private void finish(Peer peer, Download current) {
        byte[] jar = current.bytes.toByteArray();
        parts.environment()
                .verifyLater(
                        () -> {
                            boolean right = Hash.sha256(jar).equals(current.rule.digest());
                            if (right) {
                                parts.environment().keepJar(Bytes.of(jar), "peer " + peer.name);
                            }
                            return right;
                        },
                        result -> {
                            if (download != current) {
                                return;
                            }
                            if (result.failure() != null) {
                                LOG.error(
                                        "{}: the jar of {} came from {} and is not kept: {}",
                                        parts.name(),
                                        current.rule.describe(),
                                        peer.name,
                                        result.failure().getMessage());
                                wanted.remove(current.rule);
                                end();
                                next();
                            } else if (result.get()) {
                                LOG.info(
                                        "{}: got {} from {}, {} bytes",
                                        parts.name(),
                                        current.rule.describe(),
                                        peer.name,
                                        jar.length);
                                wanted.removeIf(rule -> rule.digest().equals(current.rule.digest()));
                                end();
                                next();
                            } else {
                                parts.peers().offence(peer, "a jar with another SHA-256 than was asked for");
                                tryNextPeer();
                            }
                        });
    }

    private void next() {
        if (download != null || retry != null || wanted.isEmpty()) {
            return;
        }
        List<Peer> peers = parts.peers().connected().stream()
                .filter(peer -> !parts.peers().isBanned(peer))
                .toList();
        if (peers.isEmpty()) {
            later();
            return;
        }
        download = new Download(wanted.peek(), peers.get(turn++ % peers.size()).name);
        ask(download);
    }

    private void ask(Download current) {
        parts.outbox().send(current.peer, new WireMessage.GetJar(current.rule.digest(), current.bytes.size()));
        current.timeout = parts.environment().arm(TIMEOUT_MILLIS, () -> {
            if (download == current) {
                tryNextPeer();
            }
        });
    }

    private void tryNextPeer() {
        end();
        later();
    }

    private void later() {
        if (retry == null) {
            retry = parts.environment().arm(RETRY_MILLIS, () -> {
                retry = null;
                next();
            });
        }
    }

    private void end() {
        if (download != null) {
            download.timeout.cancel();
            download = null;
        }
    }

    private void answer(Peer peer, WireMessage.GetJar asked, byte[] jar) {
        int offset = Math.min(asked.offset(), jar.length);
        Bytes part = Bytes.of(jar, offset, Math.min(jar.length - offset, WireMessage.MAX_JAR_PART));
        parts.outbox().send(peer.name, new WireMessage.JarPart(asked.digest(), jar.length, asked.offset(), part));
    }
}
