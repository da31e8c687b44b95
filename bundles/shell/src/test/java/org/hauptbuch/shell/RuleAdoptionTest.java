package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleAdoptionTest {
    private static final Parameters WINDOW = Parameters.of(Map.of("window", "100"));

    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final FakeNode node = home.nodes.get(0);
    private final RuleAdoption adoption = new RuleAdoption(home);

    @BeforeEach
    void start() {
        home.nodes.forEach(each -> offer(each, "slashing.late", "0.1.0", FakeChain.digest("late")));
    }

    @Test
    void namesTheExactCode() {
        RuleChange change = adoption.adopt(node, "slashing.late", "0.1.0", List.of("limit=5", "mode=a=b"));
        assertEquals(RuleChange.Operation.ADOPT, change.operation());
        assertEquals(
                new RuleRef(
                        RuleKind.SLASHING,
                        "slashing.late",
                        "0.1.0",
                        FakeChain.digest("late"),
                        Parameters.of(Map.of("limit", "5", "mode", "a=b"))),
                change.rule());
    }

    @Test
    void aNewVersionKeepsTheParametersOfTheOldOne() {
        RuleRef late = new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", FakeChain.digest("late"), WINDOW);
        home.chain.rules = home.chain.rules.apply(new RuleChange(RuleChange.Operation.ADOPT, late));
        offer(node, "slashing.late", "0.2.0", FakeChain.digest("later"));
        offer(home.nodes.get(1), "slashing.late", "0.2.0", FakeChain.digest("later"));
        assertEquals(
                WINDOW,
                adoption.adopt(node, "slashing.late", "0.2.0", List.of()).rule().parameters());
        assertEquals(
                Parameters.of(Map.of("window", "5")),
                adoption.adopt(node, "slashing.late", "0.2.0", List.of("window=5"))
                        .rule()
                        .parameters());
    }

    @Test
    void refusesWhatANodeHereDoesNotHave() {
        home.nodes.get(1).rules.removeIf(rule -> rule.id().equals("slashing.late"));
        Failure refused = refuse("slashing.late", "0.1.0");
        assertTrue(
                refused.getMessage().startsWith("ID is 'slashing.late', must be a rule that bob has: "),
                refused.getMessage());
        home.nodes.get(1).running = false;
        adoption.adopt(node, "slashing.late", "0.1.0", List.of());
    }

    @Test
    void refusesAnUnknownVersionNamingTheKnown() {
        assertEquals(
                "VERSION is '9.0.0', must be a version of slashing.late that alice has: 0.1.0",
                refuse("slashing.late", "9.0.0").getMessage());
    }

    @Test
    void refusesOtherBytesElsewhereAndTwoJarsHere() {
        home.nodes.get(1).rules.removeIf(rule -> rule.id().equals("slashing.late"));
        offer(home.nodes.get(1), "slashing.late", "0.1.0", FakeChain.digest("rebuilt"));
        assertTrue(refuse("slashing.late", "0.1.0").getMessage().contains("other bytes on bob"));
        offer(node, "slashing.late", "0.1.0", FakeChain.digest("rebuilt"));
        assertTrue(refuse("slashing.late", "0.1.0").getMessage().contains("with different bytes, must be in one jar"));
    }

    @Test
    void refusesMalformedParameters() {
        for (String wrong : List.of("window", "=5", "window=")) {
            Failure refused =
                    assertThrows(Failure.class, () -> adoption.adopt(node, "slashing.late", "0.1.0", List.of(wrong)));
            assertEquals("--param is '" + wrong + "', must be NAME=VALUE", refused.getMessage());
        }
        assertThrows(
                Failure.class, () -> adoption.adopt(node, "slashing.late", "0.1.0", List.of("window=1", "window=2")));
    }

    @Test
    void removesSlashingConditionsOnly() {
        RuleChange change = adoption.remove(node, "slashing.test");
        assertEquals(RuleChange.Operation.REMOVE, change.operation());
        assertEquals("slashing.test", change.rule().id());
        for (String wrong : List.of("selection.test", "slashing.late")) {
            Failure refused = assertThrows(Failure.class, () -> adoption.remove(node, wrong));
            assertEquals(
                    "ID is '" + wrong + "', must be a slashing condition of the chain: slashing.test",
                    refused.getMessage());
        }
    }

    private Failure refuse(String id, String version) {
        return assertThrows(Failure.class, () -> adoption.adopt(node, id, version, List.of()));
    }

    private static void offer(FakeNode at, String id, String version, Hash digest) {
        at.rules.add(new AvailableRule(RuleKind.SLASHING, id, version, digest, false, false, "rules/late.jar"));
    }
}
