package org.hauptbuch.selection.weighted;

import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SelectionRuleContract;

final class WeightedSelectionContractTest implements SelectionRuleContract {
    @Override
    public RuleFactory factory() {
        return new WeightedSelectionFactory();
    }
}
