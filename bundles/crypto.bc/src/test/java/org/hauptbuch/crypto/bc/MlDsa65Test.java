package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** FIPS 204 with the parameter set ML-DSA-65. */
class MlDsa65Test {
    private static final Bytes MESSAGE = Bytes.of("hauptbuch".getBytes(StandardCharsets.US_ASCII));

    private final BouncyCastleScheme scheme = new BouncyCastleScheme();
    private final Signer signer = scheme.signer(KeyType.ML_DSA_65, Bytes.of(new byte[32]));

    @Test
    void makesTheKeysOfTheStandardsAuthors() throws IOException {
        List<Map<String, String>> cases = Vectors.mlDsa65("keyGen");
        for (Map<String, String> vector : cases) {
            Signer made = scheme.signer(KeyType.ML_DSA_65, Bytes.fromHex(vector.get("seed")));
            assertEquals(Bytes.fromHex(vector.get("pk")), made.publicKey().bytes(), "tcId " + vector.get("tcId"));
            assertTrue(scheme.verify(made.publicKey(), MESSAGE, made.sign(MESSAGE)));
        }
        assertEquals(25, cases.size());
    }

    /** Their signatures are for the algorithm inside: what it verifies has no context before it. */
    @Test
    void judgesTheSignaturesOfTheStandardsAuthors() throws IOException {
        List<Map<String, String>> cases = Vectors.mlDsa65("sigVer");
        int right = 0;
        for (Map<String, String> vector : cases) {
            PublicKey key = new PublicKey(KeyType.ML_DSA_65, Bytes.fromHex(vector.get("pk")));
            Bytes message = Bytes.fromHex(vector.get("message"));
            Bytes signature = Bytes.fromHex(vector.get("signature"));
            boolean expected = Boolean.parseBoolean(vector.get("testPassed"));
            String name = "tcId " + vector.get("tcId");
            assertEquals(expected, MlDsa65.verifyInternal(key.bytes(), message.toArray(), signature), name);
            assertFalse(scheme.verify(key, message, signature), name + ", as if it had a context");
            right += expected ? 1 : 0;
        }
        assertEquals(15, cases.size());
        assertEquals(3, right);
    }

    @Test
    void theSameMessageHasTheSameSignature() {
        assertEquals(
                signer.sign(MESSAGE),
                scheme.signer(KeyType.ML_DSA_65, Bytes.of(new byte[32])).sign(MESSAGE));
        assertEquals(3_309, signer.sign(MESSAGE).length());
        assertTrue(scheme.verify(signer.publicKey(), MESSAGE, signer.sign(MESSAGE)));
    }

    @Test
    void whatIsChangedIsRefused() {
        Bytes signature = signer.sign(MESSAGE);
        assertFalse(scheme.verify(signer.publicKey(), Bytes.EMPTY, signature));
        Signer other = scheme.signer(KeyType.ML_DSA_65, scheme.newSecret(KeyType.ML_DSA_65));
        assertFalse(scheme.verify(other.publicKey(), MESSAGE, signature));
        for (int length : new int[] {0, 64, 3_308, 3_310, 3_373}) {
            Bytes cut = Bytes.of(Arrays.copyOf(signature.toArray(), length));
            assertFalse(scheme.verify(signer.publicKey(), MESSAGE, cut), length + " bytes");
        }
        // every bit of the part with the hints, where encodings could be more than one, and some of all others
        long seed = 3;
        Random random = new Random(seed);
        int hints = 3_309 - 61;
        for (int i = 0; i < 700; i++) {
            int bit = i < 488 ? 8 * hints + i : random.nextInt(8 * hints);
            byte[] flipped = signature.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(scheme.verify(signer.publicKey(), MESSAGE, Bytes.of(flipped)), "seed " + seed + " bit " + bit);
        }
    }

    @Test
    void randomBytesAreRefusedAndNeverThrow() {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            byte[] key = new byte[1_952];
            byte[] signature = new byte[3_309];
            random.nextBytes(key);
            random.nextBytes(signature);
            assertFalse(scheme.verify(new PublicKey(KeyType.ML_DSA_65, Bytes.of(key)), MESSAGE, Bytes.of(signature)));
        }
    }

    @Test
    void whatOnlyHybridKeysSignIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> signer.sign(Hybrid.signed(MESSAGE)));
        assertEquals(
                "message: begins with the label of hybrid signatures, must not for another type of key",
                refused.getMessage());
        Bytes signed = Hybrid.signed(MESSAGE);
        Bytes signature = Bytes.of(new MlDsa65.Secret(new byte[32]).sign(signed.toArray()));
        assertTrue(MlDsa65.verify(signer.publicKey().bytes(), signed, signature));
        assertFalse(scheme.verify(signer.publicKey(), signed, signature));
    }
}
