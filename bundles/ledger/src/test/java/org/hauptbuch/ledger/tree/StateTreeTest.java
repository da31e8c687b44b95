package org.hauptbuch.ledger.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.MapState;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;
import org.junit.jupiter.api.Test;

class StateTreeTest {
    private static Bytes bytes(long number) {
        byte[] out = new byte[8];
        for (int i = 0; i < 8; i++) {
            out[i] = (byte) (number >> 8 * (7 - i));
        }
        return Bytes.of(out);
    }

    private static SortedMap<Bytes, Optional<Bytes>> puts(SortedMap<Bytes, Bytes> values) {
        TreeMap<Bytes, Optional<Bytes>> changes = new TreeMap<>();
        values.forEach((key, value) -> changes.put(key, Optional.of(value)));
        return changes;
    }

    /** The definition, written as plainly as it can be: what the clever one is held to. */
    private static Hash definition(List<StateProof.Leaf> leaves, int depth) {
        if (leaves.isEmpty()) {
            return StateProof.emptyHash();
        }
        if (leaves.size() == 1) {
            return leaves.get(0).hash();
        }
        List<StateProof.Leaf> left = new ArrayList<>();
        List<StateProof.Leaf> right = new ArrayList<>();
        for (StateProof.Leaf leaf : leaves) {
            (new Node.Leaf(leaf.keyHash().bytes(), 0).isRightAt(depth) ? right : left).add(leaf);
        }
        return StateProof.innerHash(definition(left, depth + 1), definition(right, depth + 1));
    }

    private static Hash definition(SortedMap<Bytes, Bytes> values) {
        List<StateProof.Leaf> leaves = new ArrayList<>();
        values.forEach((key, value) -> leaves.add(new StateProof.Leaf(Hash.sha256(key), Hash.sha256(value))));
        return definition(leaves, 0);
    }

    @Test
    void theRootsAreThoseOfTheJellyfishVectors() throws IOException {
        Path path = Path.of(System.getProperty("vectors", "../../../shared/vectors"), "merkle/jellyfish-sha256.json");
        assumeTrue(Files.exists(path), "the test vectors " + path + " are absent");
        JsonObject file = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
        int seen = 0;
        for (JsonElement vector : file.getAsJsonArray("vectors")) {
            TreeMap<Bytes, Bytes> values = new TreeMap<>();
            for (JsonElement entry : vector.getAsJsonObject().getAsJsonArray("data")) {
                JsonObject pair = entry.getAsJsonObject();
                values.put(
                        Bytes.fromHex(pair.get("key").getAsString()),
                        Bytes.fromHex(pair.get("value").getAsString()));
            }
            String expected = vector.getAsJsonObject().get("expected_root").getAsString();
            assertEquals(expected, definition(values).toString());
            assertEquals(
                    expected,
                    StateTree.apply(StateReader.empty(), puts(values)).root().toString());
            seen++;
        }
        assertEquals(3, seen);
    }

    /** Small batches and large ones, growing and shrinking, down to nothing and up again. */
    @Test
    void theRootIsAFunctionOfTheKeysAndValuesWhateverTheHistory() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            String replay = "seed " + seed;
            MapState state = new MapState();
            int keys = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
            for (int batch = 0; batch < 25; batch++) {
                int size = 1 + random.nextInt(random.nextBoolean() ? 3 : keys);
                int removals = random.nextInt(11);
                TreeMap<Bytes, Optional<Bytes>> changes = new TreeMap<>();
                for (int i = 0; i < size; i++) {
                    Optional<Bytes> value =
                            random.nextInt(10) < removals ? Optional.empty() : Optional.of(bytes(random.nextInt(3)));
                    changes.put(bytes(random.nextInt(keys)), value);
                }
                StateChange change = StateTree.apply(state, changes);
                state.apply(change);
                assertEquals(definition(state.values), change.root(), replay);
                assertEquals(change.root(), StateTree.root(state), replay);
            }
            MapState fresh = new MapState();
            fresh.apply(StateTree.apply(fresh, puts(state.values)));
            assertEquals(fresh.nodes, state.nodes, replay + ": pages left behind or missing");
            checkProofs(state, random, keys, replay);
            TreeMap<Bytes, Optional<Bytes>> removals = new TreeMap<>();
            state.values.keySet().forEach(key -> removals.put(key, Optional.empty()));
            state.apply(StateTree.apply(state, removals));
            assertTrue(state.nodes.isEmpty(), replay);
            assertEquals(StateProof.emptyHash(), StateTree.root(state), replay);
        }
    }

    private static void checkProofs(MapState state, Random random, int keys, String replay) {
        Hash root = StateTree.root(state);
        for (int i = 0; i < 20; i++) {
            Bytes key = bytes(random.nextInt(2 * keys));
            StateProof proof = StateTree.prove(state, key);
            assertEquals(Optional.ofNullable(state.values.get(key)), proof.value(), replay);
            assertTrue(proof.verify(root), replay);
            assertFalse(proof.verify(Hash.ZERO), replay);
            refuseTampered(proof, root, replay);
        }
    }

    private static void refuseTampered(StateProof proof, Hash root, String replay) {
        Bytes key = proof.key();
        List<Hash> siblings = proof.siblings();
        Optional<Bytes> otherValue = Optional.of(bytes(99));
        assertFalse(new StateProof(key, otherValue, Optional.empty(), siblings).verify(root), replay);
        if (proof.present()) {
            assertFalse(new StateProof(key, Optional.empty(), Optional.empty(), siblings).verify(root), replay);
            StateProof.Leaf own = new StateProof.Leaf(
                    Hash.sha256(key), Hash.sha256(proof.value().orElseThrow()));
            assertFalse(new StateProof(key, Optional.empty(), Optional.of(own), siblings).verify(root), replay);
        }
        for (int i = 0; i < siblings.size(); i++) {
            List<Hash> changed = new ArrayList<>(siblings);
            changed.set(i, Hash.sha256(changed.get(i).bytes()));
            assertFalse(new StateProof(key, proof.value(), proof.other(), changed).verify(root), replay);
            changed.remove(i);
            assertFalse(new StateProof(key, proof.value(), proof.other(), changed).verify(root), replay);
        }
        List<Hash> longer = new ArrayList<>(siblings);
        longer.add(0, StateProof.emptyHash());
        assertFalse(new StateProof(key, proof.value(), proof.other(), longer).verify(root), replay);
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        MapState state = new MapState();
        state.apply(StateTree.apply(state, puts(new TreeMap<>(Map.of(bytes(1), bytes(1))))));
        StateChange change = StateTree.apply(state, new TreeMap<>(Map.of(bytes(2), Optional.empty())));
        assertTrue(change.nodes().isEmpty());
        assertEquals(StateTree.root(state), change.root());
        StateChange same = StateTree.apply(state, puts(state.values));
        assertTrue(same.nodes().isEmpty());
    }

    @Test
    void aMissingPageIsAnErrorAndNotAnEmptySubtree() {
        MapState state = new MapState();
        TreeMap<Bytes, Bytes> values = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            values.put(bytes(i), bytes(i));
        }
        state.apply(StateTree.apply(state, puts(values)));
        state.nodes.keySet().removeIf(key -> key.length() > 2);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> StateTree.prove(state, bytes(1)));
        assertTrue(e.getMessage().contains("no page"), e.getMessage());
    }

    @Test
    void thePagesKeyIsItsPath() {
        Node.Leaf path = new Node.Leaf(Hash.sha256(bytes(1)).bytes(), 0);
        assertEquals("0000", Page.key(path, 0).hex());
        String hex = path.key().toString();
        assertEquals("0004" + hex.charAt(0) + "0", Page.key(path, 4).hex());
        assertEquals("0008" + hex.substring(0, 2), Page.key(path, 8).hex());
        assertEquals("000c" + hex.substring(0, 3) + "0", Page.key(path, 12).hex());
    }
}
