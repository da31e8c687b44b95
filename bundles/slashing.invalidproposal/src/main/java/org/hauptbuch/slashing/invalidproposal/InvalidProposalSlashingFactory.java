package org.hauptbuch.slashing.invalidproposal;

import java.util.List;
import java.util.Set;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link InvalidProposalSlashing} available in a container. It has no parameters. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "slashing", id = "slashing.invalidproposal")
public final class InvalidProposalSlashingFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        parameters.only(Set.of());
        return new InvalidProposalSlashing();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return InvalidProposalSlashingAnswers.all();
    }
}
