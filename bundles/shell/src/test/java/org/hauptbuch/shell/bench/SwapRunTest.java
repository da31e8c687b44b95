package org.hauptbuch.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeContainer;
import org.hauptbuch.shell.FakeNode;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.RuleChanges;
import org.hauptbuch.shell.RulePlans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In virtual time: a block a second, ten to an epoch; a plan that its proposer attested becomes active. */
class SwapRunTest {
    private static final List<String> RULES =
            List.of("selection=selection.test:0.1.0", "selection=selection.other:0.1.0");

    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final World world = new World();
    private final List<Long> swappedIn = new ArrayList<>();

    @BeforeEach
    void start() {
        home.chain.immediate = false;
        home.nodes.forEach(node -> node.rules.add(new AvailableRule(
                RuleKind.SELECTION,
                "selection.other",
                "0.1.0",
                FakeChain.digest("selection.other0.1.0"),
                false,
                false,
                "mvn:other")));
    }

    private List<NodeService> runners = List.of(home.nodes.get(0));

    private FakeNode alice() {
        return home.nodes.get(0);
    }

    private JsonObject run(List<String> rules, int swaps) throws InterruptedException {
        return new SwapRun(home, runners, rules, world)
                .run(swaps, Duration.ofSeconds(600))
                .json();
    }

    @Test
    void swapsToAndFroWithEverySecondEpoch() throws Exception {
        JsonObject answer = run(RULES, 4);
        assertEquals(4, answer.get("swaps").getAsInt());
        assertEquals(0, answer.getAsJsonArray("refusals").size());
        assertEquals(4, home.chain.planHistory.size());
        for (int i = 1; i < swappedIn.size(); i++) {
            assertEquals(2, swappedIn.get(i) - swappedIn.get(i - 1), swappedIn::toString);
        }
        assertEquals(
                List.of("selection.other", "selection.test", "selection.other", "selection.test"),
                home.chain.planHistory.stream()
                        .map(record -> record.plan()
                                .to()
                                .all(RuleKind.SELECTION)
                                .get(0)
                                .id())
                        .collect(Collectors.toList()));
    }

    @Test
    void attestsWhatOthersProposeOnce() throws Exception {
        FakeNode bob = home.nodes.get(1);
        world.next = () -> {
            RuleSet to = new RuleChanges(new RuleAdoption(home), bob).apply(List.of(RULES.get(1)), List.of());
            RulePlan plan = new RulePlans(home)
                    .plan(
                            bob,
                            bob.status().validator().orElseThrow(),
                            to,
                            RulePlan.DEFAULT_READY,
                            0,
                            1,
                            home.chain.rules.id());
            home.chain.plan =
                    Optional.of(new PlanRecord(plan, plan.proposer(), 1, PlanStatus.PROPOSED, 1, List.of(), 0, 0));
        };
        int[] asked = {0};
        alice().testing = () -> asked[0]++;
        JsonObject answer = run(List.of(), 1);
        assertEquals(1, answer.get("swaps").getAsInt());
        assertEquals(
                List.of(alice().status().validator().orElseThrow()),
                home.chain.planHistory.get(0).attested());
        assertEquals(1, asked[0], "not again while it is under way or counted");
    }

    @Test
    void attestsForAllValidatorsOfTheContainer() throws Exception {
        runners = List.copyOf(home.nodes);
        assertEquals(2, run(RULES, 2).get("swaps").getAsInt());
        for (PlanRecord record : home.chain.planHistory) {
            assertEquals(2, record.attested().size(), record::toString);
        }
    }

    @Test
    void comesBackWhereItWasJailed() throws Exception {
        home.chain.validators.replaceAll(v -> v.id().equals("alice") ? v.withStatus(ValidatorStatus.SLASHED) : v);
        world.onUnjail = () -> home.chain.validators.replaceAll(v -> v.withStatus(ValidatorStatus.ACTIVE));
        assertEquals(1, run(RULES, 1).get("swaps").getAsInt());
        assertEquals(
                1,
                home.chain.known.values().stream()
                        .filter(t -> t.payload() instanceof Payload.Unjail)
                        .count());
    }

    @Test
    void saysWhatKeptItFromSwapping() {
        alice().attestRefusal = Optional.of("alice does not attest: the self-test fails");
        Failure failure = assertThrows(Failure.class, () -> run(RULES, 1));
        assertTrue(failure.getMessage().contains("0 of 1 swaps within 600 s: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("the self-test fails"), failure.getMessage());
    }

    @Test
    void twoRulesThatAreOneAreNothingToSwap() {
        Failure failure = assertThrows(Failure.class, () -> run(List.of(RULES.get(0)), 1));
        assertTrue(failure.getMessage().contains("nothing to swap"), failure.getMessage());
    }

    @Test
    void onlyOnADevelopmentNetwork() {
        home.keys.development = false;
        assertThrows(Failure.class, () -> run(RULES, 1));
    }

    private final class World implements Pause {
        private long millis;
        private Runnable next = () -> {};
        private Runnable onUnjail = () -> {};

        @Override
        public long nanoTime() {
            return millis * 1_000_000;
        }

        @Override
        public void millis(long pause) {
            for (long end = millis + pause; millis < end; ) {
                millis++;
                if (millis % 1000 == 0) {
                    block();
                }
            }
        }

        private void block() {
            boolean unjail = home.chain.pool.values().stream().anyMatch(t -> t.payload() instanceof Payload.Unjail);
            home.chain.seal(nanoTime());
            if (unjail) {
                onUnjail.run();
            }
            next.run();
            next = () -> {};
            if (home.chain.parameters.endsEpoch(home.chain.height())) {
                home.chain.plan.filter(record -> !record.attested().isEmpty()).ifPresent(record -> {
                    home.chain.rules = record.plan().to();
                    home.chain.settle(PlanStatus.ACTIVE);
                    swappedIn.add(record.plan().activationEpoch());
                });
            }
        }
    }
}
