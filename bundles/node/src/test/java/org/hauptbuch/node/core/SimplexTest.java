package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.junit.jupiter.api.Test;

/** The second finality rule in the same node: what holds under the first one holds under it, and on the way there. */
final class SimplexTest {
    /** Four validators whose chain begins with Simplex, not started. */
    private static TestNetwork ofFour() {
        Genesis other = TestChain.genesis();
        RuleSet rules = new RuleSet(TestRules.defaults().stream()
                .map(entry -> entry.kind() == RuleKind.FINALITY ? TestRules.simplex() : entry)
                .map(TestRules::ref)
                .toList());
        TestNetwork network = new TestNetwork(new Genesis(
                other.chainId(),
                other.timeMillis(),
                other.parameters(),
                other.balances(),
                other.validators(),
                rules,
                other.seed()));
        TestChain.NAMES.forEach(name -> network.add(name, TestNetwork.newStore()));
        network.all().forEach(node -> node.catalogue.add(TestRules.simplex()));
        return network;
    }

    private static VotePhase phaseAt(TestNetwork network, long height) {
        return new ChainStore(network.node("alice").store)
                .certificate(height)
                .orElseThrow()
                .phase();
    }

    @Test
    void blocksComeEveryBlockTimeAndEverybodyIsCredited() {
        TestNetwork network = ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        long begin = network.nowMillis();
        network.runToHeight(21, 60_000);
        assertEquals(20 * TestChain.BLOCK_TIME, network.nowMillis() - begin, 500);
        assertEquals(0, network.node("alice").core.metrics().get("roundsBeyondFirst"));
        assertEquals(VotePhase.FINALIZE, phaseAt(network, 20));
        for (Validator validator : NetworkTest.view(network.node("bob")).validators()) {
            assertEquals(0, validator.metrics().blocksMissed(), validator.id());
        }
        NetworkTest.assertAgreement(network, 21);
    }

    @Test
    void oneOfFourDownTheOthersGoOnAtNoMoreThanTwiceTheBlockTime() {
        TestNetwork network = ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        network.node("dave").crash();
        for (int i = 3; i < 15; i++) {
            long begin = network.nowMillis();
            network.runToHeight(i, 10_000);
            assertTrue(
                    network.nowMillis() - begin <= 2 * TestChain.BLOCK_TIME,
                    "block " + i + " took " + (network.nowMillis() - begin) + " ms");
        }
        assertTrue(network.node("alice").core.metrics().get("roundsBeyondFirst") > 0);
    }

    @Test
    void twoOfFourDownNoBlockAndBackAgainItGoesOnWithinSeconds() {
        TestNetwork network = ofFour();
        network.startAll();
        network.runToHeight(3, 10_000);
        network.node("carol").crash();
        network.node("dave").crash();
        network.run(500);
        long height = network.node("alice").height();
        network.run(60_000);
        assertTrue(network.node("alice").height() <= height + 1);
        network.node("carol").start();
        network.node("dave").start();
        network.runToHeight(height + 3, 12_000);
        NetworkTest.assertAgreement(network, height + 2);
    }

    @Test
    void aCrashOfAllAtAnyMomentLosesNothingThatWasAgreedOn() {
        for (int millis = 0; millis < 60; millis += 3) {
            TestNetwork network = ofFour();
            network.startAll();
            network.runToHeight(2, 10_000);
            network.run(TestChain.BLOCK_TIME - 20 + millis);
            network.all().forEach(TestNetwork.Node::crash);
            network.all().forEach(TestNetwork.Node::start);
            try {
                network.runToHeight(6, 30_000);
            } catch (AssertionError e) {
                throw new AssertionError("crashed after " + millis + " ms", e);
            }
            NetworkTest.assertAgreement(network, 6);
            assertTrue(
                    NetworkTest.view(network.node("alice")).slashings().isEmpty(),
                    "somebody contradicted itself after " + millis);
        }
    }

    @Test
    void lossOfMessagesStopsNothing() {
        TestNetwork network = ofFour();
        int[] count = new int[1];
        network.filter = (from, to, message) -> count[0]++ % 5 != 0;
        network.startAll();
        network.runToHeight(15, 120_000);
        NetworkTest.assertAgreement(network, 15);
        assertTrue(NetworkTest.view(network.node("alice")).slashings().isEmpty());
    }

    @Test
    void anEquivocatorIsFoundSlashedAndBanned() {
        TestNetwork network = ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        network.node("dave").core.equivocate();
        network.runUntil(
                10_000,
                () -> !NetworkTest.view(network.node("alice")).slashings().isEmpty());
        SlashingEvent event =
                NetworkTest.view(network.node("alice")).slashings().get(0);
        assertEquals(TestChain.address("dave"), event.offence().offender());
        assertTrue(event.banned());
        assertTrue(
                event.offence().reason().startsWith("two votes to notarize"),
                event.offence().reason());
    }

    @Test
    void itIsAdoptedAtTheNextEpochWithoutAMissedBlockAndTendermintAgain() {
        TestNetwork network = TestNetwork.ofFour();
        network.all().forEach(node -> node.catalogue.add(TestRules.simplex()));
        network.startAll();
        network.runToHeight(1, 10_000);
        Hash first = network.node("alice").core.snapshot().ruleSetId();
        adopt(network, TestRules.simplex().id(), 0);
        network.runToHeight(8, 10_000);
        assertEquals(VotePhase.PRECOMMIT, phaseAt(network, 5));
        // the last certificate in block 6 is one of the protocol before
        assertEquals(VotePhase.FINALIZE, phaseAt(network, 6));
        adopt(network, "finality.tendermint", 1);
        network.runToHeight(16, 10_000);
        assertEquals(VotePhase.FINALIZE, phaseAt(network, 10));
        assertEquals(VotePhase.PRECOMMIT, phaseAt(network, 11));
        assertEquals(first, network.node("alice").core.snapshot().ruleSetId());
        assertEquals(0, network.node("alice").core.metrics().get("roundsBeyondFirst"));
        for (Validator validator : NetworkTest.view(network.node("bob")).validators()) {
            assertEquals(0, validator.metrics().blocksMissed(), validator.id());
        }
        NetworkTest.assertAgreement(network, 15);
        // a node that starts now fetches through both changes
        TestNetwork.Node erin = network.addFollower("erin");
        erin.catalogue.add(TestRules.simplex());
        erin.start();
        network.runUntil(5_000, () -> erin.height() >= 15);
    }

    @Test
    void theFirstEquivocatorUnderANewProtocolIsFoundToo() {
        TestNetwork network = TestNetwork.ofFour();
        network.all().forEach(node -> node.catalogue.add(TestRules.simplex()));
        network.startAll();
        network.runToHeight(1, 10_000);
        adopt(network, TestRules.simplex().id(), 0);
        network.runToHeight(4, 10_000);
        // told at height 5 it does so at 6, the first under Simplex
        network.runUntil(3_000, () -> network.node("dave").core.snapshot().height() == 5);
        network.node("dave").core.equivocate();
        network.runUntil(
                10_000,
                () -> !NetworkTest.view(network.node("alice")).slashings().isEmpty());
        assertEquals(
                6,
                NetworkTest.view(network.node("alice"))
                        .slashings()
                        .get(0)
                        .offence()
                        .height());
    }

    private static void adopt(TestNetwork network, String id, long nonce) {
        RuleChange change = new RuleChange(
                RuleChange.Operation.ADOPT,
                TestRules.ref(network.node("bob")
                        .catalogue
                        .find(id, TestRules.VERSION)
                        .orElseThrow()));
        LedgerView view = network.node("carol").view();
        network.node("carol")
                .submit(TestChain.signed(
                        "alice", TestChain.plan(view, view.ruleSet().apply(change), TestChain.NAMES), nonce, 10))
                .get();
    }
}
