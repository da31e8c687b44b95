package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.wire.WireMessage;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** Who wants a change of rules, or the way back, to go wrong. */
final class RuleAdversaryTest {
    private static final RuleCatalogue.Entry ROUND_ROBIN = TestRules.roundRobin();

    @Test
    void aPeerThatServesAJarByteByByteIsPassedOver() {
        TestNetwork network = TestNetwork.ofFour();
        for (String name : List.of("alice", "bob", "carol")) {
            LiveChangeTest.give(network.node(name), ROUND_ROBIN);
        }
        network.startAll();
        network.runToHeight(1, 10_000);
        TestNetwork.Node dave = network.node("dave");
        network.filter = (from, to, message) -> {
            if (to.equals("dave") && !from.equals("carol") && LiveChangeTest.isJarPart(message)) {
                int offset = ((WireMessage.JarPart) WireMessage.decode(message)).offset();
                dave.core.onMessage(
                        from,
                        new WireMessage.JarPart(
                                        ROUND_ROBIN.digest(), RuleStaging.MAX_JAR_BYTES, offset, Bytes.of(new byte[1]))
                                .encode());
                return false;
            }
            return true;
        };
        LiveChangeTest.propose(network, LiveChangeTest.with(network, ROUND_ROBIN), TestChain.NAMES);
        network.runToHeight(4, 20_000);
        network.runUntil(15_000, () -> dave.jars.containsKey(ROUND_ROBIN.digest()));
        assertEquals(2, dave.core.metrics().get("messagesMalformed"), "one part of each of the two");
        network.runToHeight(12, 60_000);
        NetworkTest.assertAgreement(network, 11);
    }

    @Test
    void aVoteToGoBackIsCountedOnceAndOnlyAsItsValidatorSignedIt() {
        TestNetwork network = LiveChangeTest.running();
        RuleCatalogue.Entry bomb = LiveChangeTest.bomb(8);
        LiveChangeTest.giveToAll(network, bomb);
        RuleSet before = network.node("alice").view().ruleSet();
        RuleSet failing = LiveChangeTest.with(network, bomb);
        LiveChangeTest.propose(network, failing, TestChain.NAMES);
        network.runUntil(30_000, () -> network.all().stream().allMatch(node -> node.height() >= 7));
        network.run(20_000);
        RollbackVote alice = vote("alice", "alice", failing, before);
        RollbackVote bob = vote("bob", "bob", failing, before);
        List<WireMessage> lies = List.of(
                new WireMessage.Rollbacks(List.of(alice, alice, alice, bob, bob, alice)),
                new WireMessage.Rollbacks(List.of(alice)),
                new WireMessage.Rollbacks(List.of(vote("carol", "alice", failing, before))),
                new WireMessage.Rollbacks(List.of(vote("faucet", "faucet", failing, before))),
                new WireMessage.Rollbacks(List.of(vote("carol", "carol", before, failing))),
                new WireMessage.Rollbacks(List.of(RollbackVote.of(
                        "another-chain",
                        8,
                        failing.id(),
                        before.id(),
                        TestChain.address("carol"),
                        TestChain.consensus("carol")))));
        for (TestNetwork.Node node : network.all()) {
            for (String from : TestChain.NAMES) {
                lies.stream()
                        .filter(lie -> !from.equals(node.name))
                        .forEach(lie -> node.core.onMessage(from, lie.encode()));
            }
        }
        network.run(20_000);
        for (TestNetwork.Node node : network.all()) {
            assertEquals(7, node.height(), "two of four are not enough, however often they say it");
            assertTrue(node.core.metrics().get("messagesMalformed") >= 2, "wrong signatures are offences");
        }
        // a third one is
        network.node("dave").core.voteToRollBack();
        network.runToHeight(10, 120_000);
        assertEquals(before, network.node("carol").view().ruleSet());
        NetworkTest.assertAgreement(network, 10);
    }

    private static RollbackVote vote(String validator, String signer, RuleSet from, RuleSet to) {
        return RollbackVote.of(
                "devnet-test", 8, from.id(), to.id(), TestChain.address(validator), TestChain.consensus(signer));
    }

    /** Dave leaves and the faucet joins with the block after which Simplex judges. */
    private static TestNetwork withAnotherSet(long stake) {
        TestNetwork network = TestNetwork.ofFour();
        network.add("faucet", TestNetwork.newStore());
        network.all().forEach(node -> node.catalogue.add(TestRules.simplex()));
        network.startAll();
        network.runToHeight(1, 10_000);
        submit(network, "faucet", registration(stake));
        submit(network, "dave", new Payload.Unstake(10_000_000));
        LiveChangeTest.propose(network, LiveChangeTest.with(network, TestRules.simplex()), TestChain.NAMES);
        return network;
    }

    private static void submit(TestNetwork network, String sender, Payload payload) {
        network.node("bob").submit(TestChain.signed(sender, payload, 0, 10)).get();
    }

    private static Payload registration(long stake) {
        Address self = TestChain.address("faucet");
        var key = TestChain.consensus("faucet");
        return new Payload.RegisterValidator(
                "faucet",
                key.publicKey(),
                key.sign(Transaction.possessionBytes("devnet-test", self, key.publicKey())),
                new Rate(100_000),
                new Rate(200_000),
                new Rate(10_000),
                stake);
    }

    private static Set<Address> members(ValidatorSet set) {
        Set<Address> members = new TreeSet<>();
        set.members().forEach(member -> members.add(member.address()));
        return members;
    }

    @Test
    void aPlanAndAnotherValidatorSetAtTheSameBoundary() {
        TestNetwork network = withAnotherSet(5_000_000);
        Hash old = network.node("alice").core.snapshot().ruleSetId();
        network.runToHeight(12, 60_000);
        LedgerView view = network.node("carol").view();
        Set<Address> expected = new TreeSet<>();
        List.of("alice", "bob", "carol", "faucet").forEach(name -> expected.add(TestChain.address(name)));
        assertEquals(expected, members(view.validatorSet()));
        ChainStore store = new ChainStore(network.node("dave").store);
        assertEquals(old, store.block(5).orElseThrow().header().ruleSetId());
        assertEquals(view.ruleSet().id(), store.block(6).orElseThrow().header().ruleSetId());
        assertEquals(VotePhase.PRECOMMIT, store.certificate(5).orElseThrow().phase());
        assertEquals(VotePhase.FINALIZE, store.certificate(6).orElseThrow().phase());
        // the votes for 5 are of the set before, under the protocol before; block 6 carries them
        assertTrue(store.block(6).orElseThrow().lastCertificate().orElseThrow().signatures().stream()
                .noneMatch(s -> s.validator().equals(TestChain.address("faucet"))));
        assertTrue(store.certificate(6).orElseThrow().signatures().stream()
                .noneMatch(s -> s.validator().equals(TestChain.address("dave"))));
        assertEquals(NodeState.FOLLOWING, network.node("dave").core.snapshot().state());
        assertEquals(
                NodeState.VALIDATING, network.node("faucet").core.snapshot().state());
        assertTrue(view.slashings().isEmpty());
        NetworkTest.assertAgreement(network, 12);
        // a node that comes later reads through both at once
        TestNetwork.Node erin = network.addFollower("erin");
        erin.catalogue.add(TestRules.simplex());
        erin.start();
        network.runUntil(10_000, () -> erin.height() >= 12);
        assertEquals(network.node("alice").hashAt(6), erin.hashAt(6));
    }

    @Test
    void theGateCountsThoseWhoWillVoteUnderTheNewRules() {
        // 30 of 40 million have attested, as it will be; 40 of 40 as it was
        TestNetwork network = withAnotherSet(10_000_000);
        Hash old = network.node("alice").core.snapshot().ruleSetId();
        network.runToHeight(8, 60_000);
        for (TestNetwork.Node node : network.all()) {
            assertEquals(old, node.core.snapshot().ruleSetId());
            assertEquals(PlanStatus.EXPIRED, node.view().settledPlans().get(0).status());
            assertTrue(node.view().validatorSet().contains(TestChain.address("faucet")));
        }
        NetworkTest.assertAgreement(network, 8);
    }
}
