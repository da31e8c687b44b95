package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Hash;
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
        network.node("carol")
                .submit(TestChain.signed(
                        "alice", new Payload.AdoptRule(new RuleChange(RuleChange.Operation.ADOPT, rule)), nonce, 10))
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

    /** A condition that divides by zero at one height. */
    private static final class Broken implements SlashingRule {
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
            if (view.height() == 8) {
                throw new ArithmeticException("/ by zero");
            }
            return Observation.NOTHING;
        }
    }

    @Test
    void aRuleThatThrowsHaltsTheNodeWithOneClearLine() {
        TestNetwork network = TestNetwork.ofFour();
        RuleFactory factory = parameters -> new Broken();
        RuleCatalogue.Entry broken = TestRules.entry(RuleKind.SLASHING, "slashing.broken", factory);
        network.all().forEach(node -> node.catalogue.add(broken));
        network.startAll();
        network.runToHeight(1, 10_000);
        adopt(network, TestRules.ref(broken), 0);
        network.runToHeight(7, 20_000);
        network.run(10_000);
        // every proposer halts when it executes its block; then there is no quorum for another
        List<TestNetwork.Node> halted = network.all().stream()
                .filter(node -> node.core.snapshot().state() == NodeState.HALTED)
                .toList();
        assertEquals(2, halted.size());
        for (TestNetwork.Node node : network.all()) {
            assertEquals(7, node.height());
        }
        for (TestNetwork.Node node : halted) {
            assertTrue(halt(node).contains("slashing.broken"), halt(node));
            assertTrue(halt(node).contains("/ by zero"), halt(node));
        }
    }
}
