package org.hauptbuch.finality.tendermint;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code finality.tendermint}. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "finality", id = "finality.tendermint")
public final class TendermintFinalityFactory implements RuleFactory {
    /** Called by the component runtime. */
    @Activate
    public TendermintFinalityFactory() {}

    @Override
    public Rule create(Parameters parameters) {
        return new TendermintFinality(TendermintParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return TendermintFinalityAnswers.all();
    }
}
