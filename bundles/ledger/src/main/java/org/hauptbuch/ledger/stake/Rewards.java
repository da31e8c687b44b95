package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.PoolRewards;
import org.hauptbuch.ledger.state.Share;
import org.hauptbuch.ledger.state.StateView;

/**
 * What pools earned, paid lazily: a pool of S shares that earns T adds T/S to its accumulator A, and a delegator with
 * s shares who was last settled at A<sub>0</sub> is owed s(A - A<sub>0</sub>). One step for each pool in an epoch, one
 * step for each withdrawal, whatever the number of delegators. A penalty changes what a share is worth and not how
 * many there are, so it takes no step at all.
 *
 * <p>Source: Batog, Boca, Johnson, <i>Scalable Reward Distribution on the Ethereum Blockchain</i> (2018); Ojha, Goes,
 * <i>F1 Fee Distribution</i> (2019). The reward rule does the arithmetic and rounds down.
 */
public final class Rewards {
    private final Rules rules;
    private final Overlay state;

    /** The rewards as {@code block} works on them. */
    public Rewards(BlockContext block) {
        this.rules = block.rules();
        this.state = block.state();
    }

    /** What a validator's pool earned. */
    public PoolRewards of(Address validator) {
        return of(state, validator);
    }

    /** What a validator's pool earned. */
    public static PoolRewards of(StateView state, Address validator) {
        return state.get(Keys.rewards(validator)).orElse(PoolRewards.NONE);
    }

    /** Units that a delegator is owed by a pool, 0 where it has no share. */
    public static long owed(StateView state, Rules rules, Address validator, Address delegator) {
        return state.get(Keys.share(validator, delegator))
                .map(share -> owed(rules, share, of(state, validator)))
                .orElse(0L);
    }

    /** Pays a delegator what its shares earned, into its account; returns how much. */
    public long settle(Address validator, Address delegator) {
        Share share = state.get(Keys.share(validator, delegator)).orElse(null);
        if (share == null) {
            return 0;
        }
        PoolRewards rewards = of(validator);
        if (rewards.accumulator().equals(share.entry())) {
            return 0;
        }
        long owed = owed(rules, share, rewards);
        state.set(Keys.rewards(validator), rewards.drawn(owed));
        state.set(Keys.share(validator, delegator), new Share(share.shares(), rewards.accumulator()));
        Accounts.credit(state, delegator, owed);
        return owed;
    }

    /** Pays an operator its commission, into its account; returns how much. */
    public long settleCommission(Address validator) {
        PoolRewards rewards = of(validator);
        if (rewards.commission() > 0) {
            state.set(Keys.rewards(validator), rewards.withoutCommission());
            Accounts.credit(state, validator, rewards.commission());
        }
        return rewards.commission();
    }

    /** Lets a pool of {@code shares} (1 or more) earn {@code amount} (1 or more), which left another pot. */
    public void earn(Address validator, long shares, long amount) {
        PoolRewards before = of(validator);
        Accumulator after = rules.must(
                RuleKind.REWARD, () -> rules.generation().reward().accrue(before.accumulator(), shares, amount));
        if (after.perShare().compareTo(before.accumulator().perShare()) < 0) {
            throw rules.broken(
                    RuleKind.REWARD,
                    "accrue",
                    after.perShare(),
                    "at least " + before.accumulator().perShare());
        }
        state.set(Keys.rewards(validator), before.earned(after, amount));
    }

    /** Owes an operator {@code amount} (0 or more) of commission, which left another pot. */
    public void earnCommission(Address validator, long amount) {
        if (amount > 0) {
            state.set(Keys.rewards(validator), of(validator).plusCommission(amount));
        }
    }

    /** Takes what rounding left in the rewards of a pool in which nobody has a share any more. */
    long takeDust(Address validator) {
        PoolRewards rewards = of(validator);
        if (rewards.undrawn() > 0) {
            state.set(Keys.rewards(validator), rewards.drawn(rewards.undrawn()));
        }
        return rewards.undrawn();
    }

    private static long owed(Rules rules, Share share, PoolRewards rewards) {
        long owed = rules.must(
                RuleKind.REWARD,
                () -> rules.generation().reward().owed(share.entry(), rewards.accumulator(), share.shares()));
        if (owed < 0 || owed > rewards.undrawn()) {
            throw rules.broken(RuleKind.REWARD, "owed", owed, "0 to the pool's " + rewards.undrawn());
        }
        return owed;
    }
}
