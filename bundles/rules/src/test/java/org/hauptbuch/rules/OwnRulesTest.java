package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
        assertStands("50d26761e655ecc4d9b8e790fb618cbf98dbb54976fca10c6b1473ff4e798a0c", OwnRules.FIRST);
    }

    @Test
    void theOtherRules() {
        assertStands("0f71dbdbc7ef29fe0b671a277bab7580e4d7caa0f8d276387d02c3af9bb91917", OwnRules.OTHER);
    }

    private void assertStands(String digest, List<RuleFactory> factories) {
        List<RuleCatalogue.Entry> entries =
                factories.stream().map(OwnRules::entry).toList();
        entries.forEach(catalogue::add);
        entries.forEach(e -> assertFalse(e.factory().knownAnswers().isEmpty(), e.id() + " knows no answer"));
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
