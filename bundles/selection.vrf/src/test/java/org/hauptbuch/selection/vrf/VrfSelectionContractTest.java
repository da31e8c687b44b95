package org.hauptbuch.selection.vrf;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SelectionRuleContract;

final class VrfSelectionContractTest implements SelectionRuleContract {
    @Override
    public RuleFactory factory() {
        return new VrfSelectionFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of("candidates", List.of("0", "101", "-1", "1.5", "x"));
    }
}
