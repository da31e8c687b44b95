package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** Rules come, go, fail and change while four validators run. */
final class RulesTest {
    private static RuleCatalogue.Entry entry(TestNetwork.Node node, String id) {
        return node.catalogue.find(id, TestRules.VERSION).orElseThrow();
    }

    private static String halt(TestNetwork.Node node) {
        return node.core.snapshot().halt().orElse("");
    }

    @Test
    void aMissingRuleHaltsTheNodeWhichSyncsWhenItIsBack() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        TestNetwork.Node dave = network.node("dave");
        RuleCatalogue.Entry downtime = entry(dave, "slashing.downtime");
        dave.catalogue.remove(downtime);
        network.run(10);
        assertEquals(NodeState.HALTED, dave.core.snapshot().state());
        assertTrue(halt(dave).contains("slashing.downtime 0.1.0"), halt(dave));
        assertTrue(halt(dave).contains(downtime.digest().toString()), halt(dave));
        assertTrue(dave.core.rules().isEmpty());
        long votes = dave.core.metrics().get("votesCast");
        long height = dave.height();
        network.runUntil(30_000, () -> network.node("alice").height() >= height + 6);
        assertEquals(height, dave.height());
        assertEquals(votes, dave.core.metrics().get("votesCast"));
        dave.catalogue.add(downtime);
        network.runUntil(5_000, () -> dave.height() >= network.node("alice").height());
        network.runToHeight(height + 12, 20_000);
        assertEquals(NodeState.VALIDATING, dave.core.snapshot().state());
        assertEquals("", halt(dave));
        NetworkTest.assertAgreement(network, height + 10);
    }

    @Test
    void aHaltedNodeHoldsNoRuleObject() throws InterruptedException {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(3, 10_000);
        network.run(300);
        TestNetwork.Node dave = network.node("dave");
        WeakReference<Generation> generation =
                new WeakReference<>(dave.core.rules().orElseThrow());
        WeakReference<Object> selection =
                new WeakReference<>(dave.core.rules().orElseThrow().selection());
        dave.catalogue.remove(entry(dave, "selection.weighted"));
        network.run(1_000);
        assertCollected(generation);
        assertCollected(selection);
        assertEquals(NodeState.HALTED, dave.core.snapshot().state());
    }

    @Test
    void aHaltedNodeStillAnswersRequestsForBlocksAndTakesNoTransactions() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(4, 10_000);
        TestNetwork.Node alice = network.node("alice");
        alice.catalogue.remove(entry(alice, "finality.tendermint"));
        network.run(10);
        String refused = alice.submit(TestChain.transfer("faucet", "bob", 1, 0))
                .error()
                .orElseThrow()
                .getMessage();
        assertTrue(refused.contains("halted"), refused);
        for (String name : List.of("bob", "carol", "dave")) {
            network.node(name).crash();
        }
        TestNetwork.Node erin = network.addFollower("erin");
        erin.start();
        network.runUntil(8_000, () -> erin.height() == alice.height());
    }

    @Test
    void aNodeWithoutItsRulesAtTheStartWaitsForThem() {
        TestNetwork network = TestNetwork.ofFour();
        TestNetwork.Node dave = network.node("dave");
        RuleCatalogue.Entry selection = entry(dave, "selection.weighted");
        dave.catalogue.remove(selection);
        network.startAll();
        network.runUntil(10_000, () -> network.node("alice").height() >= 3);
        assertEquals(0, dave.height());
        assertTrue(halt(dave).contains("selection.weighted 0.1.0"), halt(dave));
        dave.catalogue.add(selection);
        network.runToHeight(8, 20_000);
    }

    @Test
    void allHaltedAndResumedTheChainGoesOn() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        network.run(TestChain.BLOCK_TIME - 5);
        for (TestNetwork.Node node : network.all()) {
            RuleCatalogue.Entry penalty = entry(node, "penalty.fixed");
            node.catalogue.remove(penalty);
            network.run(7);
            node.catalogue.add(penalty);
        }
        network.runToHeight(8, 20_000);
        assertTrue(NetworkTest.view(network.node("alice")).slashings().isEmpty());
    }

    @Test
    void aReinstalledRuleIsUsedInsteadOfTheOldObject() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        TestNetwork.Node dave = network.node("dave");
        Generation before = dave.core.rules().orElseThrow();
        RuleCatalogue.Entry penalty = entry(dave, "penalty.fixed");
        dave.catalogue.remove(penalty);
        dave.catalogue.add(TestRules.entry(penalty.kind(), penalty.id(), new FixedPenaltyFactory()));
        network.run(5);
        assertNotEquals(
                System.identityHashCode(before),
                System.identityHashCode(dave.core.rules().orElseThrow()));
        network.runToHeight(6, 20_000);
        assertEquals(NodeState.VALIDATING, dave.core.snapshot().state());
    }

    @Test
    void anotherSelectorIsAdoptedAtTheNextEpochWithoutAMissedBlockAndBackAgain() throws InterruptedException {
        TestNetwork network = TestNetwork.ofFour();
        network.all().forEach(node -> node.catalogue.add(TestRules.roundRobin()));
        network.startAll();
        network.runToHeight(1, 10_000);
        Hash first = network.node("alice").core.snapshot().ruleSetId();
        WeakReference<Generation> old =
                new WeakReference<>(network.node("alice").core.rules().orElseThrow());
        adopt(network, TestRules.ref(TestRules.roundRobin()), 0);
        network.runToHeight(6, 10_000);
        Hash second = network.node("alice").core.snapshot().ruleSetId();
        assertNotEquals(first, second);
        assertEquals(
                "selection.roundrobin",
                network.node("alice")
                        .core
                        .rules()
                        .orElseThrow()
                        .set()
                        .only(RuleKind.SELECTION)
                        .id());
        network.runToHeight(8, 10_000);
        assertCollected(old);
        adopt(network, TestRules.ref(entry(network.node("bob"), "selection.weighted")), 1);
        network.runToHeight(16, 10_000);
        assertEquals(first, network.node("alice").core.snapshot().ruleSetId());
        assertEquals(0, network.node("alice").core.metrics().get("roundsBeyondFirst"));
        NetworkTest.assertAgreement(network, 15);
        // a node that starts now fetches through both changes
        TestNetwork.Node erin = network.addFollower("erin");
        erin.catalogue.add(TestRules.roundRobin());
        erin.start();
        network.runUntil(5_000, () -> erin.height() >= 15);
    }

    private static void assertCollected(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertNull(reference.get(), "the old generation is still held");
    }

    private static void adopt(TestNetwork network, RuleRef rule, long nonce) {
        LedgerView view = network.node("carol").view();
        RuleSet next = view.ruleSet().apply(new RuleChange(RuleChange.Operation.ADOPT, rule));
        network.node("carol")
                .submit(TestChain.signed("alice", TestChain.plan(view, next, TestChain.NAMES), nonce, 10))
                .get();
    }

    @Test
    void aNodeThatLacksTheAdoptedRuleHaltsAtTheBoundaryAndOthersGoOn() {
        TestNetwork network = TestNetwork.ofFour();
        for (String name : List.of("alice", "bob", "carol")) {
            network.node(name).catalogue.add(TestRules.roundRobin());
        }
        network.startAll();
        network.runToHeight(1, 10_000);
        adopt(network, TestRules.ref(TestRules.roundRobin()), 0);
        network.runUntil(20_000, () -> network.node("alice").height() >= 9);
        TestNetwork.Node dave = network.node("dave");
        assertEquals(5, dave.height(), "halts before the first block of the next epoch");
        assertTrue(halt(dave).contains("selection.roundrobin"), halt(dave));
        dave.catalogue.add(TestRules.roundRobin());
        network.runToHeight(14, 20_000);
        NetworkTest.assertAgreement(network, 14);
    }

    /** A condition that divides by zero at one height, while it is told to. */
    private static final class Broken implements SlashingRule {
        private final BooleanSupplier isBroken;

        Broken(BooleanSupplier isBroken) {
            this.isBroken = isBroken;
        }

        @Override
        public Set<String> evidenceTypes() {
            return Set.of();
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Observation observe(ChainView view, BlockFacts facts) {
            if (view.height() == 8 && isBroken.getAsBoolean()) {
                throw new ArithmeticException("/ by zero");
            }
            return Observation.NOTHING;
        }
    }

    private static RuleCatalogue.Entry broken(BooleanSupplier isBroken) {
        RuleFactory factory = parameters -> new Broken(isBroken);
        return TestRules.entry(RuleKind.SLASHING, "slashing.broken", factory);
    }

    /** Four nodes at height 7; at 8, the condition of each divides by zero while {@code isBroken} says so of it. */
    private static TestNetwork atTheBrokenHeight(Predicate<String> isBroken) {
        TestNetwork network = TestNetwork.ofFour();
        network.all().forEach(node -> node.catalogue.add(broken(() -> isBroken.test(node.name))));
        network.startAll();
        network.runToHeight(1, 10_000);
        adopt(network, TestRules.ref(broken(() -> true)), 0);
        network.runToHeight(7, 20_000);
        return network;
    }

    @Test
    void aRuleThatThrowsHaltsEachProposerWithOneClearLine() {
        TestNetwork network = atTheBrokenHeight(name -> true);
        Set<String> halted = new TreeSet<>();
        network.runUntil(120_000, () -> {
            for (TestNetwork.Node node : network.all()) {
                if (!halt(node).isEmpty() && halted.add(node.name)) {
                    assertEquals(
                            "rule slashing.broken 0.1.0 (SHA-256 " + TestRules.digest("slashing.broken")
                                    + ") failed in block 8: java.lang.ArithmeticException: / by zero; tries again by"
                                    + " itself",
                            halt(node));
                    assertTrue(node.core.rules().isEmpty());
                    assertEquals(4, NetworkTest.view(node).validators().size());
                }
            }
            // then there is no quorum for another round
            return halted.size() == 2;
        });
        long executed = calls(network);
        network.run(600_000);
        assertEquals(
                List.of(7L, 7L, 7L, 7L),
                network.all().stream().map(TestNetwork.Node::height).toList());
        for (String name : halted) {
            assertEquals(1, network.node(name).core.metrics().get("halts"), "one line in the log for one reason");
        }
        // once a minute after a while, on each of two nodes
        assertTrue(calls(network) - executed <= 40, "tries " + (calls(network) - executed) + " times in ten minutes");
    }

    private static long calls(TestNetwork network) {
        return network.all().stream()
                .mapToLong(node -> node.core.metrics().get("rulesFailed"))
                .sum();
    }

    @Test
    void theChainGoesOnByItselfOnceTheRuleAnswersAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TestNetwork network = atTheBrokenHeight(name -> broken.get());
        network.run(30_000);
        broken.set(false);
        network.runToHeight(14, 90_000);
        NetworkTest.assertAgreement(network, 14);
        network.all().forEach(node -> assertEquals("", halt(node)));
        assertTrue(NetworkTest.view(network.node("alice")).slashings().isEmpty());
    }

    @Test
    void aNodeWhoseRuleFailsAloneFetchesWhatOthersDecidedOnceItAnswers() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TestNetwork network = atTheBrokenHeight(name -> name.equals("dave") && broken.get());
        network.runUntil(60_000, () -> network.node("alice").height() >= 12);
        TestNetwork.Node dave = network.node("dave");
        assertEquals(7, dave.height());
        broken.set(false);
        network.runUntil(90_000, () -> dave.height() >= network.node("alice").height());
        network.run(3_000);
        assertEquals(NodeState.VALIDATING, dave.core.snapshot().state());
        NetworkTest.assertAgreement(network, 12);
    }

    @Test
    void aRefreshedRuleIsTriedAtOnce() {
        TestNetwork network = atTheBrokenHeight(name -> true);
        network.run(30_000);
        for (TestNetwork.Node node : network.all()) {
            node.catalogue.remove(entry(node, "slashing.broken"));
            node.catalogue.add(broken(() -> false));
        }
        network.runToHeight(10, 15_000);
        NetworkTest.assertAgreement(network, 10);
    }

    @Test
    void aScheduleThatFailsIsNamedByItsClass() {
        TestNetwork network = TestNetwork.ofFour();
        TestNetwork.Node dave = network.node("dave");
        dave.catalogue.remove(entry(dave, "selection.weighted"));
        RuleFactory factory = parameters -> new SelectionRule() {
            @Override
            public List<ValidatorSet.Member> elect(List<ValidatorSet.Member> candidates, int maxValidators) {
                return candidates;
            }

            @Override
            public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                throw new IllegalStateException("no dice\nat all");
            }
        };
        dave.catalogue.add(TestRules.entry(RuleKind.SELECTION, "selection.weighted", factory));
        network.startAll();
        network.runUntil(10_000, () -> network.node("alice").height() >= 2);
        assertTrue(halt(dave).startsWith("rule selection.weighted 0.1.0 (SHA-256 "), halt(dave));
        assertTrue(halt(dave).endsWith("no dice; tries again by itself"), halt(dave));
    }
}
