package org.hauptbuch.staking.bonded;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link BondedStaking} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "staking", id = "staking.bonded")
public final class BondedStakingFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new BondedStaking(BondedStakingParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return BondedStakingAnswers.all();
    }
}
