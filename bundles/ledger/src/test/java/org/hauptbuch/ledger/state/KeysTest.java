package org.hauptbuch.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void theKeyOfEveryConsensusKeyFitsIntoProofsAndSnapshots() {
        Set<Bytes> keys = new HashSet<>();
        for (KeyType type : KeyType.values()) {
            byte[] bytes = new byte[type.keyLength()];
            Bytes first =
                    Keys.consensusKey(new PublicKey(type, Bytes.of(bytes))).bytes();
            assertTrue(first.length() <= StateProof.MAX_KEY_BYTES, type + ": " + first.length());
            assertEquals(
                    first,
                    Keys.consensusKey(new PublicKey(type, Bytes.of(bytes))).bytes());
            bytes[bytes.length - 1] = 1;
            assertNotEquals(
                    first,
                    Keys.consensusKey(new PublicKey(type, Bytes.of(bytes))).bytes());
            keys.add(first);
        }
        assertEquals(KeyType.values().length, keys.size());
    }
}
