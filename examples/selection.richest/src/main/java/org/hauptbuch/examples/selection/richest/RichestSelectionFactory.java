package org.hauptbuch.examples.selection.richest;

import java.util.List;
import java.util.Set;
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
@ConsensusRule(kind = "selection", id = "selection.richest")
public final class RichestSelectionFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        // it has none: whoever sets one is told so
        parameters.only(Set.of());
        return new RichestSelection();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return RichestSelectionAnswers.all();
    }
}
