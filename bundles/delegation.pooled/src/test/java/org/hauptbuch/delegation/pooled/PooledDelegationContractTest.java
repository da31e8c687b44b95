package org.hauptbuch.delegation.pooled;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.DelegationRuleContract;

final class PooledDelegationContractTest implements DelegationRuleContract {
    @Override
    public RuleFactory factory() {
        return new PooledDelegationFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of("unbondingEpochs", List.of("0", "10001", "x"));
    }
}
