package org.hauptbuch.penalty.correlated;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.PenaltyRuleContract;

final class CorrelatedPenaltyContractTest implements PenaltyRuleContract {
    @Override
    public RuleFactory factory() {
        return new CorrelatedPenaltyFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of(
                "floor", List.of("-1%", "101%", "x"),
                "multiplier", List.of("0", "101", "x"),
                "windowEpochs", List.of("0", "10001", "x"),
                "downtimeRate", List.of("-1%", "101%", "x"),
                "jailEpochs", List.of("-1", "10001", "x"),
                "reporterShare", List.of("-1%", "101%", "x"));
    }
}
