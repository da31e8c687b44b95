package org.hauptbuch.penalty.fixed;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.PenaltyRuleContract;

final class FixedPenaltyContractTest implements PenaltyRuleContract {
    @Override
    public RuleFactory factory() {
        return new FixedPenaltyFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of(
                "rate", List.of("-1%", "101%", "x"),
                "downtimeRate", List.of("-1%", "101%", "x"),
                "jailEpochs", List.of("-1", "10001", "x"),
                "reporterShare", List.of("-1%", "101%", "x"));
    }
}
