package org.hauptbuch.tck.sample.good;

import java.util.Set;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.value.Rate;

/** Makes {@link OnePrice}. */
@ConsensusRule(kind = "penalty", id = "penalty.one")
public final class OnePriceFactory implements RuleFactory {
    @Override
    public Rule create(Parameters parameters) {
        return new OnePrice(parameters.only(Set.of("rate")).rate("rate", Rate.ZERO));
    }
}
