package org.hauptbuch.api.reward;

import java.util.List;
import org.hauptbuch.api.rule.Rule;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what an epoch earns and whose it is. Delegators are paid lazily: an epoch costs one step for each
 * validator, a withdrawal costs one step, whatever the number of delegators.
 */
@ConsumerType
public interface RewardRule extends Rule {
    /** Units to issue for {@code epoch}, on top of its fees. */
    long issuance(EpochSummary epoch);

    /**
     * Divides {@code pot} (fees, issuance and what was left over before).
     *
     * @return each validator of the summary at most once; the sum is at most {@code pot}, the rest is carried over
     */
    List<Payout> divide(EpochSummary epoch, long pot);

    /**
     * The accumulator of a pool after {@code amount} was earned by its {@code shares} (1 or more). What rounding
     * loses stays with the chain: the owed sum never exceeds the earned sum.
     */
    Accumulator accrue(Accumulator before, long shares, long amount);

    /** Units that {@code shares} earned between {@code entry} and {@code now}, rounded down. */
    long owed(Accumulator entry, Accumulator now, long shares);
}
