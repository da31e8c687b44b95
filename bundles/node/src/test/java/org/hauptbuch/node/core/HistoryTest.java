package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;
import org.junit.jupiter.api.Test;

/** Checkpoints, snapshots by schedule and pruning. */
final class HistoryTest {
    private final TestNetwork network = new TestNetwork(TestChain.genesis());

    private TestNetwork.Node with(String name, HistoryPolicy policy) {
        return network.add(
                TestNetwork.newStore(),
                Settings.validator(name, TestChain.consensus(name)).with(policy));
    }

    private static HistoryPolicy keeping(long blocks) {
        return new HistoryPolicy(Optional.empty(), false, 0, 1, blocks);
    }

    @Test
    void theLastBlockOfEachEpochIsACheckpointThatIsNeverReverted() {
        TestNetwork four = TestNetwork.ofFour();
        four.startAll();
        four.runToHeight(11, 60_000);
        TestNetwork.Node alice = four.node("alice");
        ChainStore chain = new ChainStore(alice.store);
        assertEquals(alice.hashAt(5), chain.checkpoint(5).orElseThrow().hash());
        assertEquals(alice.hashAt(10), chain.checkpoint(10).orElseThrow().hash());
        assertTrue(chain.checkpoint(7).isEmpty());

        // neither again, nor another in its place, nor one that skips
        Tip before = chain.tip().orElseThrow();
        for (long height : List.of(5L, 10L, before.height())) {
            CandidateBlock old = CandidateBlock.of(chain.block(height).orElseThrow());
            PoSException refused = assertThrows(
                    PoSException.class,
                    () -> chain.addBlock(
                            new Batch(),
                            old,
                            chain.certificate(height).orElseThrow(),
                            List.of(),
                            new StateChange(new TreeMap<>(), new TreeMap<>(), Hash.ZERO)));
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, refused.error());
            assertTrue(refused.getMessage().contains("what is final is never reverted"), refused.getMessage());
        }
        // a certificate to roll back a final height does not concern the height that is not final
        alice.core.onMessage(
                "bob",
                new WireMessage.Blocks(
                                10,
                                List.of(new WireMessage.Certified(
                                        rolledBack(chain.block(10).orElseThrow())
                                                .encode(),
                                        chain.certificate(10).orElseThrow())))
                        .encode());
        four.runToHeight(before.height() + 2, 20_000);
        assertEquals(before.hash(), chain.block(before.height()).orElseThrow().hash());
    }

    private static Block rolledBack(Block block) {
        RollbackCertificate rollback = new RollbackCertificate(
                block.height(), Hash.ZERO, block.header().ruleSetId(), List.of());
        return new Block(
                block.header(), block.lastCertificate(), Optional.of(rollback), block.evidence(), block.transactions());
    }

    @Test
    void snapshotsAreMadeByScheduleAndTheLastAreKept() {
        TestChain.NAMES.forEach(name -> with(name, new HistoryPolicy(Optional.empty(), false, 2, 2, 0)));
        network.startAll();
        network.runToHeight(36, 120_000);
        SnapshotStore store = new SnapshotStore(network.node("alice").store);
        assertEquals(
                List.of(20L, 30L),
                store.all().stream().map(SnapshotStore.Info::height).toList());
        assertTrue(store.unfinished().isEmpty());
        SnapshotStore.Info info = store.at(30).orElseThrow();
        assertEquals(network.node("alice").hashAt(30), info.block());
        int[] entries = {0};
        store.read(30, entry -> entries[0]++);
        assertEquals(info.entries(), entries[0]);
        store.read(10, entry -> entries[0]--);
        assertEquals(info.entries(), entries[0], "nothing is left of what was removed");
    }

    @Test
    void aSnapshotThatACrashCutShortIsRemoved() {
        TestChain.NAMES.forEach(name -> with(name, new HistoryPolicy(Optional.empty(), false, 1, 9, 0)));
        network.startAll();
        network.runToHeight(4, 60_000);
        TestNetwork.Node alice = network.node("alice");
        SnapshotStore store = new SnapshotStore(alice.store);
        network.runUntil(20_000, () -> !store.unfinished().isEmpty());
        long cut = store.unfinished().first();
        alice.crash();
        assertTrue(store.at(cut).isEmpty());
        alice.start();
        network.runUntil(20_000, () -> store.unfinished().isEmpty());
        int[] left = {0};
        store.read(cut, entry -> left[0]++);
        assertEquals(0, left[0]);
    }

    @Test
    void blocksBelowTheLimitAreRemovedWithAllThatIsStoredAboutThem() {
        with("alice", keeping(15));
        List.of("bob", "carol", "dave").forEach(name -> network.add(name, TestNetwork.newStore()));
        network.startAll();
        network.runToHeight(2, 10_000);
        Transaction transfer = TestChain.transfer("alice", "bob", 7, 0);
        network.node("alice").submit(transfer).get();
        network.runToHeight(12, 60_000);
        ChainStore chain = new ChainStore(network.node("alice").store);
        long place = chain.place(transfer.id()).orElseThrow().height();
        Hash gone = network.node("alice").hashAt(place);
        assertEquals(1, chain.earliest());
        network.runToHeight(40, 120_000);
        long earliest = chain.earliest();
        assertTrue(earliest >= 20 && earliest <= chain.tip().orElseThrow().height() - 14, () -> "from " + earliest);
        assertTrue(chain.block(earliest - 1).isEmpty());
        assertTrue(chain.certificate(earliest - 1).isEmpty());
        assertTrue(chain.block(earliest).isPresent());
        assertTrue(chain.place(transfer.id()).isEmpty());
        assertTrue(chain.heightOf(gone).isEmpty());
        assertTrue(chain.checkpoint(5).isPresent(), "the name of a checkpoint stays");
        assertFalse(new ChainStore(network.node("bob").store).block(1).isEmpty());
        NetworkTest.assertAgreement(network, 40);
    }

    @Test
    void whoIsAskedForBlocksThatItDoesNotKeepSendsTheAskerElsewhere() {
        List.of("alice", "bob", "carol").forEach(name -> with(name, keeping(15)));
        network.add("dave", TestNetwork.newStore());
        network.startAll();
        network.runToHeight(30, 120_000);
        TestNetwork.Node erin = network.addFollower("erin");
        erin.start();
        network.runUntil(60_000, () -> erin.height() >= 30);
        assertEquals(1, new ChainStore(erin.store).earliest());
        assertTrue(network.node("alice").sent.stream()
                .filter(message -> message.at(0) == 13)
                .map(message -> ((WireMessage.Snapshots) WireMessage.decode(message)).message())
                .anyMatch(SnapshotMessage.Earliest.class::isInstance));
        assertEquals(0L, erin.core.metrics().getOrDefault("messagesMalformed", 0L));
        Store store = erin.store;
        assertEquals(
                network.node("dave").hashAt(1),
                new ChainStore(store).block(1).orElseThrow().hash());
    }
}
