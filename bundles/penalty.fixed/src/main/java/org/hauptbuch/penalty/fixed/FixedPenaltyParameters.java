package org.hauptbuch.penalty.fixed;

import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/**
 * What {@link FixedPenalty} is configured with.
 *
 * @param rate parameter {@code rate}: what a fault or an attack costs, 0% to 100%; empty for the chain's {@code
 *     slashingPenalty}
 * @param downtimeRate parameter {@code downtimeRate}: what negligence costs, 0% to 100%, default 0.01%
 * @param jailEpochs parameter {@code jailEpochs}: epochs that negligence or a fault jails, 0 to 10,000, default 2
 * @param reporterShare parameter {@code reporterShare}: the share of what was slashed that goes to the reporter, 0% to
 *     100%, default 5%
 */
record FixedPenaltyParameters(Optional<Rate> rate, Rate downtimeRate, long jailEpochs, Rate reporterShare) {
    private static final String RATE = "rate";
    private static final String DOWNTIME_RATE = "downtimeRate";
    private static final String JAIL_EPOCHS = "jailEpochs";
    private static final String REPORTER_SHARE = "reporterShare";

    static FixedPenaltyParameters from(Parameters parameters) {
        parameters.only(Set.of(RATE, DOWNTIME_RATE, JAIL_EPOCHS, REPORTER_SHARE));
        boolean own = parameters.asMap().containsKey(RATE);
        return new FixedPenaltyParameters(
                own ? Optional.of(parameters.rate(RATE, Rate.ZERO)) : Optional.empty(),
                parameters.rate(DOWNTIME_RATE, new Rate(100)),
                parameters.whole(JAIL_EPOCHS, 2, 0, 10_000),
                parameters.rate(REPORTER_SHARE, new Rate(50_000)));
    }
}
