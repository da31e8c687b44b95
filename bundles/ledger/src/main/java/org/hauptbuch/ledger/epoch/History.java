package org.hauptbuch.ledger.epoch;

import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/**
 * Forgets what nothing can be about any more: times, sets, rules, seeds and marks of what was punished, once no evidence
 * can be about them; penalties, once their unbonding time is over, too.
 */
public final class History {
    /** Heights forgotten in one block at most, so that a long halt is caught up with in small steps. */
    private static final int MOST_STEPS = 64;

    /** Penalties forgotten at the end of one epoch at most. */
    private static final int MOST_PENALTIES = 1_024;

    private final BlockContext block;
    private final Overlay state;

    /** The history as {@code block} leaves it. */
    public History(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /** Forgets what is too old by height and by time. */
    public void prune() {
        ChainParameters parameters = block.parameters();
        Head head = state.the(Keys.HEAD);
        long oldest = head.oldestHeight();
        for (int step = 0; step < MOST_STEPS && isTooOld(oldest); step++) {
            state.remove(Keys.time(oldest));
            if (parameters.endsEpoch(oldest)) {
                long epoch = parameters.epochOf(oldest);
                state.remove(Keys.set(epoch));
                state.remove(Keys.rules(epoch));
                state.remove(Keys.rolledBack(epoch));
                state.remove(Keys.seed(epoch));
                state.remove(Keys.delay(epoch));
            }
            oldest++;
        }
        if (oldest > head.oldestHeight()) {
            state.set(Keys.HEAD, head.withOldestHeight(oldest));
        }
        if (parameters.endsEpoch(block.height())) {
            forgetMarks(oldest);
            forgetPenalties(oldest);
        }
    }

    /** Rules may ask for the penalties of the unbonding time: see {@link org.hauptbuch.api.rule.ChainView}. */
    private void forgetPenalties(long oldest) {
        ChainParameters parameters = block.parameters();
        long firstKept = parameters.firstHeight(Math.max(0, block.epoch() - parameters.unbondingEpochs()));
        state.entries(Keys.SLASHINGS).entrySet().stream()
                .limit(MOST_PENALTIES)
                .takeWhile(entry -> entry.getValue().height() < Math.min(oldest, firstKept))
                .forEach(entry -> state.remove(new Key<>(entry.getKey(), Keys.SLASHINGS.codec())));
    }

    private boolean isTooOld(long height) {
        ChainParameters parameters = block.parameters();
        return block.height() - height > parameters.evidenceMaxAgeBlocks()
                && block.timeMillis() - state.the(Keys.time(height)) > parameters.evidenceMaxAgeMillis();
    }

    private void forgetMarks(long oldest) {
        for (var mark : state.entries(Keys.ALL_PUNISHED).keySet()) {
            if (Keys.punishedHeight(mark) < oldest) {
                state.remove(new Key<>(mark, Keys.ALL_PUNISHED.codec()));
            }
        }
    }
}
