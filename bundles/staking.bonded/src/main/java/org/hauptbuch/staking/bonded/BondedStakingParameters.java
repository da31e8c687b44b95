package org.hauptbuch.staking.bonded;

import java.util.OptionalLong;
import java.util.Set;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Parameters;

/**
 * What {@link BondedStaking} is configured with.
 *
 * @param unbondingEpochs parameter {@code unbondingEpochs}: epochs that stake stays liable after it leaves, 1 to
 *     10,000; empty for the chain's own. Less than evidence may be old lets an offender leave in time.
 */
record BondedStakingParameters(OptionalLong unbondingEpochs) {
    private static final String UNBONDING_EPOCHS = "unbondingEpochs";
    private static final long ABSENT = 0;

    static BondedStakingParameters from(Parameters parameters) {
        long epochs = parameters.only(Set.of(UNBONDING_EPOCHS)).whole(UNBONDING_EPOCHS, ABSENT, 1, 10_000);
        return new BondedStakingParameters(epochs == ABSENT ? OptionalLong.empty() : OptionalLong.of(epochs));
    }

    long unbondingEpochs(ChainView view) {
        return unbondingEpochs.orElse(view.parameters().unbondingEpochs());
    }
}
