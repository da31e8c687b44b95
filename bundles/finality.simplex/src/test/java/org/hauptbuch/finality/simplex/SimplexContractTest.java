package org.hauptbuch.finality.simplex;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.FinalityRuleContract;

class SimplexContractTest implements FinalityRuleContract {
    @Override
    public RuleFactory factory() {
        return new SimplexFinalityFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        List<String> rates = List.of("0.5%", "0", "101%", "-1%", "x");
        return Map.of(
                "notarize",
                rates,
                "finality",
                rates,
                "growth",
                rates,
                "sortition",
                rates,
                "floorMillis",
                List.of("9", "10001", "x"),
                "capMillis",
                List.of("999", "600001", "x"));
    }
}
