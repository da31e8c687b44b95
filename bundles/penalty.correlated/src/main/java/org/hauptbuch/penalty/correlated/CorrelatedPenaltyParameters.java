package org.hauptbuch.penalty.correlated;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/**
 * What {@link CorrelatedPenalty} is configured with.
 *
 * @param floor parameter {@code floor}: the least that a fault or an attack costs, 0% to 100%; empty for the chain's
 *     {@code slashingPenalty}
 * @param multiplier parameter {@code multiplier}: what the slashed share of the stake is multiplied by, 1 to 100,
 *     default 3
 * @param windowEpochs parameter {@code windowEpochs}: how many epochs, the current one included, count as at once, 1 to
 *     10,000; empty for the chain's unbonding time, and no more than that is remembered
 * @param downtimeRate parameter {@code downtimeRate}: what negligence costs, 0% to 100%, default 0.01%
 * @param jailEpochs parameter {@code jailEpochs}: epochs that negligence or a fault jails, 0 to 10,000, default 2
 * @param reporterShare parameter {@code reporterShare}: the share of what was slashed that goes to the reporter, 0% to
 *     100%, default 5%
 */
record CorrelatedPenaltyParameters(
        Optional<Rate> floor,
        long multiplier,
        OptionalLong windowEpochs,
        Rate downtimeRate,
        long jailEpochs,
        Rate reporterShare) {
    private static final String FLOOR = "floor";
    private static final String MULTIPLIER = "multiplier";
    private static final String WINDOW_EPOCHS = "windowEpochs";
    private static final String DOWNTIME_RATE = "downtimeRate";
    private static final String JAIL_EPOCHS = "jailEpochs";
    private static final String REPORTER_SHARE = "reporterShare";
    private static final long ABSENT = 0;

    static CorrelatedPenaltyParameters from(Parameters parameters) {
        parameters.only(Set.of(FLOOR, MULTIPLIER, WINDOW_EPOCHS, DOWNTIME_RATE, JAIL_EPOCHS, REPORTER_SHARE));
        boolean ownFloor = parameters.asMap().containsKey(FLOOR);
        long window = parameters.whole(WINDOW_EPOCHS, ABSENT, 1, 10_000);
        return new CorrelatedPenaltyParameters(
                ownFloor ? Optional.of(parameters.rate(FLOOR, Rate.ZERO)) : Optional.empty(),
                parameters.whole(MULTIPLIER, 3, 1, 100),
                window == ABSENT ? OptionalLong.empty() : OptionalLong.of(window),
                parameters.rate(DOWNTIME_RATE, new Rate(100)),
                parameters.whole(JAIL_EPOCHS, 2, 0, 10_000),
                parameters.rate(REPORTER_SHARE, new Rate(50_000)));
    }
}
