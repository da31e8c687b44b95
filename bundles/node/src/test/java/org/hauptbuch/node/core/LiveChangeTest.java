package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.wire.WireMessage;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** Plans, jars from peers, the shadow run and the way back, with four validators that run. */
final class LiveChangeTest {
    private static final RuleCatalogue.Entry ROUND_ROBIN = TestRules.roundRobin();

    /** A condition that fails from one height on, as {@code failsFrom} says. */
    private record Bomb(long failsFrom) implements SlashingRule {
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
            if (view.height() >= failsFrom) {
                throw new ArithmeticException("/ by zero");
            }
            return Observation.NOTHING;
        }
    }

    /** A condition that punishes nobody. */
    private abstract static class Watch implements SlashingRule {
        @Override
        public Set<String> evidenceTypes() {
            return Set.of();
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            throw new UnsupportedOperationException();
        }
    }

    static RuleCatalogue.Entry bomb(long failsFrom) {
        return TestRules.entry(RuleKind.SLASHING, "slashing.bomb", parameters -> new Bomb(failsFrom));
    }

    static TestNetwork running() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(1, 10_000);
        return network;
    }

    static void giveToAll(TestNetwork network, RuleCatalogue.Entry entry) {
        network.all().forEach(node -> give(node, entry));
    }

    static void give(TestNetwork.Node node, RuleCatalogue.Entry entry) {
        node.catalogue.add(entry);
        node.jars.put(entry.digest(), TestRules.jar(entry));
    }

    static RuleSet with(TestNetwork network, RuleCatalogue.Entry entry) {
        return network.node("alice")
                .view()
                .ruleSet()
                .apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(entry)));
    }

    static void propose(TestNetwork network, RuleSet to, List<String> ready) {
        LedgerView view = network.node("alice").view();
        network.node("alice")
                .submit(TestChain.signed(
                        "alice",
                        TestChain.plan(view, to, ready),
                        view.account(TestChain.address("alice")).nonce(),
                        10))
                .get();
    }

    @Test
    void aNodeWithoutTheJarGetsItFromAPeerAndJoinsAgain() {
        TestNetwork network = TestNetwork.ofFour();
        for (String name : List.of("alice", "bob", "carol")) {
            give(network.node(name), ROUND_ROBIN);
        }
        network.startAll();
        network.runToHeight(1, 10_000);
        propose(network, with(network, ROUND_ROBIN), List.of("alice", "bob", "carol"));
        network.runToHeight(4, 20_000);
        assertTrue(network.node("dave").jars.isEmpty(), "nothing is fetched before the gate");
        // three of four are 75 %: under the default of 80 %
        network.runToHeight(8, 20_000);
        assertEquals(
                PlanStatus.EXPIRED,
                network.node("dave").view().settledPlans().get(0).status());
        propose(network, with(network, ROUND_ROBIN), TestChain.NAMES);
        network.runToHeight(13, 20_000);
        assertEquals(
                with(network, ROUND_ROBIN).id(),
                network.node("dave").core.snapshot().ruleSetId());
        assertEquals(Set.of(ROUND_ROBIN.digest()), network.node("dave").jars.keySet());
        assertEquals(NodeState.VALIDATING, network.node("dave").core.snapshot().state());
        NetworkTest.assertAgreement(network, 12);
    }

    @Test
    void aPeerThatServesAWrongOrEndlessJarIsPassedOver() {
        TestNetwork network = TestNetwork.ofFour();
        for (String name : List.of("alice", "bob", "carol")) {
            give(network.node(name), ROUND_ROBIN);
        }
        network.startAll();
        network.runToHeight(1, 10_000);
        TestNetwork.Node dave = network.node("dave");
        network.filter = (from, to, message) -> {
            if (to.equals("dave") && !from.equals("carol") && isJarPart(message)) {
                Bytes lie = from.equals("alice") ? TestRules.jar(bomb(1)) : Bytes.of(new byte[100]);
                int total = from.equals("alice") ? lie.length() : Integer.MAX_VALUE;
                dave.core.onMessage(from, new WireMessage.JarPart(ROUND_ROBIN.digest(), total, 0, lie).encode());
                return false;
            }
            return true;
        };
        propose(network, with(network, ROUND_ROBIN), TestChain.NAMES);
        network.runUntil(60_000, () -> dave.jars.containsKey(ROUND_ROBIN.digest()));
        assertEquals(1, dave.jars.size());
        network.runToHeight(12, 60_000);
        NetworkTest.assertAgreement(network, 11);
    }

    static boolean isJarPart(Bytes message) {
        return message.at(0) == 12;
    }

    @Test
    void theShadowRunReportsWhatDiffersAndWhatFails() {
        TestNetwork network = running();
        giveToAll(network, bomb(4));
        propose(network, with(network, bomb(4)), List.of("alice"));
        network.runToHeight(3, 10_000);
        network.run(10);
        ShadowReport early = network.node("bob").core.shadow().orElseThrow();
        assertEquals(List.of(), early.problems());
        assertTrue(early.blocks() > 0);
        network.runToHeight(4, 10_000);
        network.run(10);
        ShadowReport late = network.node("bob").core.shadow().orElseThrow();
        assertTrue(late.problems().get(0).contains("/ by zero"), late.problems()::toString);
        assertTrue(network.node("bob").core.snapshot().halt().isEmpty(), "it runs in the shadow only");
        network.runToHeight(7, 10_000);
        assertTrue(network.node("bob").core.shadow().isEmpty(), "the plan has expired");
    }

    @Test
    void theShadowRunNamesTheOtherProposer() {
        TestNetwork network = running();
        giveToAll(network, ROUND_ROBIN);
        propose(network, with(network, ROUND_ROBIN), List.of("alice"));
        network.runToHeight(4, 10_000);
        ShadowReport report = network.node("carol").core.shadow().orElseThrow();
        assertEquals(with(network, ROUND_ROBIN).id(), report.ruleSet());
        assertEquals(List.of(), report.problems());
        List<ShadowReport.Difference> proposers = report.differences().stream()
                .filter(difference -> difference.what().equals("proposer of the first round"))
                .toList();
        assertFalse(proposers.isEmpty(), report::toString);
        proposers.forEach(difference -> assertEquals(
                network.node("carol")
                        .blocks
                        .get((int) difference.height() - 1)
                        .block()
                        .header()
                        .proposer()
                        .toString(),
                difference.active()));
    }

    @Test
    void theShadowRunComparesTheLastBlocksBeforeTheGateAndTheEndsOfEpochs() {
        TestNetwork network = running();
        TestNetwork.Node bob = network.node("bob");
        List<Long> executed = new ArrayList<>();
        RuleCatalogue.Entry watching = TestRules.entry(RuleKind.SLASHING, "slashing.bomb", parameters -> new Watch() {
            @Override
            public Observation observe(ChainView view, BlockFacts facts) {
                executed.add(view.height());
                assertEquals(view.height(), bob.height(), "the step of the commit is over");
                return Observation.NOTHING;
            }
        });
        give(bob, watching);
        LedgerView view = network.node("alice").view();
        long gateEpoch = view.epoch() + 20;
        RulePlan plan = TestChain.plan(view, with(network, watching), List.of()).plan();
        plan = new RulePlan(
                plan.proposer(),
                plan.from(),
                plan.to(),
                plan.leastReady(),
                gateEpoch,
                gateEpoch + 1,
                plan.fallback(),
                plan.selfTest());
        network.node("alice")
                .submit(TestChain.signed("alice", new Payload.ProposeRules(plan, List.of()), 0, 10))
                .get();
        long gate = TestChain.parameters().firstHeight(gateEpoch + 1) - 1;
        network.runToHeight(gate - 1, 200_000);
        network.run(10);
        ShadowReport report = bob.core.shadow().orElseThrow();
        List<Long> expected = LongStream.range(3, gate)
                .filter(height -> height >= gate - ShadowRun.BLOCKS
                        || TestChain.parameters().endsEpoch(height))
                .boxed()
                .toList();
        assertEquals(gate - ShadowRun.BLOCKS, report.from());
        assertEquals(expected.size(), report.blocks());
        assertEquals(expected, executed.stream().distinct().toList());
        assertEquals(2 * expected.size(), executed.size(), "each twice");
        network.runToHeight(gate + 1, 10_000);
        assertEquals(2 * expected.size(), executed.size(), "the gate's own block changes nothing any more");
        assertTrue(bob.core.shadow().isEmpty());
    }

    @Test
    void rulesThatFailAreLeftByTwoThirdsOfThePower() {
        TestNetwork network = running();
        giveToAll(network, bomb(8));
        RuleSet before = network.node("alice").view().ruleSet();
        propose(network, with(network, bomb(8)), TestChain.NAMES);
        network.runUntil(30_000, () -> network.all().stream().allMatch(node -> node.height() >= 7));
        network.run(20_000);
        network.all().forEach(node -> assertEquals(7, node.height()));

        assertEquals(8, network.node("alice").core.voteToRollBack());
        assertEquals(8, network.node("bob").core.voteToRollBack());
        network.run(10_000);
        network.all().forEach(node -> assertEquals(7, node.height(), "two of four are not enough"));
        assertTrue(network.node("alice").core.snapshot().halt().orElseThrow().contains("voted to go back"));

        // who voted and crashed has voted all the same
        network.node("bob").crash();
        network.node("bob").start();
        network.node("carol").core.voteToRollBack();
        network.runToHeight(12, 120_000);
        NetworkTest.assertAgreement(network, 12);
        for (TestNetwork.Node node : network.all()) {
            assertEquals(before.id(), node.core.snapshot().ruleSetId());
            assertEquals(
                    PlanStatus.ROLLED_BACK, node.view().settledPlans().get(0).status());
            assertTrue(node.view().slashings().isEmpty(), "nobody contradicted itself");
        }
        var block = new ChainStore(network.node("dave").store).block(8).orElseThrow();
        assertTrue(block.rollback().isPresent());
        assertTrue(block.header().round() >= RollbackCertificate.FIRST_ROUND);

        // a node that comes later goes the same way
        TestNetwork.Node erin = network.addFollower("erin");
        give(erin, bomb(8));
        erin.start();
        network.runUntil(20_000, () -> erin.height() >= 12);
        assertEquals(network.node("alice").hashAt(8), erin.hashAt(8));
    }

    @Test
    void withoutAPlanThereIsNothingToGoBackTo() {
        TestNetwork network = running();
        PoSException refused = assertThrows(
                PoSException.class, () -> network.node("alice").core.voteToRollBack());
        assertTrue(refused.getMessage().contains("no rule set to go back to"), refused.getMessage());
    }

    @Test
    void whoSignedWhatDecidesDoesNotVoteToGoBackAndWhoVotedSignsNoMore() {
        Hash one = Hash.sha256(new byte[] {1});
        Hash two = Hash.sha256(new byte[] {2});
        SigningGuard guard = new SigningGuard(TestNetwork.newStore(), "devnet-test", TestChain.consensus("alice"));
        var alice = TestChain.address("alice");
        guard.vote(VotePhase.PREVOTE, 5, 0, one, alice, Optional.empty());
        guard.vote(VotePhase.PRECOMMIT, 5, 0, Hash.ZERO, alice, Optional.empty());
        guard.voteToRollBack(5, one, two, alice);
        assertEquals(guard.rollbackVote(5).orElseThrow(), guard.voteToRollBack(5, one, two, alice));
        assertEquals(
                PoSError.SECURITY_VALIDATION_FAILED,
                assertThrows(PoSException.class, () -> guard.voteToRollBack(5, one, one, alice))
                        .error());
        assertThrows(PoSException.class, () -> guard.vote(VotePhase.PREVOTE, 5, 1, one, alice, Optional.empty()));
        assertThrows(
                PoSException.class,
                () -> guard.propose(
                        new Message.Offer(
                                new Proposal(5, 3, OptionalInt.empty(), one, alice, Bytes.EMPTY), Optional.empty()),
                        null));
        guard.vote(VotePhase.PREVOTE, 5, RollbackCertificate.FIRST_ROUND, one, alice, Optional.empty());
        assertEquals(2, guard.journal(5, false).size());
        assertEquals(1, guard.journal(5, true).size());

        guard.vote(VotePhase.PRECOMMIT, 6, 0, one, alice, Optional.empty());
        PoSException refused = assertThrows(PoSException.class, () -> guard.voteToRollBack(6, one, two, alice));
        assertTrue(refused.getMessage().contains("could make it final"), refused.getMessage());
    }
}
