package org.hauptbuch.reward.proportional;

import java.util.Set;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/**
 * What {@link ProportionalReward} is configured with.
 *
 * @param proposerBonus parameter {@code proposerBonus}: the share of the pot that is divided by blocks proposed instead
 *     of blocks signed, 0% (default) to 100%
 */
record ProportionalRewardParameters(Rate proposerBonus) {
    private static final String PROPOSER_BONUS = "proposerBonus";

    static ProportionalRewardParameters from(Parameters parameters) {
        return new ProportionalRewardParameters(
                parameters.only(Set.of(PROPOSER_BONUS)).rate(PROPOSER_BONUS, Rate.ZERO));
    }
}
