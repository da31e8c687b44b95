package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** The chain's rule against vectors that others made. */
class Ed25519VectorsTest {
    private final BouncyCastleScheme scheme = new BouncyCastleScheme();

    @Test
    void signsAndVerifiesEveryLineOfSignInput() throws IOException {
        List<String[]> lines = Vectors.signInput();
        for (int i = 0; i < lines.size(); i++) {
            SignedMessage signed = Vectors.ofSignInput(lines.get(i));
            Signers.Ed25519Signer signer = (Signers.Ed25519Signer)
                    scheme.signer(KeyType.ED25519, Bytes.fromHex(lines.get(i)[0].substring(0, 64)));

            assertEquals(signed.key(), signer.publicKey(), "line " + (i + 1));
            assertEquals(signed.signature(), signer.signature(signed.message()), "line " + (i + 1));
            assertSignsUnlessItIsAsLongAsAPoint(signer, signed, i);
            assertTrue(verify(signed), "line " + (i + 1));
            assertTamperingIsRefused(signed.key(), signed.message(), signed.signature(), i);
        }
        assertEquals(128, lines.size());
    }

    /** See {@link Signers.Ed25519Signer#sign}: line 33. */
    private static void assertSignsUnlessItIsAsLongAsAPoint(Signer signer, SignedMessage signed, int line) {
        if (signed.message().length() == 32) {
            assertEquals(32, line);
            assertThrows(IllegalArgumentException.class, () -> signer.sign(signed.message()));
        } else {
            assertEquals(signed.signature(), signer.sign(signed.message()), "line " + (line + 1));
        }
    }

    private void assertTamperingIsRefused(PublicKey key, Bytes message, Bytes signature, int line) {
        assertFalse(scheme.verify(key, message, flip(signature, line % 512)), "signature of line " + (line + 1));
        assertFalse(scheme.verify(key, append(message), signature), "longer message of line " + (line + 1));
        if (message.length() > 0) {
            Bytes other = flip(message, line % (8 * message.length()));
            assertFalse(scheme.verify(key, other, signature), "message of line " + (line + 1));
        }
        PublicKey other = new PublicKey(KeyType.ED25519, flip(key.bytes(), line % 256));
        assertFalse(scheme.verify(other, message, signature), "key of line " + (line + 1));
    }

    /**
     * Every combination of low order, mixed order and non-canonical encodings. All of them satisfy the cofactored
     * equation, so that three flags decide under the rule: a low-order A, a non-canonical A, a non-canonical R.
     */
    @Test
    void decidesEveryEdgeCaseByItsFlags() throws IOException {
        List<JsonObject> cases = Vectors.edgeCases();
        int accepted = 0;
        for (JsonObject edge : cases) {
            Set<String> flags = new TreeSet<>();
            if (edge.has("flags") && edge.get("flags").isJsonArray()) {
                edge.getAsJsonArray("flags").forEach(flag -> flags.add(flag.getAsString()));
            }
            boolean expected = !flags.contains("low_order_A")
                    && !flags.contains("non_canonical_A")
                    && !flags.contains("non_canonical_R");
            SignedMessage signed = Vectors.ofEdgeCase(edge);
            String name = "case " + edge.get("number") + " " + flags;
            assertEquals(expected, verify(signed), name);
            assertEquals(expected, verify(signed), name + ", key cached");
            accepted += expected ? 1 : 0;
        }
        assertEquals(914, cases.size());
        assertEquals(212, accepted);
    }

    /**
     * "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko 2020), table 5: 0 and 1 have a small-order A; 2 to 5 a
     * small-order R or mixed orders, of which 4 and 5 hold by the cofactored equation only; 6 and 7 have S at or over
     * L; 8 and 9 a non-canonical R; 10 and 11 a non-canonical A of small order.
     */
    @Test
    void acceptsExactlyFourOfTheTwelveSpeccheckCases() throws IOException {
        List<SignedMessage> cases = Vectors.speccheck();
        Set<Integer> accepted = new TreeSet<>();
        for (int i = 0; i < cases.size(); i++) {
            if (verify(cases.get(i))) {
                accepted.add(i);
            }
        }
        assertEquals(12, cases.size());
        assertEquals(Set.of(2, 3, 4, 5), accepted);
    }

    private boolean verify(SignedMessage signed) {
        return scheme.verify(signed.key(), signed.message(), signed.signature());
    }

    private static Bytes flip(Bytes bytes, int bit) {
        byte[] array = bytes.toArray();
        array[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.of(array);
    }

    private static Bytes append(Bytes bytes) {
        byte[] array = new byte[bytes.length() + 1];
        bytes.copyTo(array, 0);
        return Bytes.of(array);
    }
}
