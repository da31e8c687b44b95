package org.hauptbuch.ledger.epoch;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.change.Changeover;
import org.hauptbuch.ledger.stake.Unbondings;
import org.hauptbuch.ledger.state.Activity;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.Reads;

/**
 * The end of an epoch, after the last block's transactions: rewards, matured unbondings, then what the next epoch is
 * made of, its validators, its seed or that of the one after it, and its rules.
 */
public final class EpochEnd {
    private final BlockContext block;
    private final Overlay state;

    /** The end of {@code block}'s epoch. */
    public EpochEnd(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /** Ends the epoch. */
    public void run() {
        new RewardDay(block).pay();
        addUpMetrics();
        new Unbondings(block).mature(block.epoch());
        fixNextSet();
        new Seeds(block).end();
        new Changeover(block).endEpoch();
    }

    private void addUpMetrics() {
        Activity activity = Reads.activity(state);
        activity.counts().keySet().forEach(address -> {
            Validator validator = state.the(Keys.validator(address));
            state.set(Keys.validator(address), activity.applyTo(validator));
        });
        state.set(Keys.ACTIVITY, Activity.NONE);
    }

    /** Where nobody may stand the last set stays: a chain without validators would never come back. */
    private void fixNextSet() {
        ValidatorSet next = Election.hold(block);
        state.set(Keys.set(block.epoch() + 1), next.size() > 0 ? next : state.the(Keys.set(block.epoch())));
    }
}
