package org.hauptbuch.slashing.downtime;

import java.util.List;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link DowntimeSlashing} available in a container. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "slashing", id = "slashing.downtime")
public final class DowntimeSlashingFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new DowntimeSlashing(DowntimeSlashingParameters.from(parameters));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return DowntimeSlashingAnswers.all();
    }
}
