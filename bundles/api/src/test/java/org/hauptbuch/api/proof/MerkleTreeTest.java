package org.hauptbuch.api.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MerkleTreeTest {
    /**
     * The one vector that is accepted by its authors and refused here: its two equal roots are the text "don't care 2",
     * which is no digest. 0/happy-path.json is the same case with roots.
     */
    private static final String NO_DIGESTS = "additional/sizes-are-equal-one-and-proof-is-empty.json";

    private static List<Bytes> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Bytes.of(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList();
    }

    @Test
    void theRootOfNothingAndOfOneLeafAreThoseOfTheRfc() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                MerkleTree.root(List.of()).toString());
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                MerkleTree.root(List.of(Bytes.EMPTY)).toString());
    }

    @Test
    void everyLeafOfEveryTreeIsProvenAndNoOtherPlaceIs() {
        for (int size = 1; size <= 20; size++) {
            List<Bytes> leaves = leaves(size);
            Hash root = MerkleTree.root(leaves);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = MerkleTree.inclusionProof(leaves, index);
                Hash leaf = MerkleTree.leafHash(leaves.get(index));
                assertTrue(MerkleTree.verifyInclusion(leaf, index, size, proof, root));
                for (int other = -1; other <= size; other++) {
                    assertEquals(other == index, MerkleTree.verifyInclusion(leaf, other, size, proof, root));
                }
                assertFalse(MerkleTree.verifyInclusion(Hash.ZERO, index, size, proof, root));
                assertFalse(MerkleTree.verifyInclusion(leaf, index, size, proof, Hash.ZERO));
            }
        }
    }

    @Test
    void everyBeginningOfEveryTreeIsProvenAndNoOtherIs() {
        for (int size = 1; size <= 20; size++) {
            List<Bytes> leaves = leaves(size);
            Hash root = MerkleTree.root(leaves);
            for (int old = 1; old <= size; old++) {
                Hash oldRoot = MerkleTree.root(leaves.subList(0, old));
                List<Hash> proof = MerkleTree.consistencyProof(leaves, old);
                assertTrue(MerkleTree.verifyConsistency(old, oldRoot, size, root, proof));
                assertFalse(MerkleTree.verifyConsistency(old, Hash.ZERO, size, root, proof));
                assertFalse(MerkleTree.verifyConsistency(old, oldRoot, size, Hash.ZERO, proof));
                assertFalse(MerkleTree.verifyConsistency(0, oldRoot, size, root, proof));
                assertFalse(MerkleTree.verifyConsistency(size + 1, oldRoot, size, root, proof));
            }
        }
    }

    @Test
    void aProofOfALeafThatIsNotThereCannotBeMade() {
        assertThrows(IndexOutOfBoundsException.class, () -> MerkleTree.inclusionProof(leaves(3), 3));
        assertThrows(IndexOutOfBoundsException.class, () -> MerkleTree.inclusionProof(leaves(3), -1));
        assertThrows(IndexOutOfBoundsException.class, () -> MerkleTree.consistencyProof(leaves(3), 0));
        assertThrows(IndexOutOfBoundsException.class, () -> MerkleTree.consistencyProof(leaves(3), 4));
    }

    @TestFactory
    Stream<DynamicTest> inclusionVectors() throws IOException {
        return vectors(
                "rfc6962-inclusion.json",
                v -> MerkleTree.verifyInclusion(
                        hash(v.get("leafHash")),
                        number(v, "leafIdx"),
                        number(v, "treeSize"),
                        hashes(v.get("proof")),
                        hash(v.get("root"))));
    }

    @TestFactory
    Stream<DynamicTest> consistencyVectors() throws IOException {
        return vectors(
                "rfc6962-consistency.json",
                v -> MerkleTree.verifyConsistency(
                        number(v, "size1"),
                        hash(v.get("root1")),
                        number(v, "size2"),
                        hash(v.get("root2")),
                        hashes(v.get("proof"))));
    }

    private interface Verifier {
        boolean verify(JsonObject vector);
    }

    private static Stream<DynamicTest> vectors(String file, Verifier verifier) throws IOException {
        Path path = Path.of(System.getProperty("vectors", "../../../shared/vectors"), "merkle", file);
        assumeTrue(Files.exists(path), "the test vectors " + path + " are absent");
        JsonObject all = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
        assertEquals(98, all.size());
        return all.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    JsonObject vector = entry.getValue().getAsJsonObject();
                    boolean accepted = !vector.get("wantErr").getAsBoolean()
                            && !entry.getKey().equals(NO_DIGESTS);
                    assertEquals(accepted, verified(verifier, vector));
                }));
    }

    /** A hash of another length than 32 bytes cannot even be said: that, too, is a refusal. */
    private static boolean verified(Verifier verifier, JsonObject vector) {
        try {
            return verifier.verify(vector);
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().startsWith("hash: "), refused.getMessage());
            return false;
        }
    }

    /** Unsigned in the vectors; what is over the range of a long is negative here. */
    private static long number(JsonObject vector, String name) {
        return new BigInteger(vector.get(name).getAsString()).longValue();
    }

    private static Hash hash(JsonElement base64) {
        return new Hash(Bytes.of(Base64.getDecoder().decode(base64.getAsString())));
    }

    private static List<Hash> hashes(JsonElement array) {
        List<Hash> hashes = new ArrayList<>();
        if (!array.isJsonNull()) {
            JsonArray values = array.getAsJsonArray();
            values.forEach(value -> hashes.add(hash(value)));
        }
        return hashes;
    }
}
