package org.hauptbuch.api.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

class StateProofTest {
    private static final Bytes HELLO = text("hello");
    private static final Bytes WORLD = text("world");

    /** The root of a published vector: one key, hello, with the value world. */
    private static final Hash ROOT = Hash.fromHex("6b97115f56e533f2fd443f7e76e4d1ff94d34e6b2e233f2dbdf5cfd1ec39a30c");

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static StateProof proof(Bytes key, Bytes value, StateProof.Leaf other, Hash... siblings) {
        return new StateProof(key, Optional.ofNullable(value), Optional.ofNullable(other), List.of(siblings));
    }

    private static StateProof.Leaf leaf(Bytes key, Bytes value) {
        return new StateProof.Leaf(Hash.sha256(key), Hash.sha256(value));
    }

    @Test
    void presenceIsProvenByTheRootAlone() {
        StateProof proof = proof(HELLO, WORLD, null);
        assertTrue(proof.present());
        assertTrue(proof.verify(ROOT));
        assertFalse(proof.verify(Hash.ZERO));
        assertFalse(proof(HELLO, text("mars"), null).verify(ROOT));
        assertFalse(proof(text("bye"), WORLD, null).verify(ROOT));
    }

    @Test
    void absenceIsProvenByAnotherLeafInTheWay() {
        StateProof proof = proof(text("bye"), null, leaf(HELLO, WORLD));
        assertFalse(proof.present());
        assertTrue(proof.verify(ROOT));
        assertFalse(proof.verify(Hash.ZERO));
    }

    @Test
    void theKeysOwnLeafProvesNoAbsence() {
        assertFalse(proof(HELLO, null, leaf(HELLO, WORLD)).verify(ROOT));
    }

    @Test
    void aProofSaysOneThing() {
        assertFalse(proof(HELLO, WORLD, leaf(HELLO, WORLD)).verify(ROOT));
    }

    @Test
    void nothingIsProvenAbsentFromTheEmptyState() {
        assertEquals(
                text("SPARSE_MERKLE_PLACEHOLDER_HASH__"), StateProof.emptyHash().bytes());
        assertTrue(proof(HELLO, null, null).verify(StateProof.emptyHash()));
        assertFalse(proof(HELLO, null, null).verify(ROOT));
    }

    @Test
    void aLeafThatIsNotOnTheWayProvesNoAbsence() {
        Bytes left = null;
        Bytes right = null;
        for (int i = 0; left == null || right == null; i++) {
            Bytes key = text("key" + i);
            if (Hash.sha256(key).bytes().at(0) >= 0) {
                left = key;
            } else {
                right = key;
            }
        }
        Hash leftHash = leaf(left, WORLD).hash();
        Hash rightHash = leaf(right, WORLD).hash();
        Hash root = StateProof.innerHash(leftHash, rightHash);
        assertTrue(proof(left, WORLD, null, rightHash).verify(root));
        // "left is absent, for right stands in its way": the hashes would fit, were the way not looked at
        StateProof lie = new StateProof(left, Optional.empty(), Optional.of(leaf(right, WORLD)), List.of(rightHash));
        assertFalse(lie.verify(StateProof.innerHash(leaf(right, WORLD).hash(), rightHash)));
        assertFalse(lie.verify(root));
    }

    @Test
    void aProofDeeperThanTheTreeIsRefused() {
        List<Hash> siblings = Collections.nCopies(StateProof.MAX_DEPTH + 1, Hash.ZERO);
        assertFalse(new StateProof(HELLO, Optional.of(WORLD), Optional.empty(), siblings).verify(ROOT));
    }

    @Test
    void theEncodingIsTheProofAgain() {
        for (StateProof proof : List.of(
                proof(HELLO, WORLD, null),
                proof(text("bye"), null, leaf(HELLO, WORLD), Hash.ZERO, ROOT),
                proof(text("bye"), null, null),
                new StateProof(HELLO, Optional.of(WORLD), Optional.empty(), Collections.nCopies(256, ROOT)))) {
            byte[] encoded = proof.encode().toArray();
            assertEquals(proof, StateProof.decode(Bytes.of(encoded)));
            for (int length = 0; length < encoded.length; length++) {
                Bytes cut = Bytes.of(encoded, 0, length);
                assertThrows(PoSException.class, () -> StateProof.decode(cut));
            }
            Bytes padded = Bytes.fromHex(proof.encode().hex() + "00");
            assertThrows(PoSException.class, () -> StateProof.decode(padded));
        }
    }

    @Test
    void anOversizedOrAmbiguousEncodingIsRefused() {
        Bytes longKey = Bytes.of(new byte[StateProof.MAX_KEY_BYTES + 1]);
        Bytes longValue = Bytes.of(new byte[StateProof.MAX_VALUE_BYTES + 1]);
        assertRefused(proof(longKey, null, null), "proof.key");
        assertRefused(proof(HELLO, longValue, null), "proof.value");
        assertRefused(
                new StateProof(HELLO, Optional.empty(), Optional.empty(), Collections.nCopies(257, ROOT)),
                "proof.siblings");
        assertRefused(proof(HELLO, WORLD, leaf(HELLO, WORLD)), "proof.other");
        // a length of two gigabytes takes no memory
        assertThrows(PoSException.class, () -> StateProof.decode(Bytes.fromHex("7fffffff00")));
        assertThrows(PoSException.class, () -> StateProof.decode(Bytes.fromHex("000000010002")));
    }

    private static void assertRefused(StateProof proof, String field) {
        Bytes encoded = proof.encode();
        String message = assertThrows(PoSException.class, () -> StateProof.decode(encoded))
                .getMessage();
        assertTrue(message.contains(field), message);
    }
}
