package org.hauptbuch.reward.proportional;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.RewardRuleContract;

final class ProportionalRewardContractTest implements RewardRuleContract {
    @Override
    public RuleFactory factory() {
        return new ProportionalRewardFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of("proposerBonus", List.of("-1%", "101%", "x"));
    }
}
