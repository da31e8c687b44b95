package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.wire.WireMessage;
import org.junit.jupiter.api.Test;

/** A validator that starts listens for another node with its key. */
final class DoppelgangerTest {
    private static final int BLOCKS = 2;

    /** A chain that began long ago. */
    private TestNetwork network = new TestNetwork(begunBefore(3_600_000));

    private static Genesis begunBefore(long millis) {
        Genesis now = TestChain.genesis();
        return new Genesis(
                now.chainId(),
                now.timeMillis() - millis,
                now.parameters(),
                now.balances(),
                now.validators(),
                now.rules(),
                now.seed());
    }

    private TestNetwork.Node add(String name, String key, int blocks) {
        return network.add(
                TestNetwork.newStore(),
                Settings.validator(name, TestChain.consensus(key)).listening(blocks));
    }

    private void four(int blocks) {
        TestChain.NAMES.forEach(name -> add(name, name, blocks));
        network.startAll();
    }

    private static String halt(TestNetwork.Node node) {
        return node.core.snapshot().halt().orElse("");
    }

    private static boolean signs(TestNetwork.Node node) {
        return node.core.snapshot().state() == NodeState.VALIDATING;
    }

    /** Proposals and votes of {@code node}'s own key among all that it sent from message {@code from} on. */
    private static long signed(TestNetwork.Node node, String key, int from) {
        return node.sent.subList(from, node.sent.size()).stream()
                .map(WireMessage::decode)
                .filter(message -> message instanceof WireMessage.Offer offer
                                && offer.proposal().proposer().equals(TestChain.address(key))
                        || message instanceof WireMessage.Votes votes
                                && votes.votes().stream()
                                        .anyMatch(vote -> vote.validator().equals(TestChain.address(key))))
                .count();
    }

    @Test
    void aChainThatBeginsWaitsForNobody() {
        network = new TestNetwork(begunBefore(1_000));
        four(BLOCKS);
        network.runToHeight(1, 2_500);
        assertTrue(network.all().stream().allMatch(node -> halt(node).isEmpty()));
    }

    @Test
    void withAnEmptyStoreOnAnOldChainItListens() {
        four(BLOCKS);
        network.run(2_500);
        assertTrue(network.all().stream().allMatch(node -> halt(node).startsWith("listens")));
        network.runToHeight(1, 4_000);
    }

    @Test
    void aValidatorThatStartsAgainListensForTwoBlocksAndSigns() {
        four(BLOCKS);
        network.runToHeight(3, 10_000);
        TestNetwork.Node dave = network.node("dave");
        dave.crash();
        network.runUntil(20_000, () -> network.node("alice").height() >= 6);
        int before = dave.sent.size();
        dave.start();
        network.runUntil(10_000, () -> halt(dave).startsWith("listens for another node with its key"));
        assertEquals(Optional.empty(), dave.core.snapshot().validator());
        assertFalse(signs(dave));
        // it fetches what it missed, and listens from then on
        network.runUntil(
                10_000,
                () -> dave.height() == network.node("alice").height()
                        && halt(dave).contains("for 2 more"));
        long began = dave.core.snapshot().height();
        network.runUntil(10_000, () -> dave.height() >= began);
        assertTrue(halt(dave).contains("for 1 more blocks"), halt(dave));
        assertEquals(0, signed(dave, "dave", before));
        network.runUntil(10_000, () -> signs(dave));
        assertEquals(began + BLOCKS, dave.core.snapshot().height());
        network.runUntil(10_000, () -> signed(dave, "dave", before) > 0);
        assertEquals("", halt(dave));
    }

    @Test
    void aNetworkThatStartsAgainAsAWholeDoesNotWaitForItself() {
        four(BLOCKS);
        network.runToHeight(3, 10_000);
        network.all().forEach(TestNetwork.Node::crash);
        long stopped = network.nowMillis();
        network.startAll();
        network.runToHeight(5, 10_000);
        // one block time more than two blocks would take, and then those
        assertTrue(network.nowMillis() - stopped < (BLOCKS + 1 + 3) * TestChain.BLOCK_TIME, "" + network.nowMillis());
        assertTrue(network.all().stream()
                .allMatch(node -> signs(node) && halt(node).isEmpty()));
    }

    @Test
    void twoOfFourThatStartAgainDoNotWaitForEachOther() {
        four(BLOCKS);
        network.runToHeight(3, 10_000);
        network.node("carol").crash();
        network.node("dave").crash();
        network.run(5_000);
        network.node("carol").start();
        network.node("dave").start();
        network.runToHeight(6, 15_000);
    }

    private void assertNoticed(TestNetwork.Node twin, int from) {
        network.runUntil(30_000, () -> halt(twin).startsWith("another node signs with its key ("));
        network.run(10_000);
        assertFalse(signs(twin));
        assertEquals(0, signed(twin, "dave", from), "it has signed something");
        assertTrue(halt(twin).endsWith("stop that one, then stop and start this one"), halt(twin));
        assertEquals(List.of(), network.node("alice").core.pendingEvidence());
        assertTrue(twin.height() >= network.node("alice").height() - 1, "it follows the chain all the same");
        assertTrue(signs(network.node("dave")));
    }

    @Test
    void aTwinWithAnEmptyStoreNoticesTheOtherBeforeItSigns() {
        four(BLOCKS);
        network.runToHeight(4, 15_000);
        TestNetwork.Node twin = add("twin", "dave", BLOCKS);
        twin.start();
        assertNoticed(twin, 0);
        // not even the next start makes it sign
        twin.stop();
        int from = twin.sent.size();
        twin.start();
        assertNoticed(twin, from);
    }

    @Test
    void aTwinThatHearsTheOtherInCertificatesOnlyNoticesItToo() {
        network.filter = (from, to, message) ->
                !(from.equals("dave") && to.equals("twin")) && !(from.equals("twin") && to.equals("dave"));
        four(BLOCKS);
        network.runToHeight(4, 15_000);
        TestNetwork.Node twin = add("twin", "dave", BLOCKS);
        twin.start();
        assertNoticed(twin, 0);
    }

    @Test
    void withoutAPeerItListensOnAndAfterTheFirstOneItHasTheWholeTime() {
        four(BLOCKS);
        network.runToHeight(3, 10_000);
        network.all().forEach(TestNetwork.Node::crash);
        TestNetwork.Node dave = network.node("dave");
        dave.start();
        network.run(20_000);
        assertTrue(halt(dave).startsWith("listens"), halt(dave));
        network.node("carol").start();
        network.run(2_900);
        assertTrue(halt(dave).startsWith("listens"), halt(dave));
        network.run(200);
        assertTrue(signs(dave), halt(dave));
    }

    @Test
    void aValidatorThatNeedsNobodyWaitsForNobody() {
        network = new TestNetwork(TestChain.genesis("devnet-test", List.of("alice")));
        TestNetwork.Node alice = add("alice", "alice", BLOCKS);
        alice.start();
        network.runToHeight(2, 10_000);
        alice.crash();
        alice.start();
        network.runUntil(5_000, () -> signs(alice));
        network.runToHeight(4, 10_000);
    }

    @Test
    void whoDoesNotListenIsNotKeptFromSigning() {
        four(0);
        network.runToHeight(3, 10_000);
        TestNetwork.Node dave = network.node("dave");
        dave.crash();
        dave.start();
        network.runUntil(1_000, () -> signs(dave));
        assertEquals("", halt(dave));
    }

    @Test
    void whenTheOtherIsStoppedTheTwinSignsAfterItsNextStart() {
        four(BLOCKS);
        network.runToHeight(4, 15_000);
        TestNetwork.Node twin = add("twin", "dave", BLOCKS);
        twin.start();
        assertNoticed(twin, 0);
        network.node("dave").crash();
        twin.stop();
        // a few blocks, so that nothing of the other is at a height that is being decided
        network.run(5_000);
        twin.start();
        network.runUntil(20_000, () -> signs(twin));
        network.run(10_000);
        assertEquals(List.of(), network.node("alice").core.pendingEvidence());
        assertEquals("", halt(twin));
    }

    /** A height that stands still, with a vote of dave that alice has, and dave crashed. */
    private TestNetwork.Node daveCrashesWhereNothingIsDecided() {
        four(BLOCKS);
        network.runToHeight(3, 10_000);
        network.node("bob").crash();
        network.node("carol").crash();
        TestNetwork.Node dave = network.node("dave");
        int before = dave.sent.size();
        network.run(5_000);
        assertTrue(signed(dave, "dave", before) > 0);
        dave.crash();
        return dave;
    }

    @Test
    void itsOwnMessagesOfItsLastLifeAreNobodyElses() {
        TestNetwork.Node dave = daveCrashesWhereNothingIsDecided();
        int told = network.node("alice").sent.size();
        dave.start();
        network.runUntil(5_000, () -> halt(dave).startsWith("listens"));
        network.run(2_500);
        assertTrue(signed(network.node("alice"), "dave", told) > 0, "alice tells it what it has signed");
        assertTrue(halt(dave).startsWith("listens"), halt(dave));
        network.node("bob").start();
        network.node("carol").start();
        network.runToHeight(7, 30_000);
        assertTrue(signs(dave));
        assertEquals("", halt(dave));
    }

    @Test
    void withoutItsRecordsTheSameMessagesAreSomebodys() {
        TestNetwork.Node dave = daveCrashesWhereNothingIsDecided();
        Batch forget = new Batch();
        dave.store.scan(Store.Space.SIGNING, Bytes.EMPTY, (key, value) -> {
            forget.remove(Store.Space.SIGNING, key);
            return true;
        });
        dave.store.commit(forget);
        dave.start();
        network.runUntil(5_000, () -> halt(dave).startsWith("another node signs with its key ("));
    }
}
