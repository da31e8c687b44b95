package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.PendingState;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;
import org.junit.jupiter.api.Test;

/** A fifth node begins at a checkpoint of four that run. */
final class StateSyncTest {
    private static final HistoryPolicy EVERY_EPOCH = new HistoryPolicy(Optional.empty(), false, 1, 8, 0);

    private final TestNetwork network = new TestNetwork(TestChain.genesis());

    /** Four validators with snapshots of blocks 5 and 10. */
    private void run() {
        TestChain.NAMES.forEach(name -> network.add(
                TestNetwork.newStore(),
                Settings.validator(name, TestChain.consensus(name)).with(EVERY_EPOCH)));
        network.startAll();
        network.runToHeight(1, 10_000);
        network.node("alice").submit(TestChain.transfer("alice", "bob", 7, 0)).get();
        network.runToHeight(11, 40_000);
    }

    private Checkpoint checkpoint(long height) {
        return new Checkpoint(height, network.node("alice").hashAt(height));
    }

    private TestNetwork.Node erin(Store store, Checkpoint checkpoint, boolean trustsOld) {
        return network.add(
                store,
                Settings.follower("erin")
                        .with(new HistoryPolicy(Optional.of(checkpoint), trustsOld, 1, 8, HistoryPolicy.ALL)));
    }

    private TestNetwork.Node joining() {
        TestNetwork.Node erin = erin(TestNetwork.newStore(), checkpoint(10), false);
        erin.start();
        return erin;
    }

    private void assertJoined(TestNetwork.Node erin) {
        network.runUntil(60_000, () -> erin.height() >= 13);
        ChainStore chain = new ChainStore(erin.store);
        assertEquals(10, chain.earliest());
        assertTrue(chain.block(9).isEmpty(), "nothing was replayed");
        assertFalse(new PendingState(erin.store).isPresent());
        TestNetwork.Node alice = network.node("alice");
        network.runUntil(60_000, () -> erin.height() == alice.height());
        assertEquals(alice.core.snapshot().stateRoot(), erin.core.snapshot().stateRoot());
        assertEquals(alice.core.snapshot().stateRoot(), StateChunk.rootOf(new StoreReader(erin.store)));
        for (Store.Space space : List.of(Store.Space.STATE, Store.Space.TREE)) {
            assertEquals(contents(alice.store, space), contents(erin.store, space));
        }
    }

    private static List<String> contents(Store store, Store.Space space) {
        List<String> entries = new ArrayList<>();
        store.scan(space, Bytes.EMPTY, (key, value) -> entries.add(key + "=" + value));
        return entries;
    }

    private static Optional<SnapshotMessage> snapshots(Bytes message) {
        return message.at(0) == 13
                ? Optional.of(((WireMessage.Snapshots) WireMessage.decode(message)).message())
                : Optional.empty();
    }

    private static Bytes encoded(SnapshotMessage message) {
        return new WireMessage.Snapshots(message).encode();
    }

    /** What these peers say of snapshots, another one says instead. */
    private void lie(Set<String> liars, UnaryOperator<SnapshotMessage> lie) {
        network.filter = (from, to, message) -> {
            Optional<SnapshotMessage> said =
                    to.equals("erin") && liars.contains(from) ? snapshots(message) : Optional.empty();
            if (said.isEmpty()) {
                return true;
            }
            SnapshotMessage other = lie.apply(said.get());
            if (other != null && !other.equals(said.get())) {
                network.node("erin").core.onMessage(from, encoded(other));
            }
            return said.get().equals(other);
        };
    }

    @Test
    void aNewNodeBeginsAtTheCheckpointAndGoesOnWithBlocks() {
        run();
        TestNetwork.Node erin = joining();
        network.runUntil(10_000, () -> erin.height() >= 10);
        assertJoined(erin);
        assertEquals(
                checkpoint(10).hash(),
                new SnapshotStore(erin.store).at(10).orElseThrow().block());
        Set<String> served = new TreeSet<>();
        for (String name : TestChain.NAMES) {
            network.node(name).sent.stream()
                    .flatMap(message -> snapshots(message).stream())
                    .filter(SnapshotMessage.Chunk.class::isInstance)
                    .forEach(message -> served.add(name));
        }
        assertTrue(served.size() > 1, "several peers: " + served);
        // and hands the state on
        TestNetwork.Node frank = network.add(
                TestNetwork.newStore(),
                Settings.follower("frank")
                        .with(new HistoryPolicy(Optional.of(checkpoint(10)), true, 0, 1, HistoryPolicy.ALL)));
        TestChain.NAMES.forEach(name -> network.node(name).stop());
        frank.start();
        network.runUntil(20_000, () -> frank.height() >= 13);
        assertEquals(erin.core.snapshot().stateRoot(), frank.core.snapshot().stateRoot());
    }

    @Test
    void aChunkThatDoesNotVerifyCostsThePeerItsCreditAndIsNotKept() {
        run();
        lie(Set.of("alice", "bob"), said -> {
            if (said instanceof SnapshotMessage.Chunk m) {
                StateChunk chunk = StateChunk.decode(m.chunk().orElseThrow());
                List<StateChunk.Entry> entries = new ArrayList<>(chunk.entries());
                entries.replaceAll(entry -> new StateChunk.Entry(entry.key(), Bytes.fromHex("00")));
                StateChunk wrong = new StateChunk(chunk.from(), chunk.to(), entries, chunk.outside());
                return new SnapshotMessage.Chunk(m.checkpoint(), m.from(), Optional.of(wrong.encode()));
            }
            return said;
        });
        TestNetwork.Node erin = joining();
        assertJoined(erin);
        assertEquals(2, erin.core.metrics().get("messagesMalformed"), "each is asked once and no more");
    }

    @Test
    void whoSendsRubbishOrNothingIsPassedOver() {
        run();
        byte[] huge = new byte[SnapshotMessage.MAX_CHUNK + 1];
        lie(Set.of("alice", "bob", "carol"), said -> {
            if (said instanceof SnapshotMessage.Chunk m) {
                // alice is endless, the others are silent
                return new SnapshotMessage.Chunk(m.checkpoint(), m.from(), Optional.of(Bytes.of(huge)));
            }
            return said;
        });
        TestNetwork.Filter endless = network.filter;
        network.filter = (from, to, message) -> {
            boolean chunk = snapshots(message)
                    .filter(SnapshotMessage.Chunk.class::isInstance)
                    .isPresent();
            return from.equals("alice") || !chunk || from.equals("dave") ? endless.passes(from, to, message) : false;
        };
        TestNetwork.Node erin = joining();
        assertJoined(erin);
        assertTrue(erin.core.metrics().get("messagesMalformed") > 0);
    }

    @Test
    void aBeginningThatDoesNotFollowFromTheTrustedHashIsRefused() {
        run();
        lie(Set.of("alice", "bob", "carol"), said -> {
            if (said instanceof SnapshotMessage.Basis m && m.body().isPresent()) {
                SnapshotMessage.Body body = m.body().get();
                Certificate right = body.certificate();
                Certificate few = new Certificate(
                        right.phase(),
                        right.height(),
                        right.round(),
                        right.block(),
                        right.signatures().subList(0, 2));
                Bytes other = new ChainStore(network.node("alice").store)
                        .encodedBlock(9)
                        .orElseThrow();
                Bytes validators = Bytes.fromHex("00000000");
                return new SnapshotMessage.Basis(
                        m.checkpoint(),
                        Optional.of(
                                switch (m.body().hashCode() & 3) {
                                    case 0 -> new SnapshotMessage.Body(body.block(), few, body.validators());
                                    case 1 -> new SnapshotMessage.Body(other, right, body.validators());
                                    default -> new SnapshotMessage.Body(body.block(), right, validators);
                                }),
                        Optional.empty());
            }
            return said;
        });
        TestNetwork.Node erin = joining();
        assertJoined(erin);
    }

    @Test
    void afterACrashItGoesOnWithWhatWasVerified() {
        run();
        TestNetwork.Node erin = joining();
        network.runUntil(10_000, () -> open(erin.store) < 9 && open(erin.store) > 3);
        erin.crash();
        int left = open(erin.store);
        assertTrue(new ChainStore(erin.store).tip().isEmpty(), "a part of a state is no chain");
        erin.sent.clear();
        erin.start();
        assertJoined(erin);
        long asked = erin.sent.stream()
                .filter(message -> snapshots(message)
                        .filter(SnapshotMessage.GetChunk.class::isInstance)
                        .isPresent())
                .count();
        assertEquals(left, asked, "only what is missing is asked for");
    }

    @Test
    void aPartOfTheStateOfAnotherCheckpointIsRemoved() {
        run();
        TestNetwork.Node erin = erin(TestNetwork.newStore(), checkpoint(5), true);
        erin.start();
        network.runUntil(10_000, () -> open(erin.store) < 9 && open(erin.store) > 3);
        erin.crash();
        TestNetwork.Node again = erin(erin.store, checkpoint(10), false);
        again.start();
        assertJoined(again);
    }

    private static int open(Store store) {
        PendingState pending = new PendingState(store);
        return pending.isPresent()
                ? (int) pending.cursors().stream().filter(Optional::isPresent).count()
                : StateChunk.SEGMENTS;
    }

    @Test
    void withAWrongHashItNeverJoinsAndKeepsNothing() {
        run();
        Checkpoint wrong = new Checkpoint(10, Hash.sha256(new byte[] {9}));
        TestNetwork.Node erin = erin(TestNetwork.newStore(), wrong, false);
        erin.start();
        network.run(60_000);
        assertEquals(0, erin.height());
        String halt = erin.core.snapshot().halt().orElseThrow();
        assertTrue(halt.contains(wrong.toString()), halt);
        assertTrue(halt.contains("alice has " + checkpoint(10).hash()), halt);
        assertEquals(List.of(), contents(erin.store, Store.Space.STATE));
        assertEquals(List.of(), contents(erin.store, Store.Space.META));
        assertEquals(List.of(), contents(erin.store, Store.Space.BLOCKS));
    }

    @Test
    void anOldCheckpointIsRefusedUnlessItIsForced() {
        run();
        // the period is 10 blocks of a second
        network.runToHeight(17, 60_000);
        TestNetwork.Node erin = erin(TestNetwork.newStore(), checkpoint(10), false);
        network.run(8_000);
        erin.start();
        network.run(30_000);
        assertEquals(0, erin.height());
        String halt = erin.core.snapshot().halt().orElse("none");
        assertTrue(halt.contains("s old, must be at most 10 s, the weak-subjectivity period of 10 blocks"), halt);
        assertEquals(List.of(), contents(erin.store, Store.Space.META));
    }

    @Test
    void aForcedOldCheckpointIsTaken() {
        run();
        network.run(2_000);
        long last = network.node("alice").height();
        TestNetwork.Node erin = erin(TestNetwork.newStore(), checkpoint(5), true);
        erin.start();
        network.runUntil(20_000, () -> erin.height() > last);
        assertEquals(5, new ChainStore(erin.store).earliest());
    }

    @Test
    void withoutSnapshotsItFetchesAllBlocks() {
        TestChain.NAMES.forEach(name -> network.add(name, TestNetwork.newStore()));
        network.startAll();
        network.runToHeight(11, 40_000);
        TestNetwork.Node erin = joining();
        network.runUntil(60_000, () -> erin.height() >= 11);
        assertEquals(1, new ChainStore(erin.store).earliest());
        NetworkTest.assertAgreement(network, 11);
    }

    @Test
    void aBlockOtherThanTheTrustedCheckpointIsNeverFinalHere() {
        TestChain.NAMES.forEach(name -> network.add(name, TestNetwork.newStore()));
        network.startAll();
        network.runToHeight(7, 40_000);
        // nobody can say that the hash is wrong yet: this node finds out when it gets there
        Checkpoint wrong = new Checkpoint(10, Hash.sha256(new byte[] {9}));
        TestNetwork.Node erin = erin(TestNetwork.newStore(), wrong, false);
        erin.start();
        network.runUntil(40_000, () -> network.node("alice").height() >= 20);
        assertTrue(erin.height() < 10, erin::describe);
        assertTrue(erin.core.snapshot().halt().orElseThrow().contains(wrong.toString()), erin::describe);

        // a store that has the other chain already is refused, too
        TestNetwork.Node dave = network.node("dave");
        dave.stop();
        TestNetwork.Node told = network.add(
                dave.store,
                Settings.follower("dave").with(new HistoryPolicy(Optional.of(wrong), false, 0, 1, HistoryPolicy.ALL)));
        told.start();
        network.run(5_000);
        assertEquals(NodeState.HALTED, told.core.snapshot().state());
        assertTrue(told.core.snapshot().halt().orElseThrow().contains("another block at height 10"), told::describe);
    }
}
