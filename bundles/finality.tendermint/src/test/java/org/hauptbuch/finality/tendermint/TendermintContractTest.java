package org.hauptbuch.finality.tendermint;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.FinalityRuleContract;

class TendermintContractTest implements FinalityRuleContract {
    @Override
    public RuleFactory factory() {
        return new TendermintFinalityFactory();
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        List<String> rates = List.of("0.5%", "0", "101%", "-1%", "x");
        return Map.of(
                "propose",
                rates,
                "prevote",
                rates,
                "precommit",
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
