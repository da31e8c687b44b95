package org.hauptbuch.examples.slashing.emptyblocks;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/**
 * All that knows of OSGi: one component, found by the node when the jar is dropped into its folder {@code rules}. The
 * rule's id is here, its version is the bundle's. Being found does not make it active: that is the chain's decision.
 */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "slashing", id = "slashing.emptyblocks")
public final class EmptyBlocksFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new EmptyBlocks(EmptyBlocksParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return EmptyBlocksAnswers.all();
    }
}
