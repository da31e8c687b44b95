package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.penalty.correlated.CorrelatedPenaltyFactory;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;
import org.junit.jupiter.api.Test;

/** The rules of the distribution stand the self-test, and answer here what they answered where these digests were typed. */
class OwnRulesTest {
    private final RuleCatalogue catalogue = new RuleCatalogue();

    @Test
    void theFirstSetOfRules() {
        assertStands(
                "?",
                set(
                        new WeightedSelectionFactory(),
                        new FixedPenaltyFactory(),
                        new EquivocationSlashingFactory(),
                        new DowntimeSlashingFactory(),
                        new InvalidProposalSlashingFactory()));
    }

    @Test
    void theOtherSelectionAndPenalty() {
        assertStands("?", set(new RoundRobinSelectionFactory(), new CorrelatedPenaltyFactory()));
    }

    private void assertStands(String digest, RuleSet set) {
        SelfTestReport report = new SelfTest(catalogue).run(set);
        assertEquals(List.of(), report.problems());
        assertEquals(set.id(), report.ruleSet());
        assertTrue(report.cases() > 30, "cases: " + report.cases());
        assertEquals(digest, report.digest().toString());
        assertEquals(report, new SelfTest(catalogue).run(set));
    }

    private RuleSet set(RuleFactory... chosen) {
        List<RuleFactory> factories = new ArrayList<>(List.of(chosen));
        factories.add(new BondedStakingFactory());
        factories.add(new PooledDelegationFactory());
        factories.add(new ProportionalRewardFactory());
        factories.add(new TendermintFinalityFactory());
        List<RuleCatalogue.Entry> entries = factories.stream().map(OwnRulesTest::entry).toList();
        entries.forEach(catalogue::add);
        return TestRules.setOf(entries);
    }

    private static RuleCatalogue.Entry entry(RuleFactory factory) {
        // as the annotation of the class says, which is not there at run time
        String name = factory.getClass().getPackageName().substring("org.hauptbuch.".length());
        String kind = name.substring(0, name.indexOf('.'));
        return TestRules.entry(RuleKind.ofText(kind).orElseThrow(), name, "0.1.0", factory);
    }
}
