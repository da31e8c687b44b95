package org.hauptbuch.ledger.state;

import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.value.Amounts;

/**
 * What a pool earned and did not pay out yet.
 *
 * @param accumulator what one share earned since the pool began
 * @param undrawn units that back what delegators are owed; what rounding loses stays in it
 * @param commission units that the operator is owed
 */
public record PoolRewards(Accumulator accumulator, long undrawn, long commission) {
    /** Nothing earned. */
    public static final PoolRewards NONE = new PoolRewards(Accumulator.ZERO, 0, 0);

    public PoolRewards {
        Amounts.check("rewards.undrawn", undrawn);
        Amounts.check("rewards.commission", commission);
    }

    /** With {@code amount} paid to a delegator. */
    public PoolRewards drawn(long amount) {
        return new PoolRewards(accumulator, Amounts.subtract(undrawn, amount), commission);
    }

    /** With nothing left for the operator. */
    public PoolRewards withoutCommission() {
        return new PoolRewards(accumulator, undrawn, 0);
    }

    /** With more for the operator. */
    public PoolRewards plusCommission(long amount) {
        return new PoolRewards(accumulator, undrawn, Amounts.add(commission, amount));
    }

    /** With {@code amount} earned by the pool. */
    public PoolRewards earned(Accumulator now, long amount) {
        return new PoolRewards(now, Amounts.add(undrawn, amount), commission);
    }
}
