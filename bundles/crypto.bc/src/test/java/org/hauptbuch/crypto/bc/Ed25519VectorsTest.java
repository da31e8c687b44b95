package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** The chain's rule against vectors that others made. */
class Ed25519VectorsTest {
    private final BouncyCastleScheme scheme = new BouncyCastleScheme();

    /** Bernstein's sign.input: secret || public : public : message : signature || message. */
    @Test
    void signsAndVerifiesEveryLineOfSignInput() throws IOException {
        List<String> lines = Files.readAllLines(vector("sign-input.txt"));
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(":", -1);
            Bytes message = Bytes.fromHex(fields[2]);
            Bytes signature = Bytes.fromHex(fields[3].substring(0, 128));
            Signer signer = scheme.signer(Bytes.fromHex(fields[0].substring(0, 64)));

            assertEquals(key(fields[1]), signer.publicKey(), "line " + (i + 1));
            assertEquals(signature, signer.sign(message), "line " + (i + 1));
            assertTrue(scheme.verify(signer.publicKey(), message, signature), "line " + (i + 1));
            assertTamperingIsRefused(signer.publicKey(), message, signature, i);
        }
        assertEquals(128, lines.size());
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
        JsonArray cases = parse("cctv-edge-cases.json");
        int accepted = 0;
        for (JsonElement element : cases) {
            JsonObject edge = element.getAsJsonObject();
            Set<String> flags = new TreeSet<>();
            if (edge.has("flags") && edge.get("flags").isJsonArray()) {
                edge.getAsJsonArray("flags").forEach(flag -> flags.add(flag.getAsString()));
            }
            boolean expected = !flags.contains("low_order_A")
                    && !flags.contains("non_canonical_A")
                    && !flags.contains("non_canonical_R");
            Bytes message = Bytes.of(edge.get("msg").getAsString().getBytes(StandardCharsets.US_ASCII));
            Bytes signature = Bytes.fromHex(edge.get("sig").getAsString());
            PublicKey key = key(edge.get("key").getAsString());
            String name = "case " + edge.get("number") + " " + flags;
            assertEquals(expected, scheme.verify(key, message, signature), name);
            assertEquals(expected, scheme.verify(key, message, signature), name + ", key cached");
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
        JsonArray cases = parse("speccheck-cases.json");
        Set<Integer> accepted = new TreeSet<>();
        for (int i = 0; i < cases.size(); i++) {
            JsonObject check = cases.get(i).getAsJsonObject();
            if (scheme.verify(
                    key(check.get("pub_key").getAsString()),
                    Bytes.fromHex(check.get("message").getAsString()),
                    Bytes.fromHex(check.get("signature").getAsString()))) {
                accepted.add(i);
            }
        }
        assertEquals(12, cases.size());
        assertEquals(Set.of(2, 3, 4, 5), accepted);
    }

    private static JsonArray parse(String file) throws IOException {
        return JsonParser.parseString(Files.readString(vector(file))).getAsJsonArray();
    }

    private static Path vector(String file) {
        Path path = Path.of(System.getProperty("vectors", "../../../shared/vectors"), "ed25519", file);
        assumeTrue(Files.exists(path), "ed25519/" + file + " is absent from the folder of test vectors");
        return path;
    }

    private static PublicKey key(String hex) {
        return new PublicKey(KeyType.ED25519, Bytes.fromHex(hex));
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
