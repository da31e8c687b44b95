package org.hauptbuch.selection.roundrobin;

import java.util.List;
import java.util.Set;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/** Makes {@link RoundRobinSelection} available in a container. It has no parameters. */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "selection", id = "selection.roundrobin")
public final class RoundRobinSelectionFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        parameters.only(Set.of());
        return new RoundRobinSelection();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return RoundRobinSelectionAnswers.all();
    }
}
