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
        assertStands("844b689ed73fbf26443187c5c7dfd91798bbc8921a3e0deeb67830d096a13586", OwnRules.FIRST);
    }

    @Test
    void theOtherRules() {
        assertStands("4b9bbe17b22a0b5fc13ed63053051f3bc9de6bbd7c0f87ff8c91a37c9a58c30c", OwnRules.OTHER);
    }

    @Test
    void proposersThatAreDrawnInPrivate() {
        assertStands("c731def198cb851ac830618b258f00384c52a60b8b9908475a3c4402b95ef7cd", OwnRules.DRAWN);
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
