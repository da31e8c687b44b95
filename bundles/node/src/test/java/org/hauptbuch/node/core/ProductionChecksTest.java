package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** Who should not make a block makes none, and the others go on. */
class ProductionChecksTest {
    private final TestNetwork network = TestNetwork.ofFour();

    @Test
    void whoseClockIsAheadOfItsPeersMakesNoBlockUntilItIsRight() {
        TestNetwork.Node dave = network.node("dave");
        dave.aheadMillis = ProductionChecks.MOST_MILLIS_OFF + 500;
        network.startAll();
        network.runToHeight(25, 120_000);
        assertFalse(proposers(2, 25).contains("dave"), "" + proposers(2, 25));

        dave.aheadMillis = 0;
        network.run(5_000);
        long height = network.node("alice").height();
        network.runToHeight(height + 25, 120_000);
        assertTrue(proposers(height + 1, height + 25).contains("dave"));
    }

    @Test
    void aClockThatIsBehindIsRefusedAsWell() {
        network.node("dave").aheadMillis = -ProductionChecks.MOST_MILLIS_OFF - 500;
        network.startAll();
        network.runToHeight(25, 120_000);
        assertFalse(proposers(2, 25).contains("dave"), "" + proposers(2, 25));
    }

    @Test
    void aLittleOffIsRight() {
        network.node("dave").aheadMillis = ProductionChecks.MOST_MILLIS_OFF - 500;
        network.startAll();
        network.runToHeight(25, 120_000);
        assertTrue(proposers(2, 25).contains("dave"), "" + proposers(2, 25));
    }

    @Test
    void onePeerThatLiesAboutTheTimeStopsNobody() {
        Peers peers = new Peers(environment(), new Metrics(), "alice");
        assertEquals(0, peers.aheadMillis());
        tell(peers, "bob", 20);
        tell(peers, "carol", 900_000);
        assertEquals(20, peers.aheadMillis());
        tell(peers, "dave", -30);
        assertEquals(20, peers.aheadMillis());
        tell(peers, "carol", -900_000);
        assertEquals(-30, peers.aheadMillis());
        peers.peer("bob").connected = false;
        peers.peer("dave").connected = false;
        assertEquals(-900_000, peers.aheadMillis());
    }

    @Test
    void whoseDiskIsNearlyFullMakesNoBlockAndVotesOn() {
        TestNetwork.Node dave = network.node("dave");
        dave.store = withRoom(dave.store, ProductionChecks.LEAST_FREE_BYTES - 1);
        network.startAll();
        network.runToHeight(25, 120_000);
        assertFalse(proposers(2, 25).contains("dave"), "" + proposers(2, 25));
        assertTrue(network.node("alice").view().validators().stream()
                .allMatch(validator -> validator.status() == ValidatorStatus.ACTIVE));
    }

    @Test
    void whyItIsRefusedNamesFieldValueAndRange() {
        network.startAll();
        network.runToHeight(3, 60_000);
        TestNetwork.Node alice = network.node("alice");
        Peers peers = new Peers(environment(), new Metrics(), "alice");
        tell(peers, "bob", 5_001);
        PoSException clock = assertThrows(
                PoSException.class, () -> checks(peers, alice, Long.MAX_VALUE).require(TestChain.address("alice")));
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, clock.error());
        assertTrue(
                clock.getMessage().contains("clock is 5001 ms behind the peers', must be within 5000 ms of them"),
                clock.getMessage());
        tell(peers, "bob", 0);
        PoSException disk = assertThrows(
                PoSException.class, () -> checks(peers, alice, 4_096).require(TestChain.address("alice")));
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, disk.error());
        assertTrue(disk.getMessage().contains("is 4096, must be 67108864 or more"), disk.getMessage());
    }

    @Test
    void whoIsBannedMakesNoBlockThoughItsSeatLastsToTheEndOfTheEpoch() {
        network.startAll();
        network.runToHeight(2, 60_000);
        network.node("carol").core.equivocate();
        network.runUntil(120_000, () -> isBanned("carol"));
        TestNetwork.Node carol = network.node("carol");
        PoSException refused = assertThrows(
                PoSException.class, () -> checks(new Peers(environment(), new Metrics(), "carol"), carol, 1L << 40)
                        .require(TestChain.address("carol")));
        assertEquals(PoSError.INVALID_VALIDATOR_STATUS, refused.error());
        assertTrue(refused.getMessage().contains("BANNED, must be not banned"), refused.getMessage());
    }

    private boolean isBanned(String name) {
        return network.node(name)
                .view()
                .validator(TestChain.address(name))
                .filter(validator -> validator.status() == ValidatorStatus.BANNED)
                .isPresent();
    }

    private static ProductionChecks checks(Peers peers, TestNetwork.Node node, long free) {
        return new ProductionChecks(peers, withRoom(node.store, free), new StoredState(node.store));
    }

    private void tell(Peers peers, String name, long aheadMillis) {
        peers.peer(name).connected = true;
        peers.tellsTime(peers.peer(name), environment().wallMillis() + aheadMillis);
    }

    private Environment environment() {
        return network.world(network.node("alice"));
    }

    private List<String> proposers(long from, long to) {
        return network.node("alice").blocks.stream()
                .map(FinalBlock::block)
                .filter(block -> block.height() >= from && block.height() <= to)
                .map(block -> TestChain.NAMES.stream()
                        .filter(name ->
                                TestChain.address(name).equals(block.header().proposer()))
                        .findFirst()
                        .orElseThrow())
                .distinct()
                .toList();
    }

    private static Store withRoom(Store store, long bytes) {
        TestStores.Counting room = new TestStores.Counting(store);
        room.usable = bytes;
        return room;
    }
}
