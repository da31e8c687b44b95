package org.hauptbuch.selection.vrf;

import java.util.List;
import java.util.Set;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.osgi.service.component.annotations.Component;

/**
 * Makes {@link VrfSelection} available in a container. Its parameter {@code candidates}, 1 to 100, default 10, is how many
 * validators may propose in a round at most, on average: with c of them nobody may with probability e^−c, and the round
 * is lost.
 */
@Component(service = RuleFactory.class)
@ConsensusRule(kind = "selection", id = "selection.vrf")
public final class VrfSelectionFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        parameters.only(Set.of("candidates"));
        return new VrfSelection(Math.toIntExact(parameters.whole("candidates", 10, 1, 100)));
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return VrfSelectionAnswers.all();
    }
}
