package org.hauptbuch.selection.roundrobin;

import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SelectionRuleContract;

final class RoundRobinSelectionContractTest implements SelectionRuleContract {
    @Override
    public RuleFactory factory() {
        return new RoundRobinSelectionFactory();
    }
}
