package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.wire.WireMessage;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** Nodes whose proposers are drawn in private, and what they believe of whom. */
final class PrivateSortitionTest {
    private static final String CHAIN = "devnet-test";

    private final RuleCatalogue.Entry rule = TestRules.drawn();
    private TestNetwork network;
    private Parameters parameters;

    /** Four that have drawn since genesis, with so many candidates a round. */
    private void running(int candidates) {
        parameters = Parameters.of(Map.of("candidates", String.valueOf(candidates)));
        RuleRef drawn = new RuleRef(rule.kind(), rule.id(), rule.version(), rule.digest(), parameters);
        Genesis usual = TestChain.genesis();
        network = new TestNetwork(new Genesis(
                usual.chainId(),
                usual.timeMillis(),
                usual.parameters(),
                usual.balances(),
                usual.validators(),
                usual.rules().apply(new RuleChange(RuleChange.Operation.ADOPT, drawn)),
                usual.seed()));
        TestChain.NAMES.forEach(
                name -> network.add(name, TestNetwork.newStore()).catalogue.add(rule));
        network.startAll();
    }

    private OptionalLong rank(long height, int round, String name) {
        LedgerView view = network.node("alice").view();
        long epoch = TestChain.parameters().epochOf(height);
        Schedule schedule = ((SelectionRule) rule.factory().create(parameters))
                .prepare(
                        epoch,
                        TestChain.parameters().firstHeight(epoch),
                        view.validatorSet(),
                        view.seedOf(epoch).orElseThrow());
        Bytes alpha = alpha(height, round);
        Bytes output = TestChain.SCHEME
                .proofOutput(
                        TestChain.consensus(name).publicKey(),
                        alpha,
                        TestChain.consensus(name).prove(alpha))
                .orElseThrow();
        return schedule.rank(height, round, TestChain.address(name), output);
    }

    private Bytes alpha(long height, int round) {
        Hash seed = network.node("alice")
                .view()
                .seedOf(TestChain.parameters().epochOf(height))
                .orElseThrow();
        return BlockHeader.revealBytes(CHAIN, seed, height, round);
    }

    /** The next height at which one of two has drawn the first round and the other has not; it has just begun. */
    private long heightOf(String winner, String loser) {
        network.runToHeight(2, 60_000);
        for (int i = 0; i < 200; i++) {
            long height = network.node("alice").core.snapshot().height();
            // just begun: the seed of its epoch is known, and nobody has spoken yet
            if (rank(height, 0, winner).isPresent() && rank(height, 0, loser).isEmpty()) {
                return height;
            }
            network.runUntil(60_000, () -> network.node("alice").core.snapshot().height() > height);
        }
        throw new AssertionError("no such height");
    }

    private static Bytes offer(long height, int round, String name, int block, Bytes credential) {
        Hash hash = Hash.sha256(new byte[] {(byte) block});
        Bytes signature =
                TestChain.consensus(name).sign(Proposal.signBytes(CHAIN, height, round, OptionalInt.empty(), hash));
        Proposal proposal = new Proposal(height, round, OptionalInt.empty(), hash, TestChain.address(name), signature);
        return new WireMessage.Offer(proposal, Optional.empty(), credential, Optional.empty()).encode();
    }

    private long malformed() {
        return network.node("alice").core.metrics().get("messagesMalformed");
    }

    private void assertRefused(Bytes offer) {
        long before = malformed();
        network.node("alice").core.onMessage("dave", offer);
        network.run(5);
        assertEquals(before + 1, malformed());
    }

    private void assertGoesOn() {
        long height = network.node("alice").height();
        network.runToHeight(height + 3, 60_000);
        NetworkTest.assertAgreement(network, height + 3);
    }

    @Test
    void theBestDrawOfEachHeightProposes() {
        running(10);
        List<String> proposers = new ArrayList<>();
        for (long height = 1; height <= 20; height++) {
            network.runToHeight(height, 20_000);
            BlockHeader header =
                    network.node("bob").blocks.get((int) height - 1).block().header();
            String best = TestChain.NAMES.get(0);
            for (String name : TestChain.NAMES) {
                if (header.round() == 0
                        && rank(height, 0, name).orElse(Long.MAX_VALUE)
                                < rank(height, 0, best).orElse(Long.MAX_VALUE)) {
                    best = name;
                }
            }
            assertEquals(0, header.round(), "height " + height);
            assertEquals(TestChain.address(best), header.proposer(), "height " + height);
            proposers.add(best);
        }
        assertTrue(proposers.stream().distinct().count() >= 3, proposers::toString);
        NetworkTest.assertAgreement(network, 20);
    }

    @Test
    void whereNobodyDrawsARoundTheNextOneComes() {
        running(1);
        network.runToHeight(20, 120_000);
        NetworkTest.assertAgreement(network, 20);
        long later = network.node("bob").blocks.stream()
                .filter(block -> block.block().header().round() > 0)
                .count();
        assertTrue(later > 0, "a third of all rounds has no candidate");
    }

    @Test
    void whoDrewNothingIsRefused() {
        running(1);
        long height = heightOf("bob", "carol");
        assertRefused(offer(height, 0, "carol", 1, TestChain.consensus("carol").prove(alpha(height, 0))));
        assertGoesOn();
    }

    @Test
    void aCredentialIsOfOneValidatorAndOneRound() {
        running(1);
        long height = heightOf("bob", "carol");
        Bytes right = TestChain.consensus("bob").prove(alpha(height, 0));
        assertRefused(offer(height, 0, "carol", 1, right));
        assertRefused(offer(height, 0, "bob", 1, TestChain.consensus("bob").prove(alpha(height, 1))));
        assertRefused(offer(height, 1, "bob", 1, right));
        assertRefused(offer(height, 0, "bob", 1, Bytes.EMPTY));
        assertRefused(offer(height, 0, "bob", 1, Bytes.of(new byte[80])));
        assertRefused(offer(height, 0, "bob", 1, TestChain.consensus("bob").prove(alpha(height + 1, 0))));
        long before = malformed();
        network.node("alice").core.onMessage("dave", offer(height, 0, "bob", 1, right));
        network.run(5);
        assertEquals(before, malformed(), "the right one");
        assertGoesOn();
    }

    @Test
    void whoOffersTwiceInARoundIsAccusedAndTwoThatOfferOnceAreNot() {
        running(100);
        network.runToHeight(2, 60_000);
        long height = network.node("alice").core.snapshot().height();
        TestNetwork.Node alice = network.node("alice");
        for (String name : List.of("bob", "carol")) {
            Bytes credential = TestChain.consensus(name).prove(alpha(height, 0));
            alice.core.onMessage("dave", offer(height, 0, name, 1, credential));
        }
        network.run(5);
        assertEquals(List.of(), alice.core.pendingEvidence());
        Bytes credential = TestChain.consensus("carol").prove(alpha(height, 0));
        alice.core.onMessage("dave", offer(height, 0, "carol", 2, credential));
        network.run(5);
        List<Evidence> evidence = alice.core.pendingEvidence();
        assertEquals(
                List.of(TestChain.address("carol")),
                evidence.stream().map(Evidence::offender).toList());
        assertEquals("equivocation.proposals", evidence.get(0).type());
        assertGoesOn();
    }

    @Test
    void whereProposersAreKnownNoCredentialIsTaken() {
        network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(2, 10_000);
        long height = network.node("alice").core.snapshot().height();
        for (String name : TestChain.NAMES) {
            assertRefused(offer(height, 0, name, 1, TestChain.consensus(name).prove(alpha(height, 0))));
        }
    }

    @Test
    void oneThatCrashesAndComesBackDoesNotContradictItself() {
        running(10);
        network.runToHeight(2, 10_000);
        for (int i = 0; i < 12; i++) {
            TestNetwork.Node node = network.node(TestChain.NAMES.get(i % 4));
            node.crash();
            network.run(130L * i);
            node.start();
            network.run(900);
        }
        assertGoesOn();
        network.all().forEach(node -> assertEquals(List.of(), node.core.pendingEvidence()));
    }
}
