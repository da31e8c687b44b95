package org.hauptbuch.delegation.pooled;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link PooledDelegation} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "delegation", id = "delegation.pooled")
public final class PooledDelegationFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new PooledDelegation(PooledDelegationParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return PooledDelegationAnswers.all();
    }
}
