package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.tree.StateTree;
import org.junit.jupiter.api.Test;

class StateChunkTest {
    private static final class World {
        final MapState state = new MapState();
        final TreeMap<Hash, StateChunk.Entry> byDigest = new TreeMap<>();
        final Hash root;

        World(Random random, int keys, int valueBytes) {
            TreeMap<Bytes, Optional<Bytes>> values = new TreeMap<>();
            for (int i = 0; i < keys; i++) {
                byte[] key = new byte[1 + random.nextInt(40)];
                byte[] value = new byte[random.nextInt(valueBytes)];
                random.nextBytes(key);
                random.nextBytes(value);
                values.put(Bytes.of(key), Optional.of(Bytes.of(value)));
            }
            StateChange change = StateTree.apply(state, values);
            state.apply(change);
            root = change.root();
            values.forEach(
                    (key, value) -> byDigest.put(Hash.sha256(key), new StateChunk.Entry(key, value.orElseThrow())));
        }

        /** The chunk that a server would make. */
        StateChunk chunk(Hash from) {
            List<StateChunk.Entry> entries = new ArrayList<>();
            Hash to = StateChunk.lastOf(from);
            long bytes = 0;
            for (var entry : byDigest.subMap(from, true, to, true).entrySet()) {
                entries.add(entry.getValue());
                bytes += entry.getValue().bytes();
                if (bytes >= StateChunk.TARGET_BYTES) {
                    to = entry.getKey();
                    break;
                }
            }
            return StateChunk.of(from, to, entries, state::node);
        }

        List<StateChunk> all() {
            List<StateChunk> chunks = new ArrayList<>();
            for (int segment = 0; segment < StateChunk.SEGMENTS; segment++) {
                Hash from = StateChunk.firstOf(segment);
                while (true) {
                    StateChunk chunk = chunk(from);
                    chunks.add(chunk);
                    if (chunk.endsSegment()) {
                        break;
                    }
                    from = StateChunk.after(chunk.to()).orElseThrow();
                }
            }
            return chunks;
        }
    }

    @Test
    void theChunksOfAStateVerifyAndMakeItAgain() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            int keys = List.of(0, 1, 2, 5, 40, 300).get(random.nextInt(6));
            World world = new World(random, keys, 300);
            MapState copy = new MapState();
            List<StateChunk> chunks = world.all();
            for (StateChunk chunk : chunks) {
                StateChunk read = StateChunk.decode(chunk.encode());
                assertEquals(chunk, read, "seed " + seed);
                assertTrue(read.verify(world.root), "seed " + seed);
                copy.apply(read.addTo(copy));
            }
            assertEquals(world.root, StateTree.root(copy), "seed " + seed);
            assertEquals(world.state.values, copy.values, "seed " + seed);
            assertEquals(world.state.nodes, copy.nodes, "seed " + seed);
        }
    }

    @Test
    void aStateLargerThanAChunkIsCut() {
        World world = new World(new Random(7), 100, 200_000);
        List<StateChunk> chunks = world.all();
        assertTrue(chunks.size() > StateChunk.SEGMENTS + 10, chunks::toString);
        for (StateChunk chunk : chunks) {
            assertTrue(chunk.verify(world.root));
            assertTrue(chunk.encode().length() < StateChunk.TARGET_BYTES + 250_000);
        }
    }

    @Test
    void whatIsChangedLeftOutOrAddedDoesNotVerify() {
        for (long seed = 0; seed < 60; seed++) {
            String at = "seed " + seed;
            Random random = new Random(seed);
            World world = new World(random, 1 + random.nextInt(60), 200);
            StateChunk chunk = world.chunk(StateChunk.firstOf(random.nextInt(StateChunk.SEGMENTS)));
            List<StateChunk.Entry> entries = chunk.entries();
            if (!entries.isEmpty()) {
                int i = random.nextInt(entries.size());
                List<StateChunk.Entry> less = new ArrayList<>(entries);
                StateChunk.Entry gone = less.remove(i);
                assertFalse(with(chunk, less, chunk.outside()).verify(world.root), at);
                List<StateChunk.Entry> other = new ArrayList<>(entries);
                other.set(i, new StateChunk.Entry(gone.key(), Bytes.fromHex("beef")));
                assertFalse(with(chunk, other, chunk.outside()).verify(world.root), at);
                other.set(i, gone);
                other.add(gone);
                assertFalse(with(chunk, other, chunk.outside()).verify(world.root), at);
                // an honest peer cuts only where the chunk is full
                Hash digest = Hash.sha256(entries.get(0).key());
                assertFalse(
                        StateChunk.of(chunk.from(), digest, entries.subList(0, 1), world.state::node)
                                .verify(world.root),
                        at);
            }
            List<StateChunk.Entry> more = new ArrayList<>(entries);
            more.add(world.byDigest.get(StateChunkTest.outside(world, chunk).orElse(world.byDigest.firstKey())));
            assertFalse(with(chunk, more, chunk.outside()).verify(world.root), at);
            List<StateChunk.Outside> beside = new ArrayList<>(chunk.outside());
            beside.add(StateChunk.Outside.NOTHING);
            assertFalse(with(chunk, entries, beside).verify(world.root), at);
            assertFalse(
                    with(
                                    chunk,
                                    entries,
                                    chunk.outside().subList(1, chunk.outside().size()))
                            .verify(world.root),
                    at);
            assertFalse(chunk.verify(Hash.sha256(new byte[] {1})), at);
            assertFalse(new StateChunk(chunk.to(), chunk.from(), entries, chunk.outside()).verify(world.root), at);
            assertFalse(
                    new StateChunk(chunk.from(), last(), entries, chunk.outside()).verify(world.root)
                            && !chunk.to().equals(last()),
                    at);
        }
    }

    /** The root's hash, said to be a leaf beside an empty chunk, must not be lifted up to the root. */
    @Test
    void anInnerNodeIsNotTakenForALeaf() {
        World world = new World(new Random(3), 200, 20);
        Hash from = StateChunk.firstOf(5);
        StateChunk honest = world.chunk(from);
        assertFalse(honest.entries().isEmpty());
        for (int i = 0; i < honest.outside().size(); i++) {
            List<StateChunk.Outside> lie = new ArrayList<>();
            for (int j = 0; j < honest.outside().size(); j++) {
                lie.add(
                        i == j
                                ? new StateChunk.Outside(Optional.of(world.root), Optional.empty())
                                : StateChunk.Outside.NOTHING);
            }
            assertFalse(with(honest, List.of(), lie).verify(world.root));
            lie.set(
                    i,
                    new StateChunk.Outside(
                            Optional.of(world.root), Optional.of(new StateProof.Leaf(world.root, world.root))));
            assertFalse(with(honest, List.of(), lie).verify(world.root));
        }
    }

    @Test
    void whatIsCutShortOrOutOfBoundsIsNotRead() {
        StateChunk chunk = new World(new Random(1), 50, 100).chunk(StateChunk.firstOf(2));
        Bytes encoded = chunk.encode();
        for (int length = 0; length < encoded.length(); length += 7) {
            Bytes part = Bytes.of(encoded.toArray(), 0, length);
            assertThrows(PoSException.class, () -> StateChunk.decode(part));
        }
        byte[] huge = encoded.toArray();
        huge[64] = 0x7f;
        assertThrows(PoSException.class, () -> StateChunk.decode(Bytes.of(huge)));
    }

    private static Hash last() {
        return StateChunk.lastOf(StateChunk.firstOf(StateChunk.SEGMENTS - 1));
    }

    private static Optional<Hash> outside(World world, StateChunk chunk) {
        return world.byDigest.keySet().stream()
                .filter(digest -> digest.compareTo(chunk.from()) < 0 || digest.compareTo(chunk.to()) > 0)
                .findFirst();
    }

    private static StateChunk with(StateChunk chunk, List<StateChunk.Entry> entries, List<StateChunk.Outside> outside) {
        return new StateChunk(chunk.from(), chunk.to(), entries, outside);
    }
}
