package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JarTrialTest {
    private static final Bytes JAR = Bytes.of(new byte[] {1, 2, 3});

    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final Optional<NodeService> alice = Optional.of(home.nodes.get(0));
    private final FakePause pause = new FakePause();
    private final JarTrial trial = new JarTrial(home, pause);

    @BeforeEach
    void fill() {
        home.staging.inside.put("selection.new", RuleKind.SELECTION);
        home.staging.inside.put("slashing.test", RuleKind.SLASHING);
    }

    @Test
    void testsTheRuleSetWithEachRuleInPlaceOfItsPredecessor() throws InterruptedException {
        RuleRef condition = home.chain.rules.find("slashing.test").orElseThrow();
        Parameters kept = Parameters.of(Map.of("window", "7"));
        home.chain.rules = home.chain.rules.apply(new RuleChange(
                RuleChange.Operation.ADOPT,
                new RuleRef(condition.kind(), condition.id(), condition.version(), condition.digest(), kept)));
        JarTrial.Result result = trial.stage(JAR, "x.jar", alice);
        assertEquals(List.of(), result.problems());
        assertTrue(result.staged());
        assertEquals(List.of("x.jar"), home.staging.staged);
        RuleSet expected = home.chain
                .rules
                .apply(adopt(RuleKind.SELECTION, "selection.new", Parameters.NONE))
                .apply(adopt(RuleKind.SLASHING, "slashing.test", kept));
        assertEquals(expected.id(), result.selfTest().orElseThrow().ruleSet());
        assertEquals(12, result.selfTest().orElseThrow().cases());
    }

    @Test
    void installsNothingThatIsRefused() throws InterruptedException {
        home.staging.problems.add("signed by nobody on the list");
        JarTrial.Result result = trial.stage(JAR, "x.jar", alice);
        assertEquals(List.of("signed by nobody on the list"), result.problems());
        assertFalse(result.staged());
        home.staging.problems.clear();
        home.staging.refusal = Optional.of("no bundle");
        assertEquals(
                List.of("Consensus state update failed: no bundle"),
                trial.stage(JAR, "x.jar", alice).problems());
        assertEquals(List.of(), home.staging.staged);
    }

    @Test
    void waitsForWhatComesUpLateAndNamesWhatDoesNot() throws InterruptedException {
        home.staging.slow = true;
        JarTrial.Result absent = trial.stage(JAR, "x.jar", alice);
        assertEquals(
                List.of("installed, but selection.new, slashing.test did not come up in 10 s: the log says why"),
                absent.problems());
        assertEquals(Optional.empty(), absent.selfTest());
        assertEquals(10_000, pause.millis());
        FakePause later = new FakePause();
        later.during(() -> {
            if (later.millis() == 500) {
                home.staging.comeUp(JAR, "x.jar");
            }
        });
        assertTrue(
                new JarTrial(home, later).stage(JAR, "x.jar", alice).selfTest().isPresent());
        assertEquals(500, later.millis());
    }

    @Test
    void aFailedTestIsAProblemOfAnInstalledJar() throws InterruptedException {
        home.nodes.get(0).selfTestProblems.add("selection.new: two answers");
        JarTrial.Result result = trial.stage(JAR, "x.jar", alice);
        assertTrue(result.staged());
        assertEquals(List.of("selection.new: two answers"), result.problems());
        home.nodes.get(0).rules.removeIf(rule -> rule.id().equals("reward.test"));
        assertTrue(trial.verify(JAR, alice).problems().get(0).contains("missing: reward.test"));
    }

    @Test
    void verifyInstallsNothingAndTestsWhatIsThere() throws InterruptedException {
        assertEquals(Optional.empty(), trial.verify(JAR, alice).selfTest());
        assertEquals(List.of(), home.staging.staged);
        assertTrue(trial.stage(JAR, "x.jar", Optional.empty()).selfTest().isEmpty(), "no node, no test");
        assertTrue(trial.verify(JAR, alice).selfTest().isPresent());
    }

    @Test
    void saysThatTheRulesBundleIsNotUp() {
        home.stagingUp = false;
        assertTrue(assertThrows(Failure.class, () -> trial.verify(JAR, alice))
                .getMessage()
                .contains("the rules bundle of this container is not up"));
    }

    private static RuleChange adopt(RuleKind kind, String id, Parameters parameters) {
        return new RuleChange(RuleChange.Operation.ADOPT, new RuleRef(kind, id, "0.2.0", Hash.sha256(JAR), parameters));
    }
}
