package org.hauptbuch.examples.selection.richest;

import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SelectionRuleContract;

/** What every selection rule promises; the byte code is read as well. The tests are inherited. */
final class RichestSelectionContractTest implements SelectionRuleContract {
    @Override
    public RuleFactory factory() {
        return new RichestSelectionFactory();
    }
}
