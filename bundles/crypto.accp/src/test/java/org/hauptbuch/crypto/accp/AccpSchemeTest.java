package org.hauptbuch.crypto.accp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native library gives Bouncy Castle's answers. Skipped where its platform is not there. */
class AccpSchemeTest {
    private static final Bytes MESSAGE = Bytes.of("hauptbuch".getBytes(StandardCharsets.US_ASCII));
    private static final int KEYS = 8;
    private static final int MESSAGES = 8;

    private final BouncyCastleScheme rule = new BouncyCastleScheme();
    private final NativeVerifier.Loaded loaded = NativeVerifier.load();
    private final AccpScheme scheme = new AccpScheme(rule, loaded);

    @BeforeEach
    void onItsPlatform() {
        assumeTrue(loaded.verifier().isPresent(), () -> "the native library is absent: " + loaded.obstacle());
    }

    @Test
    void theLibraryVerifiesAllTypesOfKey() {
        assertEquals(Optional.empty(), scheme.obstacle());
        NativeVerifier library = loaded.verifier().orElseThrow();
        for (KeyType type : KeyType.values()) {
            Signer signer = signer(type, 1);
            Bytes signature = signer.sign(MESSAGE);
            assertTrue(scheme.verify(signer.publicKey(), MESSAGE, signature));
            assertFalse(scheme.verify(signer.publicKey(), Bytes.EMPTY, signature));
            if (type != KeyType.HYBRID) {
                assertTrue(library.accepts(signer.publicKey(), MESSAGE, signature), "by itself: " + type);
                assertFalse(library.accepts(signer.publicKey(), Bytes.EMPTY, signature), "by itself: " + type);
            }
        }
    }

    /** Lines of sign.input are accepted by the library itself; and with the last bit turned by nobody. */
    @Test
    void signInput() throws IOException {
        int lines = 0;
        for (String line : Files.readAllLines(vector("ed25519/sign-input.txt"))) {
            String[] fields = line.split(":", -1);
            SignedMessage signed = ed25519(fields[1], Bytes.fromHex(fields[2]), fields[3].substring(0, 128));
            assertTrue(loaded.verifier().orElseThrow().accepts(signed.key(), signed.message(), signed.signature()));
            assertSame(signed, "line " + ++lines);
            byte[] bent = signed.signature().toArray();
            bent[63] ^= (byte) 0x80;
            assertSame(new SignedMessage(signed.key(), signed.message(), Bytes.of(bent)), "line " + lines);
        }
        assertEquals(128, lines);
    }

    /** Here the library by itself says no to what the cofactored rule accepts, and never the other way round. */
    @Test
    void edgeCases() throws IOException {
        List<SignedMessage> cases = edgeCasesOfEd25519();
        int accepted = 0;
        int acceptedByTheLibrary = 0;
        for (SignedMessage edge : cases) {
            String name = "case " + edge.key() + " " + edge.signature();
            assertSame(edge, name);
            boolean right = rule.verify(edge.key(), edge.message(), edge.signature());
            boolean fast = loaded.verifier().orElseThrow().accepts(edge.key(), edge.message(), edge.signature());
            assertTrue(right || !fast, name);
            accepted += right ? 1 : 0;
            acceptedByTheLibrary += fast ? 1 : 0;
        }
        assertEquals(914 + 12, cases.size());
        assertEquals(212 + 4, accepted);
        assertTrue(
                acceptedByTheLibrary > 0 && acceptedByTheLibrary < accepted, acceptedByTheLibrary + " of " + accepted);
    }

    @Test
    void keysAndSignaturesOfMlDsa65() throws IOException {
        int signatures = 0;
        for (String block : Files.readString(vector("mldsa/ML-DSA-sigVer.txt")).split("\\R\\s*\\R", -1)) {
            if (block.contains("parameterSet = ML-DSA-65")) {
                PublicKey key = new PublicKey(KeyType.ML_DSA_65, field(block, "pk"));
                assertSame(new SignedMessage(key, field(block, "message"), field(block, "signature")), "sigVer");
                signatures++;
            }
        }
        assertEquals(15, signatures);
        int keys = 0;
        for (String block : Files.readString(vector("mldsa/ML-DSA-keyGen.txt")).split("\\R\\s*\\R", -1)) {
            if (block.contains("parameterSet = ML-DSA-65")) {
                Signer signer = rule.signer(KeyType.ML_DSA_65, field(block, "seed"));
                assertEquals(field(block, "pk"), signer.publicKey().bytes());
                Bytes signature = signer.sign(MESSAGE);
                assertTrue(loaded.verifier().orElseThrow().accepts(signer.publicKey(), MESSAGE, signature));
                keys++;
            }
        }
        assertEquals(25, keys);
    }

    @Test
    void batchesSmallAndLarge() {
        for (int size : new int[] {0, 1, 5, 100, 255, 256}) {
            List<SignedMessage> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Signer signer = signer(KeyType.values()[i % 3], i % 5);
                Bytes message = i % 7 == 3 ? Bytes.EMPTY : MESSAGE;
                batch.add(new SignedMessage(signer.publicKey(), message, signer.sign(MESSAGE)));
            }
            assertArrayEquals(rule.verifyAll(batch), scheme.verifyAll(batch), size + " signatures");
        }
    }

    /** As in the other scheme: what hybrid keys sign is nobody else's signature. */
    @Test
    void aHalfIsNothingByItself() {
        Signer hybrid = signer(KeyType.HYBRID, 1);
        Bytes signature = hybrid.sign(MESSAGE);
        Bytes signed = Hybrid.signed(MESSAGE);
        assertFalse(scheme.verify(Hybrid.ed25519(hybrid.publicKey()), signed, Hybrid.ed25519Signature(signature)));
        assertFalse(scheme.verify(Hybrid.mlDsa65(hybrid.publicKey()), signed, Hybrid.mlDsa65Signature(signature)));
    }

    @Test
    void withoutTheLibraryItSaysSoAndAnswersAllTheSame() throws IOException {
        AccpScheme without = new AccpScheme(rule, NativeVerifier.without(new UnsatisfiedLinkError("no such library")));
        String obstacle = without.obstacle().orElseThrow();
        assertTrue(obstacle.startsWith("its native library does not load on "), obstacle);
        assertTrue(obstacle.contains("no such library"), obstacle);
        assertTrue(obstacle.endsWith("must be Linux on x86-64"), obstacle);
        for (SignedMessage edge : edgeCasesOfEd25519()) {
            assertEquals(
                    rule.verify(edge.key(), edge.message(), edge.signature()),
                    without.verify(edge.key(), edge.message(), edge.signature()));
        }
    }

    @Test
    void registersNoProvider() {
        assertNull(Security.getProvider("AmazonCorrettoCryptoProvider"));
    }

    @Test
    void theCacheIsBoundedAndKeepsNoRefusedKey() throws Exception {
        KeyCache cache = new KeyCache(2);
        java.security.PublicKey ready = java.security.KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic();
        for (int i = 0; i < 5; i++) {
            cache.get(Bytes.of(new byte[] {(byte) i}), () -> Optional.of(ready));
        }
        assertEquals(2, cache.size());
        assertEquals(Optional.empty(), cache.get(MESSAGE, Optional::empty));
        assertEquals(2, cache.size());
        assertEquals(Optional.of(ready), cache.get(Bytes.of(new byte[] {4}), Optional::empty));
    }

    /**
     * Right, mutated and random signatures of all types, of honest keys and of the edge cases: 20,000, or as many as the
     * property {@code accp.cases} says. One in sixteen is ML-DSA's or a hybrid's.
     */
    @Test
    void randomAndMutatedCases() throws IOException {
        int cases = Integer.getInteger("accp.cases", 20_000);
        long seed = Long.getLong("accp.seed", 1);
        Random random = new Random(seed);
        List<SignedMessage> edges = edgeCasesOfEd25519();
        List<SignedMessage> honest = honest(KeyType.ED25519);
        List<SignedMessage> others = new ArrayList<>(honest(KeyType.ML_DSA_65));
        others.addAll(honest(KeyType.HYBRID));
        int accepted = 0;
        int acceptedByTheLibrary = 0;
        for (int i = 0; i < cases; i++) {
            List<SignedMessage> pool = i % 16 == 0 ? others : i % 2 == 0 ? edges : honest;
            SignedMessage signed = mutated(pool.get(random.nextInt(pool.size())), random);
            boolean right = rule.verify(signed.key(), signed.message(), signed.signature());
            assertEquals(
                    right,
                    scheme.verify(signed.key(), signed.message(), signed.signature()),
                    "-Daccp.seed=" + seed + " case " + i + " " + signed);
            boolean byItself = signed.key().type() != KeyType.HYBRID
                    && loaded.verifier().orElseThrow().accepts(signed.key(), signed.message(), signed.signature());
            assertTrue(right || !byItself, "-Daccp.seed=" + seed + " case " + i + " " + signed);
            accepted += right ? 1 : 0;
            acceptedByTheLibrary += byItself ? 1 : 0;
        }
        System.out.println(cases + " cases: " + accepted + " right, " + acceptedByTheLibrary
                + " accepted by the library (no hybrids), none of them wrong");
        assertTrue(accepted > cases / 20 && accepted < cases / 2, accepted + " of " + cases);
    }

    private List<SignedMessage> honest(KeyType type) {
        List<SignedMessage> honest = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            Signer signer = signer(type, key);
            for (int i = 0; i < MESSAGES; i++) {
                byte[] message = new byte[i * 40];
                Arrays.fill(message, (byte) key);
                honest.add(new SignedMessage(signer.publicKey(), Bytes.of(message), signer.sign(Bytes.of(message))));
            }
        }
        return honest;
    }

    private static SignedMessage mutated(SignedMessage signed, Random random) {
        Bytes signature = signed.signature();
        PublicKey key = signed.key();
        return switch (random.nextInt(10)) {
            case 0 -> new SignedMessage(key, signed.message(), flipped(signature, random));
            case 1 -> new SignedMessage(key, flipped(signed.message(), random), signature);
            case 2 -> new SignedMessage(
                    new PublicKey(key.type(), flipped(key.bytes(), random)), signed.message(), signature);
            case 3 -> new SignedMessage(key, signed.message(), random(signature.length(), random));
            case 4 -> new SignedMessage(
                    key, signed.message(), Bytes.of(Arrays.copyOf(signature.toArray(), random.nextInt(3_400))));
            case 5 -> new SignedMessage(key, signed.message(), withTheOrderAdded(signature));
            case 6 -> new SignedMessage(
                    new PublicKey(key.type(), random(key.bytes().length(), random)), signed.message(), signature);
            default -> signed;
        };
    }

    /** The number in bytes 32 to 63 and the order of the base point: malleable, where a library takes it. */
    private static Bytes withTheOrderAdded(Bytes signature) {
        byte[] changed = signature.toArray();
        byte[] order = Bytes.fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
                .toArray();
        int carry = 0;
        for (int i = 0; i < 32 && 32 + i < changed.length; i++) {
            carry += (changed[32 + i] & 0xff) + (order[i] & 0xff);
            changed[32 + i] = (byte) carry;
            carry >>= 8;
        }
        return Bytes.of(changed);
    }

    private static Bytes flipped(Bytes bytes, Random random) {
        if (bytes.length() == 0) {
            return Bytes.of(new byte[1]);
        }
        byte[] array = bytes.toArray();
        array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.of(array);
    }

    private static Bytes random(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private void assertSame(SignedMessage signed, String name) {
        boolean expected = rule.verify(signed.key(), signed.message(), signed.signature());
        assertEquals(expected, scheme.verify(signed.key(), signed.message(), signed.signature()), name);
        assertEquals(
                expected, scheme.verify(signed.key(), signed.message(), signed.signature()), name + ", key cached");
    }

    private Signer signer(KeyType type, int number) {
        byte[] seed = new byte[type.secretLength()];
        Arrays.fill(seed, (byte) (number + 1));
        return rule.signer(type, Bytes.of(seed));
    }

    private static List<SignedMessage> edgeCasesOfEd25519() throws IOException {
        List<SignedMessage> cases = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(Files.readString(vector("ed25519/cctv-edge-cases.json")))
                .getAsJsonArray()) {
            JsonObject edge = element.getAsJsonObject();
            Bytes message = Bytes.of(edge.get("msg").getAsString().getBytes(StandardCharsets.US_ASCII));
            cases.add(ed25519(
                    edge.get("key").getAsString(), message, edge.get("sig").getAsString()));
        }
        for (JsonElement element : JsonParser.parseString(Files.readString(vector("ed25519/speccheck-cases.json")))
                .getAsJsonArray()) {
            JsonObject check = element.getAsJsonObject();
            Bytes message = Bytes.fromHex(check.get("message").getAsString());
            cases.add(ed25519(
                    check.get("pub_key").getAsString(),
                    message,
                    check.get("signature").getAsString()));
        }
        return cases;
    }

    private static SignedMessage ed25519(String key, Bytes message, String signature) {
        return new SignedMessage(new PublicKey(KeyType.ED25519, Bytes.fromHex(key)), message, Bytes.fromHex(signature));
    }

    private static Bytes field(String block, String name) {
        return Bytes.fromHex(block.lines()
                .filter(line -> line.startsWith(name + " = "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 3)
                .strip());
    }

    private static Path vector(String file) {
        Path path = Path.of(System.getProperty("vectors", "../../../shared/vectors"), file);
        assumeTrue(Files.exists(path), file + " is absent from the folder of test vectors");
        return path;
    }
}
