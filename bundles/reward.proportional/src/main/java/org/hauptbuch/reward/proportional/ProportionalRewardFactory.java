package org.hauptbuch.reward.proportional;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link ProportionalReward} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "reward", id = "reward.proportional")
public final class ProportionalRewardFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new ProportionalReward(ProportionalRewardParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return ProportionalRewardAnswers.all();
    }
}
