package org.hauptbuch.node.core;

import java.util.List;
import java.util.function.Supplier;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.wire.WireMessage;

/**
 * Tells the peers where this node stands, at every new height and about once a block time, and notices who is stuck.
 * Belongs to the loop.
 */
final class StatusGossip {
    private static final long MIN_TICK_MILLIS = 100;
    private static final long MAX_TICK_MILLIS = 1_000;

    private final Assembly the;
    private final long tickMillis;
    private final long patienceMillis;
    private Cancellable timer = () -> {};
    private long heightBegan;
    private boolean odd;

    StatusGossip(Assembly the, long blockTimeMillis) {
        this.the = the;
        this.tickMillis = Math.max(MIN_TICK_MILLIS, Math.min(MAX_TICK_MILLIS, blockTimeMillis));
        this.patienceMillis = Math.max(200, Math.min(2_000, blockTimeMillis));
    }

    void start(Supplier<Tip> tip) {
        timer = the.environment().arm(tickMillis, () -> {
            tell(tip.get(), the.deliberation().driver().map(HeightDriver::round).orElse(0));
            List<RollbackVote> rollbacks = the.rollbacks().known();
            if (!rollbacks.isEmpty()) {
                the.outbox().broadcast(new WireMessage.Rollbacks(rollbacks));
            }
            odd = !odd;
            if (odd) {
                the.transactions().remind();
            }
            if (the.deliberation().driver().isEmpty()) {
                the.synchronizer().ask();
            }
            start(tip);
        });
    }

    void stop() {
        timer.cancel();
    }

    /** A height begins, its first proposal is due after {@code delayMillis}. */
    void heightBegins(long delayMillis) {
        heightBegan = the.environment().nanoTime() + delayMillis * 1_000_000;
    }

    void tell(Tip tip, int round) {
        the.outbox().broadcast(status(tip, round));
    }

    void greet(Peer peer, Tip tip, int round) {
        the.outbox().send(peer.name, status(tip, round));
    }

    /** Whether {@code peer}, which is at this node's height, should hear again what was said; at most once a tick. */
    boolean isStuck(Peer peer) {
        long now = the.environment().nanoTime();
        boolean stuck =
                now - heightBegan > patienceMillis * 1_000_000 && now - peer.lastHelpNanos > tickMillis * 1_000_000 / 2;
        if (stuck) {
            peer.lastHelpNanos = now;
        }
        return stuck;
    }

    private WireMessage status(Tip tip, int round) {
        return new WireMessage.Status(
                tip.height(), tip.hash(), round, the.environment().wallMillis());
    }
}
