package org.hauptbuch.rules.probe;

import java.util.List;
import org.hauptbuch.api.rule.RuleRef;

/** The questions to every kind of rule. */
public final class Probes {
    private Probes() {}

    /** The questions to one rule, always the same ones in the same order. */
    public static List<Probe> of(RuleRef rule) {
        return switch (rule.kind()) {
            case SELECTION -> SelectionProbes.all();
            case STAKING -> StakingProbes.all();
            case DELEGATION -> DelegationProbes.all();
            case REWARD -> RewardProbes.all();
            case SLASHING -> SlashingProbes.all(rule.id());
            case PENALTY -> PenaltyProbes.all();
            case FINALITY -> FinalityProbes.all();
        };
    }
}
