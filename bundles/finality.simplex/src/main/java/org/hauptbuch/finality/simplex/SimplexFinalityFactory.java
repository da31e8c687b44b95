package org.hauptbuch.finality.simplex;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code finality.simplex}. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "finality", id = "finality.simplex")
public final class SimplexFinalityFactory implements RuleFactory {
    /** Called by the component runtime. */
    @Activate
    public SimplexFinalityFactory() {}

    @Override
    public Rule create(Parameters parameters) {
        return new SimplexFinality(SimplexParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return SimplexFinalityAnswers.all();
    }
}
