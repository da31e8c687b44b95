package org.hauptbuch.examples.slashing.emptyblocks;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.SlashingRuleContract;

/** What every slashing condition promises; the byte code is read as well. The tests are inherited. */
final class EmptyBlocksContractTest implements SlashingRuleContract {
    @Override
    public RuleFactory factory() {
        return new EmptyBlocksFactory();
    }

    /** A low limit, so that the stories of the contract come to an offence. */
    @Override
    public Parameters parameters() {
        return Parameters.of(Map.of("limit", "3"));
    }

    @Override
    public Map<String, List<String>> wrongParameters() {
        return Map.of("limit", List.of("0", "1001", "x"));
    }
}
