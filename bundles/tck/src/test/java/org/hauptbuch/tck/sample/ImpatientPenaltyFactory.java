package org.hauptbuch.tck.sample;

import java.util.Set;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;

/** Makes {@link ImpatientPenalty}. */
@ConsensusRule(kind = "penalty", id = "penalty.impatient")
public final class ImpatientPenaltyFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        parameters.only(Set.of());
        return new ImpatientPenalty();
    }
}
