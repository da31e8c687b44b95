package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.block.BlockContext;

/**
 * What passed between the commit of one block and the proposal of the next, for the heights decided last. A height that
 * was fetched, or whose parent was, has no entry. Belongs to the loop; {@link #all()} from any thread.
 */
final class BlockTimings {
    static final int KEPT = 4_096;

    private final Environment environment;
    private final Deque<BlockTiming> kept = new ArrayDeque<>();
    private Hash judged;
    private long committed;
    private Pending pending;

    private static final class Pending {
        private final BlockContext context;
        private final boolean swapped;
        private final long waitMillis;
        private final long ready;
        private boolean leaving;
        private boolean own;
        private boolean seen;
        private long proposal;

        private Pending(BlockContext context, boolean swapped, long waitMillis, long ready) {
            this.context = context;
            this.swapped = swapped;
            this.waitMillis = waitMillis;
            this.ready = ready;
        }
    }

    BlockTimings(Environment environment) {
        this.environment = environment;
    }

    /** The block of {@code context} is durable, decided in {@code round}. */
    void committed(BlockContext context, int round) {
        if (pending != null && pending.context == context && pending.leaving) {
            // decided within the step that proposed it: there is nobody else to wait for
            left();
        }
        if (pending != null && pending.context == context && pending.seen) {
            keep(new BlockTiming(
                    context.height(),
                    context.ruleSetId(),
                    pending.swapped,
                    pending.own,
                    round - context.firstRound(),
                    pending.waitMillis,
                    pending.ready,
                    pending.proposal));
        }
        pending = null;
        judged = context.ruleSetId();
        committed = environment.nanoTime();
    }

    /** The height of {@code context} begins; its proposal is due after {@code waitMillis}. */
    void begun(BlockContext context, long waitMillis) {
        pending = judged == null
                ? null
                : new Pending(context, !judged.equals(context.ruleSetId()), waitMillis, sinceCommit());
    }

    /** Nothing is decided until a height begins. */
    void interrupted() {
        pending = null;
        judged = null;
    }

    /** A proposal of this node leaves with the end of the step. */
    void proposing() {
        if (pending != null) {
            pending.leaving = true;
        }
    }

    /** What was to leave has left. */
    void left() {
        if (pending != null && pending.leaving) {
            pending.leaving = false;
            seen(true);
        }
    }

    /** A proposal of another is here and is its proposer's. */
    void heard() {
        if (pending != null) {
            seen(false);
        }
    }

    /** The heights decided last, the oldest first. */
    List<BlockTiming> all() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    private void seen(boolean own) {
        if (!pending.seen) {
            pending.seen = true;
            pending.own = own;
            pending.proposal = sinceCommit();
        }
    }

    private long sinceCommit() {
        return environment.nanoTime() - committed;
    }

    private void keep(BlockTiming timing) {
        synchronized (kept) {
            if (kept.size() >= KEPT) {
                kept.removeFirst();
            }
            kept.addLast(timing);
        }
    }
}
