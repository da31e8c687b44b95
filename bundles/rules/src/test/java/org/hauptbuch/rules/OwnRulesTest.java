package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleSet;
import org.junit.jupiter.api.Test;

/**
 * The rules of the distribution stand the self-test, and answer here what they answered where these digests were typed.
 * A rule that is changed, or a question that is added, needs a new digest.
 */
class OwnRulesTest {
    private final RuleCatalogue catalogue = new RuleCatalogue();

    @Test
    void theFirstRulesOfAChain() {
        assertStands("d396c9d90ebb676fe46a8a0a8673594d262f72e71c4eb120d4a57bd2959eb47e", OwnRules.FIRST);
    }

    @Test
    void theOtherSelectionAndPenalty() {
        assertStands("b5d6ac96341ac4ea13fcb160ae83f868b9bad3ed6240421ab2927c355df01b9e", OwnRules.OTHER);
    }

    private void assertStands(String digest, List<RuleFactory> factories) {
        List<RuleCatalogue.Entry> entries =
                factories.stream().map(OwnRules::entry).toList();
        entries.forEach(catalogue::add);
        RuleSet set = TestRules.setOf(entries);
        SelfTestReport report = new SelfTest(catalogue, Duration.ofMinutes(1)).run(set);
        assertEquals(List.of(), report.problems());
        assertEquals(set.id(), report.ruleSet());
        assertTrue(report.cases() > 20, "cases: " + report.cases());
        assertEquals(digest, report.digest().toString());
        // the budget is no part of the answer
        assertEquals(report, new SelfTest(catalogue, Duration.ofMinutes(2)).run(set));
    }
}
