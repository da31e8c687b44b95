package org.hauptbuch.node.core;

import org.hauptbuch.node.chain.ChainStore;

/** Removes blocks that this node is not to keep, some at a time and read off the loop. Belongs to the loop. */
final class Pruner {
    private static final int STEP = 32;
    private static final long PAUSE_MILLIS = 50;

    private final Parts parts;
    private final ChainStore chain;
    private final long keep;
    private boolean busy;

    Pruner(Parts parts, ChainStore chain, HistoryPolicy policy) {
        this.parts = parts;
        this.chain = chain;
        this.keep = policy.keepBlocks();
    }

    /** The last final block is at {@code height}. */
    void follow(long height) {
        long excess = height - keep - chain.earliest() + 1;
        if (keep == HistoryPolicy.ALL || busy || excess <= 0) {
            return;
        }
        busy = true;
        int count = (int) Math.min(STEP, excess);
        parts.environment().verifyLater(() -> chain.withoutFirst(count), result -> {
            chain.store().commit(result.get());
            parts.environment().arm(PAUSE_MILLIS, () -> {
                busy = false;
                follow(height);
            });
        });
    }
}
