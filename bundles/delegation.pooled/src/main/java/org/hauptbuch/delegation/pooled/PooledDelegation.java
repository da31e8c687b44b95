package org.hauptbuch.delegation.pooled;

import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;

/**
 * A delegation is shares of its validator's pool, as in the staking module of Cosmos SDK: a penalty lowers the pool's
 * tokens and so what every share is worth, in one step whatever the number of delegators. The first share costs one
 * unit. With T tokens and S shares in the pool:
 *
 * <ul>
 *   <li>joining with t units issues floor(t·S/T) shares,
 *   <li>s shares are worth floor(s·T/S) units,
 *   <li>taking t units out costs ceil(t·S/T) shares.
 * </ul>
 *
 * Every rounding is against the one who claims, so no sequence of joining and leaving takes a unit from the others.
 */
final class PooledDelegation implements DelegationRule {
    /** The time that a validator waits between two changes of commission. */
    static final long DAY_MILLIS = 86_400_000;

    private final PooledDelegationParameters parameters;

    PooledDelegation(PooledDelegationParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public long sharesFor(Pool pool, long tokens) {
        requireAmount("delegated amount", tokens);
        if (pool.shares() == 0) {
            return tokens;
        }
        if (pool.tokens() == 0) {
            throw refuse("pool is drained: " + pool.shares()
                    + " shares are worth nothing and would take part of whatever joins, tokens must be 1 or more");
        }
        long shares = issued(pool, tokens);
        if (shares == 0) {
            throw refuse("delegated amount is " + tokens + ", must be worth a share of the pool: at least "
                    + Amounts.mulDivCeil(1, pool.tokens(), pool.shares()));
        }
        return shares;
    }

    @Override
    public long tokensFor(Pool pool, long shares) {
        if (shares < 0 || shares > pool.shares()) {
            throw PoSException.outOfRange(PoSError.INSUFFICIENT_STAKE, "shares", shares, "0 to " + pool.shares());
        }
        return shares == 0 ? 0 : Amounts.mulDivFloor(shares, pool.tokens(), pool.shares());
    }

    @Override
    public long sharesToRedeem(Pool pool, long tokens) {
        requireAmount("redeemed amount", tokens);
        if (tokens > pool.tokens()) {
            throw PoSException.outOfRange(
                    PoSError.INSUFFICIENT_STAKE, "redeemed amount", tokens, "at most the pool's " + pool.tokens());
        }
        return Amounts.mulDivCeil(tokens, pool.shares(), pool.tokens());
    }

    @Override
    public void checkDelegate(ChainView view, Address delegator, Validator validator, long amount) {
        requireAmount("delegated amount", amount);
        requireOpen(validator);
    }

    @Override
    public void checkRedelegate(ChainView view, Address delegator, Validator from, Validator to, long amount) {
        requireAmount("redelegated amount", amount);
        if (from.address().equals(to.address())) {
            throw refuse("redelegation from validator " + from.id() + " to itself, must be to another");
        }
        requireOpen(to);
        // Stake that hopped here is still liable for its last validator. If it hopped on, a penalty there would no
        // longer find it here.
        for (Redelegation earlier : view.redelegations(delegator)) {
            if (earlier.to().equals(from.address()) && earlier.maturityEpoch() >= view.epoch()) {
                throw refuse("stake redelegated to validator " + from.id() + " is liable until the end of epoch "
                        + earlier.maturityEpoch() + ", epoch is " + view.epoch() + ", must be later to move it on");
            }
        }
    }

    @Override
    public long maturityEpoch(ChainView view) {
        return Math.addExact(view.epoch(), parameters.unbondingEpochs(view));
    }

    @Override
    public void checkCommission(ChainView view, Validator validator, Rate newRate) {
        Commission commission = validator.commission();
        if (newRate.compareTo(commission.maximum()) > 0) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "commission", newRate, "at most " + commission.maximum());
        }
        int change = Math.abs(newRate.ppm() - commission.rate().ppm());
        if (change > commission.maxDailyChange().ppm()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR,
                    "change of commission",
                    new Rate(change),
                    "at most " + commission.maxDailyChange() + " a day");
        }
        long waited = Math.subtractExact(view.timeMillis(), commission.changedAtMillis());
        if (waited < DAY_MILLIS) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR,
                    "time since the last change of commission",
                    waited + " ms",
                    "at least " + DAY_MILLIS + " ms of block time");
        }
    }

    private static long issued(Pool pool, long tokens) {
        try {
            long shares = Amounts.mulDivFloor(tokens, pool.shares(), pool.tokens());
            Amounts.add(pool.shares(), shares);
            return shares;
        } catch (ArithmeticException e) {
            // after heavy penalties a unit buys very many shares
            throw new PoSException(
                    PoSError.DELEGATION_FAILED,
                    "delegated amount is " + tokens + ", must be less: the pool's shares would pass " + Amounts.MAX,
                    e);
        }
    }

    private static void requireAmount(String field, long amount) {
        if (amount < 1) {
            throw PoSException.outOfRange(PoSError.INVALID_STAKE, field, amount, "1 to " + Amounts.MAX);
        }
    }

    private static void requireOpen(Validator validator) {
        if (validator.status() == ValidatorStatus.BANNED) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "status of validator " + validator.id(),
                    validator.status(),
                    "INACTIVE, ACTIVE or SLASHED to be delegated to");
        }
    }

    private static PoSException refuse(String detail) {
        return new PoSException(PoSError.DELEGATION_FAILED, detail);
    }
}
