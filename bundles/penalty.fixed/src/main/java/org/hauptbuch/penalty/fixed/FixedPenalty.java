package org.hauptbuch.penalty.fixed;

import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Rate;

/**
 * Every offence of one gravity costs the same: an attack the rate and a ban, a fault the rate and jail, negligence a
 * small rate and jail. The rate is the specification's slashing penalty (5 %) unless a parameter says otherwise.
 */
final class FixedPenalty implements PenaltyRule {
    private final FixedPenaltyParameters parameters;

    FixedPenalty(FixedPenaltyParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Penalty penalty(ChainView view, Offence offence) {
        return penalty(view.parameters().slashingPenalty(), offence.gravity());
    }

    Penalty penalty(Rate slashingPenalty, Offence.Gravity gravity) {
        Rate rate = parameters.rate().orElse(slashingPenalty);
        Rate reporterShare = parameters.reporterShare();
        return switch (gravity) {
            case ATTACK -> new Penalty(rate, true, 0, reporterShare);
            case FAULT -> new Penalty(rate, false, parameters.jailEpochs(), reporterShare);
            case NEGLIGENCE -> new Penalty(parameters.downtimeRate(), false, parameters.jailEpochs(), reporterShare);
        };
    }
}
