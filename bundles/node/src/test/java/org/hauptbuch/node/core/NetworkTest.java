package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoreReader;
import org.junit.jupiter.api.Test;

/** Four validators that talk to each other. */
final class NetworkTest {
    @Test
    void fourNodesReachHeightTenWithTransfersFinal() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        for (int i = 0; i < 20; i++) {
            assertTrue(network.node("bob")
                    .submit(TestChain.transfer("faucet", "carol", 5, i))
                    .error()
                    .isEmpty());
        }
        network.runToHeight(10, 30_000);
        for (TestNetwork.Node node : network.all()) {
            LedgerView view = view(node);
            assertEquals(20, view.account(TestChain.address("faucet")).nonce());
            assertEquals(
                    1_000_000_000L + 100,
                    view.account(TestChain.address("carol")).balance());
            assertEquals(0, node.core.snapshot().poolTransactions());
            assertEquals(
                    List.of(),
                    new Ledger(TestChain.SCHEME)
                            .brokenInvariants(
                                    new StoreReader(node.store),
                                    node.core.rules().orElseThrow()));
        }
        assertAgreement(network, 10);
    }

    @Test
    void blocksComeEveryBlockTime() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        long begin = network.nowMillis();
        network.runToHeight(21, 60_000);
        assertEquals(20 * TestChain.BLOCK_TIME, network.nowMillis() - begin, 500);
        assertEquals(0, network.node("alice").core.metrics().get("roundsBeyondFirst"));
    }

    @Test
    void everyValidatorIsCreditedForItsVotesAlsoTheSlowest() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(12, 60_000);
        for (Validator validator : view(network.node("bob")).validators()) {
            assertEquals(0, validator.metrics().blocksMissed(), validator.id());
        }
    }

    @Test
    void eachTransactionIsVerifiedOnceByEachNode() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        for (int i = 0; i < 10; i++) {
            network.node("dave")
                    .submit(TestChain.transfer("faucet", "bob", 1, i))
                    .get();
        }
        network.runToHeight(6, 30_000);
        for (TestNetwork.Node node : network.all()) {
            assertEquals(10, node.core.metrics().get("transactionSignaturesVerified"), node.name);
            assertEquals(10, node.core.metrics().get("transactionsFinal"), node.name);
        }
    }

    @Test
    void oneOfFourDownTheOthersGoOnAtNoMoreThanTwiceTheBlockTime() {
        TestNetwork network = TestNetwork.ofFour();
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
    }

    @Test
    void twoOfFourDownNoBlockAndBackAgainItGoesOnWithinSeconds() {
        TestNetwork network = TestNetwork.ofFour();
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
        assertAgreement(network, height + 2);
    }

    @Test
    void aNodeThatWasAwayCatchesUpAndTakesPartAgain() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        network.node("dave").stop();
        for (int i = 0; i < 5; i++) {
            network.node("alice")
                    .submit(TestChain.transfer("faucet", "bob", 1, i))
                    .get();
        }
        network.runToHeight(60, 200_000);
        TestNetwork.Node dave = network.node("dave");
        dave.start();
        network.runUntil(8_000, () -> dave.height() >= network.node("alice").height());
        assertTrue(dave.core.metrics().get("blocksSynced") >= 50);
        network.runToHeight(64, 10_000);
        assertEquals(NodeState.VALIDATING, dave.core.snapshot().state());
        assertAgreement(network, 64);
    }

    @Test
    void aNewFollowerFetchesTheChainFromTheBeginning() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(40, 60_000);
        TestNetwork.Node erin = network.addFollower("erin");
        erin.start();
        network.runUntil(6_000, () -> erin.height() >= 40);
        network.run(3_000);
        assertEquals(NodeState.FOLLOWING, erin.core.snapshot().state());
        assertEquals(erin.hashAt(40), network.node("alice").hashAt(40));
        erin.submit(TestChain.transfer("faucet", "bob", 1, 0)).get();
        network.runUntil(
                5_000,
                () -> view(network.node("alice"))
                                .account(TestChain.address("faucet"))
                                .nonce()
                        == 1);
    }

    @Test
    void restartFromTheStoreGoesOnAtTheSameHeight() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(5, 20_000);
        network.run(300);
        long height = network.node("alice").height();
        Hash hash = network.node("alice").core.snapshot().finalizedHash();
        network.all().forEach(TestNetwork.Node::stop);
        network.all().forEach(TestNetwork.Node::start);
        assertEquals(height, network.node("alice").core.snapshot().finalizedHeight());
        assertEquals(hash, network.node("alice").core.snapshot().finalizedHash());
        network.runToHeight(height + 5, 20_000);
        assertAgreement(network, height + 5);
    }

    @Test
    void aCrashOfAllAtAnyMomentLosesNothingThatWasAgreedOn() {
        for (int millis = 0; millis < 60; millis += 3) {
            TestNetwork network = TestNetwork.ofFour();
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
            assertAgreement(network, 6);
            assertTrue(
                    view(network.node("alice")).slashings().isEmpty(), "somebody contradicted itself after " + millis);
        }
    }

    @Test
    void anEquivocatorIsFoundSlashedAndBanned() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        network.node("dave").core.equivocate();
        network.runUntil(10_000, () -> !view(network.node("alice")).slashings().isEmpty());
        SlashingEvent event = view(network.node("alice")).slashings().get(0);
        assertEquals(TestChain.address("dave"), event.offence().offender());
        assertTrue(event.banned());
        assertEquals(500_000, event.burned() + event.rewarded(), "5 % of 10,000,000");
        network.runToHeight(network.node("alice").height() + 12, 30_000);
        Validator dave =
                view(network.node("alice")).validator(TestChain.address("dave")).orElseThrow();
        assertEquals(ValidatorStatus.BANNED, dave.status());
        assertEquals(3, view(network.node("alice")).validatorSet().size());
        assertTrue(network.node("alice").core.pendingEvidence().isEmpty());
        for (TestNetwork.Node node : network.all()) {
            assertTrue(node.core.metrics().get("evidenceFound") >= 1);
            assertEquals(1, node.core.metrics().get("offencesFound"), "one line for one offence");
            assertEquals(List.of(event), new ChainStore(node.store).slashings());
        }
        // the chain of 100 blocks of evidence age forgets the penalty, the node does not
        network.runToHeight(network.node("alice").height() + 130, 300_000);
        assertTrue(view(network.node("alice")).slashings().isEmpty());
        assertEquals(List.of(event), new ChainStore(network.node("alice").store).slashings());
        assertEquals(NodeState.FOLLOWING, network.node("dave").core.snapshot().state());
    }

    @Test
    void equivocatingIsRefusedOutsideOfDevelopmentNetworks() {
        Genesis live = TestChain.genesis("mainnet", TestChain.NAMES);
        TestNetwork network = new TestNetwork(live);
        TestChain.NAMES.forEach(name -> network.add(name, TestNetwork.newStore()));
        network.startAll();
        network.runToHeight(1, 10_000);
        PoSException refused =
                assertThrows(PoSException.class, () -> network.node("dave").core.equivocate());
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, refused.error());
        assertTrue(refused.getMessage().contains("mainnet"));
    }

    @Test
    void oneValidatorAloneMakesBlocks() {
        TestNetwork network = new TestNetwork(TestChain.genesis("devnet-test", List.of("alice")));
        network.add("alice", TestNetwork.newStore());
        network.startAll();
        network.node("alice").submit(TestChain.transfer("faucet", "bob", 7, 0)).get();
        network.runToHeight(7, 10_000);
        assertEquals(
                1_000_000_007L,
                view(network.node("alice")).account(TestChain.address("bob")).balance());
    }

    @Test
    void lossAndDelayOfMessagesStopNothing() {
        TestNetwork network = TestNetwork.ofFour();
        int[] count = new int[1];
        network.filter = (from, to, message) -> count[0]++ % 5 != 0;
        network.startAll();
        network.runToHeight(15, 120_000);
        assertAgreement(network, 15);
    }

    @Test
    void aPartitionHeals() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(3, 10_000);
        Set<String> half = Set.of("alice", "bob");
        network.filter = (from, to, message) -> half.contains(from) == half.contains(to);
        network.run(20_000);
        network.filter = (from, to, message) -> true;
        long height = network.node("alice").height();
        network.runToHeight(height + 3, 15_000);
        assertAgreement(network, height + 3);
    }

    @Test
    void whatIsRefusedIsNotInThePool() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        TestNetwork.Node bob = network.node("bob");
        var good = TestChain.transfer("faucet", "carol", 5, 0);
        assertRefused(
                bob, good.signed(TestChain.transfer("faucet", "carol", 6, 0).signature()), "signature");
        assertRefused(bob, TestChain.signed("faucet", new Payload.Transfer(TestChain.address("bob"), 5), 0, 0), "fee");
        assertRefused(
                bob,
                TestChain.signed("faucet", new Payload.Transfer(TestChain.address("bob"), 2_000_000_000), 0, 10),
                "balance");
        bob.submit(good).get();
        assertRefused(bob, good, "pool already");
        assertEquals(1, bob.core.snapshot().poolTransactions());
        assertFalse(bob.core.pooled(good.id()).isEmpty());
    }

    private static void assertRefused(TestNetwork.Node node, Transaction transaction, String word) {
        String message = node.submit(transaction).error().orElseThrow().getMessage();
        assertTrue(message.contains(word), message);
    }

    static LedgerView view(TestNetwork.Node node) {
        return new LedgerView(new StoreReader(node.store));
    }

    static void assertAgreement(TestNetwork network, long height) {
        Set<Hash> hashes = new HashSet<>();
        Set<Hash> roots = new HashSet<>();
        for (TestNetwork.Node node : network.all()) {
            ChainStore chain = new ChainStore(node.store);
            chain.block(height).ifPresent(block -> {
                hashes.add(block.hash());
                roots.add(block.header().stateRoot());
            });
        }
        assertEquals(1, hashes.size());
        assertEquals(1, roots.size());
    }
}
