package org.hauptbuch.slashing.downtime;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SlashingRuleContract;

final class DowntimeSlashingContractTest implements SlashingRuleContract {
    @Override
    public RuleFactory factory() {
        return new DowntimeSlashingFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of(
                "window", List.of("0", "100001", "x"),
                "minSigned", List.of("-1%", "101%", "x"));
    }
}
