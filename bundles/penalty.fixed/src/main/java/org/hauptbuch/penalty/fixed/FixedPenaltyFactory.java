package org.hauptbuch.penalty.fixed;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link FixedPenalty} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "penalty", id = "penalty.fixed")
public final class FixedPenaltyFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new FixedPenalty(FixedPenaltyParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return FixedPenaltyAnswers.all();
    }
}
