package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches blocks that others finalized. What a peer says of its height only makes this node ask; nothing counts but a
 * certificate that verifies against the validator set of this node's own state. A peer that does not deliver is not
 * believed for a while, so it cannot keep a node from deciding. Belongs to the loop.
 */
final class Synchronizer {
    private static final Logger LOG = LoggerFactory.getLogger(Synchronizer.class);
    private static final int BATCH = 32;
    private static final long MIN_TIMEOUT_MILLIS = 2_000;
    private static final long DISBELIEF_NANOS = 5_000_000_000L;

    private final Parts parts;
    private final Host host;
    private final Deque<Fetched> fetched = new ArrayDeque<>();
    private Request request;
    private Cancellable grace;
    private boolean applying;
    /** Who delivered last: its word is good until it fails. */
    private Peer source;

    private long generation;
    private int turn;

    /** The node around it. */
    interface Host {
        /** What decides the next block; empty while halted. */
        Optional<BlockContext> context();

        /** The parent's certificate as this node knows it. */
        Optional<Certificate> parentCertificate();

        /** A block that others finalized is valid here too: commits it. */
        void fetched(CandidateBlock block, Certificate certificate, Execution execution);

        /** A certificate makes a block final that this node finds wrong. */
        void contradicted(String why);

        /**
         * A final block says that its height was rolled back: begins the height anew.
         *
         * @throws PoSException where that is not so
         */
        void goBack(RollbackCertificate rollback);

        /** The height that is not final is returned to the fallback: begins it anew. */
        void rolledBack();

        /** All that any peer has is here: decide. */
        void caughtUp();
    }

    private record Request(String peer, long from, Cancellable timeout) {}

    private record Fetched(String peer, CandidateBlock block, Certificate certificate) {}

    Synchronizer(Parts parts, Host host) {
        this.parts = parts;
        this.host = host;
    }

    /** Whether more blocks are on their way, so that deciding {@code nextHeight} here is not worth beginning. */
    boolean isBusy(long nextHeight) {
        return isApplying()
                || source != null
                        && source.connected
                        && source.claimedHeight > nextHeight
                        && parts.environment().nanoTime() - source.ignoreClaimsUntil >= 0;
    }

    private boolean isApplying() {
        return !fetched.isEmpty() || applying;
    }

    /** A peer said where it stands. */
    void claimed(Peer peer, long height, long finalized) {
        peer.claimedHeight = height;
        if (height <= finalized
                || request != null
                || isApplying()
                || host.context().isEmpty()) {
            return;
        }
        if (height > finalized + 1) {
            ask();
        } else if (grace == null) {
            // one block behind is what a node is that hears the votes a moment later
            long patience = Math.max(100, host.context().get().parameters().blockTimeMillis() / 4);
            grace = parts.environment().arm(patience, () -> {
                grace = null;
                ask();
            });
        }
    }

    /** The answer of a peer. */
    void received(Peer peer, WireMessage.Blocks answer) {
        if (request == null || !request.peer.equals(peer.name) || request.from != answer.from()) {
            parts.peers().unsolicited(peer, "blocks that were not asked for");
            return;
        }
        request.timeout.cancel();
        request = null;
        if (answer.blocks().isEmpty()) {
            parts.peers().late(peer, "no blocks, although it said that it has them");
            disbelieve(peer);
            ask();
            return;
        }
        long begun = ++generation;
        applying = true;
        parts.environment().verify(() -> decode(peer.name, answer), result -> {
            if (begun != generation) {
                return;
            }
            applying = false;
            if (result.failure() != null) {
                refuse(peer, result.failure().getMessage());
            } else {
                fetched.addAll(result.get());
                applyNext();
            }
        });
    }

    /** A peer does not keep the blocks that it was asked for: others may. */
    void notKept(Peer peer, SnapshotMessage.Earliest answer) {
        if (request == null || !request.peer.equals(peer.name) || request.from >= answer.height()) {
            return;
        }
        if (peer.failedClaims == 0) {
            LOG.warn(
                    "{}: peer {} keeps no block before {}, asks others for {}; a node can begin at a checkpoint instead",
                    parts.name(),
                    peer.name,
                    answer.height(),
                    request.from);
        }
        request.timeout.cancel();
        request = null;
        disbelieve(peer);
        ask();
    }

    /** Forgets all that is under way. */
    void cancel() {
        generation++;
        applying = false;
        fetched.clear();
        source = null;
        if (request != null) {
            request.timeout.cancel();
            request = null;
        }
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
    }

    /** Asks the peers for what is missing, if one says that it has it. */
    void ask() {
        Optional<BlockContext> context = host.context();
        if (context.isEmpty() || request != null || isApplying()) {
            return;
        }
        long from = context.get().height();
        long now = parts.environment().nanoTime();
        List<Peer> ahead = parts.peers().connected().stream()
                .filter(peer -> peer.claimedHeight >= from && now - peer.ignoreClaimsUntil >= 0)
                .sorted(Comparator.comparing(peer -> peer.name))
                .toList();
        if (ahead.isEmpty()) {
            host.caughtUp();
            return;
        }
        Peer peer = ahead.get(turn++ % ahead.size());
        long missing = peer.claimedHeight - from + 1;
        parts.outbox().send(peer.name, new WireMessage.GetBlocks(from, (int) Math.min(BATCH, missing)));
        long timeout = Math.max(MIN_TIMEOUT_MILLIS, context.get().parameters().blockTimeMillis());
        request = new Request(peer.name, from, parts.environment().arm(timeout, () -> {
            request = null;
            parts.peers().late(peer, "no answer to a request for blocks");
            disbelieve(peer);
            ask();
        }));
    }

    private void applyNext() {
        Optional<BlockContext> context = host.context();
        Fetched next = fetched.poll();
        // what was decided here in the meantime needs no second look
        while (next != null
                && context.isPresent()
                && next.block.block().height() < context.get().height()) {
            next = fetched.poll();
        }
        if (next == null || context.isEmpty()) {
            fetched.clear();
            ask();
            return;
        }
        apply(context.get(), next);
    }

    private void apply(BlockContext context, Fetched next) {
        if (context.rollback().isEmpty()
                && (next.block.block().rollback().isPresent()
                        || next.certificate.round() >= RollbackCertificate.FIRST_ROUND)) {
            try {
                RollbackCertificate rollback = next.block
                        .block()
                        .rollback()
                        .orElseThrow(() -> new PoSException(
                                PoSError.INVALID_BLOCK, "a block of a round after a rollback came without its proof"));
                // what is under way ends with it; the block is asked for again
                host.goBack(rollback);
            } catch (PoSException refused) {
                refuse(parts.peers().peer(next.peer), refused.getMessage());
            }
            return;
        }
        Certificate certificate = next.certificate;
        long begun = ++generation;
        applying = true;
        parts.environment().verify(() -> verified(context, next), result -> {
            if (begun != generation) {
                return;
            }
            if (isOver(context)) {
                applying = false;
                applyNext();
                return;
            }
            if (result.failure() instanceof PoSException refused) {
                applying = false;
                refuse(parts.peers().peer(next.peer), refused.getMessage());
                return;
            }
            result.get();
            BlockJudge.Case matter = new BlockJudge.Case(
                    context, next.block.proving(context.rollback()), host.parentCertificate(), OptionalLong.empty());
            parts.judge().judge(matter, () -> begun == generation, verdict -> {
                applying = false;
                if (isOver(context)) {
                    applyNext();
                } else if (verdict.failure() != null) {
                    host.contradicted("block " + next.block.hash().shortHex() + " of height " + context.height()
                            + " is final but refused here: "
                            + verdict.failure().getMessage());
                } else {
                    parts.metrics().count(Metric.BLOCKS_SYNCED);
                    Peer peer = parts.peers().peer(next.peer);
                    peer.failedClaims = 0;
                    source = peer;
                    host.fetched(next.block.proving(context.rollback()), certificate, verdict.get());
                    applyNext();
                }
            });
        });
    }

    private boolean isOver(BlockContext context) {
        return host.context().isEmpty() || host.context().get() != context;
    }

    /** Off the loop. */
    private Boolean verified(BlockContext context, Fetched next) {
        Certificate certificate = next.certificate;
        long height = next.block.block().height();
        if (height != context.height()
                || certificate.height() != height
                || !certificate.block().equals(next.block.hash())) {
            throw new PoSException(
                    PoSError.BLOCK_FINALIZATION_FAILED,
                    "a certificate of height " + certificate.height() + " came with a block of height " + height
                            + " for " + context.height());
        }
        return parts.calls().ask(RuleKind.FINALITY, "a certificate", () -> {
            context.rules()
                    .finality()
                    .verifyFinal(certificate, context.chainId(), context.validators(), parts.scheme());
            return true;
        });
    }

    private void refuse(Peer peer, String why) {
        parts.peers().offence(peer, why);
        disbelieve(peer);
        fetched.clear();
        ask();
    }

    private void disbelieve(Peer peer) {
        peer.failedClaims = Math.min(peer.failedClaims + 1, 12);
        peer.ignoreClaimsUntil = parts.environment().nanoTime() + DISBELIEF_NANOS * peer.failedClaims;
    }

    private static List<Fetched> decode(String peer, WireMessage.Blocks answer) {
        List<Fetched> blocks = new ArrayList<>();
        for (WireMessage.Certified one : answer.blocks()) {
            blocks.add(new Fetched(peer, CandidateBlock.decode(one.block()), one.certificate()));
        }
        return blocks;
    }
}
