package org.hauptbuch.staking.bonded;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.StakingRuleContract;

final class BondedStakingContractTest implements StakingRuleContract {
    @Override
    public RuleFactory factory() {
        return new BondedStakingFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of("unbondingEpochs", List.of("0", "10001", "x"));
    }
}
