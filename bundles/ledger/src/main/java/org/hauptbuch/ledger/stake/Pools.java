package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.PoolRewards;
import org.hauptbuch.ledger.state.Share;

/**
 * Stake in validators' pools. The delegation rule says what shares are worth; here its answers are held to their
 * range and the units move. Whoever's shares change is paid what they earned first.
 */
public final class Pools {
    private final BlockContext block;
    private final Rules rules;
    private final Overlay state;
    private final Rewards rewards;

    /** The pools as {@code block} works on them. */
    public Pools(BlockContext block) {
        this.block = block;
        this.rules = block.rules();
        this.state = block.state();
        this.rewards = new Rewards(block);
    }

    /** Units that {@code shares} of {@code pool} are worth now. */
    public static long worth(Rules rules, Pool pool, long shares) {
        if (shares == 0) {
            return 0;
        }
        long tokens = rules.must(
                RuleKind.DELEGATION, () -> rules.generation().delegation().tokensFor(pool, shares));
        if (tokens < 0 || tokens > pool.tokens()) {
            throw rules.broken(RuleKind.DELEGATION, "tokensFor", tokens, "0 to the pool's " + pool.tokens());
        }
        return tokens;
    }

    /** Puts {@code tokens} (1 or more), which left another pot, into a pool; returns the shares issued for them. */
    public long join(Address validator, Address delegator, long tokens) {
        Validator before = Validators.the(block, validator);
        long issued = rules.ask(
                RuleKind.DELEGATION, () -> rules.generation().delegation().sharesFor(before.pool(), tokens));
        if (issued < 1) {
            throw rules.broken(RuleKind.DELEGATION, "sharesFor", issued, "1 or more");
        }
        if (issued > Amounts.MAX - before.pool().shares()) {
            throw PoSException.outOfRange(
                    PoSError.DELEGATION_FAILED,
                    "shares of validator " + before.id(),
                    before.pool().shares() + " and " + issued + " more",
                    "at most " + Amounts.MAX);
        }
        rewards.settle(validator, delegator);
        long held =
                state.get(Keys.share(validator, delegator)).map(Share::shares).orElse(0L);
        setShares(validator, delegator, held + issued);
        state.set(Keys.validator(validator), before.withPool(before.pool().plus(tokens, issued)));
        return issued;
    }

    /**
     * Takes {@code tokens} out of a pool; the caller puts them into another pot.
     *
     * @throws PoSException INSUFFICIENT_STAKE where they are not 1 to what the delegator has in it
     */
    public void leave(Address validator, Address delegator, long tokens) {
        Validator before = Validators.the(block, validator);
        long held =
                state.get(Keys.share(validator, delegator)).map(Share::shares).orElse(0L);
        long worth = worth(rules, before.pool(), held);
        if (tokens < 1 || tokens > worth) {
            throw PoSException.outOfRange(
                    PoSError.INSUFFICIENT_STAKE,
                    "amount",
                    tokens,
                    "1 to the stake of " + delegator + " with validator " + before.id() + ", " + worth);
        }
        give(before, delegator, held, sharesFor(before.pool(), tokens, worth, held), tokens);
    }

    /**
     * Takes up to {@code tokens} (1 or more) out of at most {@code mostShares} of a delegator's shares, as a penalty.
     *
     * @return the units taken, 0 to {@code tokens}
     */
    public long charge(Address validator, Address delegator, long tokens, long mostShares) {
        Validator before = Validators.the(block, validator);
        long held =
                state.get(Keys.share(validator, delegator)).map(Share::shares).orElse(0L);
        long reach = Math.min(held, mostShares);
        long worth = worth(rules, before.pool(), reach);
        long taken = Math.min(tokens, worth);
        if (taken > 0) {
            give(before, delegator, held, sharesFor(before.pool(), taken, worth, reach), taken);
        }
        return taken;
    }

    /** Shares to give up for {@code tokens} of the {@code worth} of {@code held}: all of them for all of it. */
    private long sharesFor(Pool pool, long tokens, long worth, long held) {
        if (tokens == worth) {
            return held;
        }
        long shares = rules.must(
                RuleKind.DELEGATION, () -> rules.generation().delegation().sharesToRedeem(pool, tokens));
        if (shares < 1 || shares > held) {
            throw rules.broken(RuleKind.DELEGATION, "sharesToRedeem", shares, "1 to " + held);
        }
        return shares;
    }

    private void give(Validator before, Address delegator, long held, long shares, long tokens) {
        Address validator = before.address();
        rewards.settle(validator, delegator);
        setShares(validator, delegator, held - shares);
        Pool pool = before.pool().minus(tokens, shares);
        if (pool.shares() == 0) {
            // nobody owns what rounding left behind: the next epoch's rewards do
            long dust = Amounts.add(pool.tokens(), rewards.takeDust(validator));
            state.set(Keys.TOTALS, state.the(Keys.TOTALS).plusFees(dust));
            pool = Pool.EMPTY;
        }
        state.set(Keys.validator(validator), before.withPool(pool));
    }

    private void setShares(Address validator, Address delegator, long shares) {
        if (shares == 0) {
            state.remove(Keys.share(validator, delegator));
            state.remove(Keys.shareOf(delegator, validator));
        } else {
            PoolRewards earned = rewards.of(validator);
            state.set(Keys.share(validator, delegator), new Share(shares, earned.accumulator()));
            state.set(Keys.shareOf(delegator, validator), validator);
        }
    }
}
