package org.hauptbuch.penalty.correlated;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link CorrelatedPenalty} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "penalty", id = "penalty.correlated")
public final class CorrelatedPenaltyFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new CorrelatedPenalty(CorrelatedPenaltyParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return CorrelatedPenaltyAnswers.all();
    }
}
