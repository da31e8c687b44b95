package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ECVRF-EDWARDS25519-SHA512-ELL2: right proofs, all that is not one, and why a signer signs no point. */
class EcvrfTest {
    private static final Bytes ALPHA = Bytes.of("alpha".getBytes(StandardCharsets.US_ASCII));

    private final BouncyCastleScheme scheme = new BouncyCastleScheme();

    /** RFC 9381, appendix B.4, examples 19 to 21: secret, alpha, H, pi, beta. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,'',"
                + "b8066ebbb706c72b64390324e4a3276f129569eab100c26b9f05011200c1bad9,"
                + "7d9c633ffeee27349264cf5c667579fc583b4bda63ab71d001f89c10003ab46f"
                + "14adf9a3cd8b8412d9038531e865c341cafa73589b023d14311c331a9ad15ff2fb37831e00f0acaa6d73bc9997b06501,"
                + "9d574bf9b8302ec0fc1e21c3ec5368269527b87b462ce36dab2d14ccf80c53cc"
                + "cf6758f058c5b1c856b116388152bbe509ee3b9ecfe63d93c3b4346c1fbc6c54",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,72,"
                + "76ac3ccb86158a9104dff819b1ca293426d305fd76b39b13c9356d9b58c08e57,"
                + "47b327393ff2dd81336f8a2ef10339112401253b3c714eeda879f12c509072ef"
                + "055b48372bb82efbdce8e10c8cb9a2f9d60e93908f93df1623ad78a86a028d6bc064dbfc75a6a57379ef855dc6733801,"
                + "38561d6b77b71d30eb97a062168ae12b667ce5c28caccdf76bc88e093e463598"
                + "7cd96814ce55b4689b3dd2947f80e59aac7b7675f8083865b46c89b2ce9cc735",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,af82,"
                + ",926e895d308f5e328e7aa159c06eddbe56d06846abf5d98c2512235eaa57fdce"
                + "35b46edfc655bc828d44ad09d1150f31374e7ef73027e14760d42e77341fe05467bb286cc2c9d7fde29120a0b2320d04,"
                + "121b7f9b9aaaa29099fc04a94ba52784d44eac976dd1a3cca458733be5cd090a"
                + "7b5fbd148444f17f8daf1fb55cb04b1ae85a626e30a54b4b0f8abf4a43314a58"
    })
    void examplesOfTheStandard(String secret, String alpha, String h, String pi, String beta) {
        Signer signer = scheme.signer(KeyType.ED25519, Bytes.fromHex(secret));
        byte[] salt = signer.publicKey().bytes().toArray();
        byte[] input = Bytes.fromHex(alpha).toArray();
        if (h != null) {
            assertEquals(
                    h, Bytes.of(Elligator.encodeToCurve(salt, input).encode()).hex());
        }
        assertEquals(pi, signer.prove(Bytes.of(input)).hex());
        assertEquals(
                Optional.of(Bytes.fromHex(beta)),
                scheme.proofOutput(signer.publicKey(), Bytes.of(input), Bytes.fromHex(pi)));
    }

    /** Their proofs are of another form, with both points in the place of c: Gamma, s and the output are the same. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12})
    void vectorsOfOthers(int number) throws IOException {
        Map<String, String> vector = Vectors.ecvrf(number);
        Signer signer = scheme.signer(KeyType.ED25519, Bytes.fromHex(vector.get("sk")));
        assertEquals(vector.get("pk"), signer.publicKey().bytes().hex());
        Bytes alpha = Bytes.fromHex(vector.get("alpha").equals("empty") ? "" : vector.get("alpha"));
        Bytes proof = signer.prove(alpha);
        assertEquals(vector.get("pi").substring(0, 64), proof.hex().substring(0, 64));
        assertEquals(vector.get("pi").substring(192), proof.hex().substring(96));
        assertEquals(
                Optional.of(Bytes.fromHex(vector.get("beta"))), scheme.proofOutput(signer.publicKey(), alpha, proof));
        assertRefused(signer.publicKey(), alpha, Bytes.fromHex(vector.get("pi")));
    }

    /** RFC 9380, appendix J.5.2, with its own domain left out: the map alone, against the plain definition. */
    @Test
    void elligatorAgainstItsDefinition() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            BigInteger u = i < 3 ? BigInteger.valueOf(i) : new BigInteger(255, random).mod(Field25519.P);
            AffinePoint point = Elligator.map(Field25519.of(u));
            BigInteger[] expected = elligator(u);
            String name = "seed " + seed + " u " + u;
            assertEquals(
                    Bytes.of(Field25519.encode(Field25519.of(expected[0]))),
                    Bytes.of(Field25519.encode(point.x())),
                    name);
            assertEquals(
                    Bytes.of(Field25519.encode(Field25519.of(expected[1]))),
                    Bytes.of(Field25519.encode(point.y())),
                    name);
        }
    }

    /** RFC 9380, sections 6.7.1 and D.1, with the platform's big numbers. */
    private static BigInteger[] elligator(BigInteger u) {
        BigInteger p = Field25519.P;
        BigInteger j = BigInteger.valueOf(486_662);
        BigInteger s = j.negate()
                .multiply(BigInteger.ONE.add(u.multiply(u).shiftLeft(1)).modInverse(p))
                .mod(p);
        BigInteger t = root(curve(s));
        if (t != null) {
            t = t.testBit(0) || t.signum() == 0 ? t : p.subtract(t);
        } else {
            s = s.negate().subtract(j).mod(p);
            t = root(curve(s));
            t = t.testBit(0) ? p.subtract(t) : t;
        }
        if (t.signum() == 0 || s.add(BigInteger.ONE).mod(p).signum() == 0) {
            return new BigInteger[] {BigInteger.ZERO, BigInteger.ONE};
        }
        BigInteger c = root(BigInteger.valueOf(-486_664).mod(p));
        c = c.testBit(0) ? p.subtract(c) : c;
        return new BigInteger[] {
            c.multiply(s).multiply(t.modInverse(p)).mod(p),
            s.subtract(BigInteger.ONE)
                    .multiply(s.add(BigInteger.ONE).modInverse(p))
                    .mod(p)
        };
    }

    private static BigInteger curve(BigInteger s) {
        return s.pow(3)
                .add(BigInteger.valueOf(486_662).multiply(s.pow(2)))
                .add(s)
                .mod(Field25519.P);
    }

    private static BigInteger root(BigInteger square) {
        BigInteger p = Field25519.P;
        BigInteger root = square.modPow(p.add(BigInteger.valueOf(3)).shiftRight(3), p);
        if (!root.multiply(root).mod(p).equals(square)) {
            root = root.multiply(BigInteger.TWO.modPow(p.shiftRight(2), p)).mod(p);
        }
        return root.multiply(root).mod(p).equals(square) ? root : null;
    }

    @Test
    void oneOutputForEachKeyAndInput() {
        Signer alice = signer(1);
        Optional<Bytes> output = scheme.proofOutput(alice.publicKey(), ALPHA, alice.prove(ALPHA));
        assertEquals(64, output.orElseThrow().length());
        assertEquals(alice.prove(ALPHA), signer(1).prove(ALPHA));
        assertNotEquals(output, scheme.proofOutput(alice.publicKey(), Bytes.EMPTY, alice.prove(Bytes.EMPTY)));
        assertNotEquals(
                output,
                scheme.proofOutput(signer(2).publicKey(), ALPHA, signer(2).prove(ALPHA)));
    }

    @Test
    void everyFlippedBitIsRefused() {
        Signer alice = signer(1);
        byte[] proof = alice.prove(ALPHA).toArray();
        for (int bit = 0; bit < 8 * proof.length; bit++) {
            byte[] flipped = proof.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(
                    Optional.empty(), scheme.proofOutput(alice.publicKey(), ALPHA, Bytes.of(flipped)), "bit " + bit);
        }
    }

    @Test
    void anotherInputKeyOrLengthIsRefused() {
        Signer alice = signer(1);
        Bytes proof = alice.prove(ALPHA);
        assertRefused(alice.publicKey(), Bytes.EMPTY, proof);
        assertRefused(signer(2).publicKey(), ALPHA, proof);
        for (int length : new int[] {0, 32, 79, 81, 128}) {
            assertRefused(alice.publicKey(), ALPHA, Bytes.of(Arrays.copyOf(proof.toArray(), length)));
        }
        assertRefused(alice.publicKey(), ALPHA, alice.sign(ALPHA));
    }

    @Test
    void aScalarThatIsNotTheLeastIsRefused() {
        Signer alice = signer(1);
        byte[] proof = alice.prove(ALPHA).toArray();
        byte[] s = new byte[32];
        for (int i = 0; i < 32; i++) {
            s[i] = proof[79 - i];
        }
        byte[] malleable = new BigInteger(1, s).add(BatchVerifier.L).toByteArray();
        for (int i = 0; i < 32; i++) {
            proof[48 + i] = i < malleable.length ? malleable[malleable.length - 1 - i] : 0;
        }
        assertRefused(alice.publicKey(), ALPHA, Bytes.of(proof));
    }

    /** With a key of small order, outputs could be chosen: RFC 9381, section 5.4.5. Here Gamma, c and s are made for it. */
    @Test
    void aKeyOfSmallOrderIsRefused() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] proof = Arrays.copyOf(neutral, 80);
        assertRefused(new PublicKey(KeyType.ED25519, Bytes.of(neutral)), ALPHA, Bytes.of(proof));
        byte[] none = new byte[32];
        Arrays.fill(none, (byte) 0xff);
        assertRefused(new PublicKey(KeyType.ED25519, Bytes.of(none)), ALPHA, Bytes.of(proof));
    }

    @Test
    void aHybridKeyProvesWithItsEd25519HalfAndAnMlDsaKeyDoesNot() {
        Bytes secret = Bytes.of(new byte[64]);
        Signer hybrid = scheme.signer(KeyType.HYBRID, secret);
        Signer half = scheme.signer(KeyType.ED25519, Bytes.of(new byte[32]));
        assertEquals(half.prove(ALPHA), hybrid.prove(ALPHA));
        assertEquals(
                scheme.proofOutput(half.publicKey(), ALPHA, half.prove(ALPHA)),
                scheme.proofOutput(hybrid.publicKey(), ALPHA, half.prove(ALPHA)));

        Signer mlDsa = scheme.signer(KeyType.ML_DSA_65, Bytes.of(new byte[32]));
        assertThrows(UnsupportedOperationException.class, () -> mlDsa.prove(ALPHA));
        assertRefused(mlDsa.publicKey(), ALPHA, half.prove(ALPHA));
    }

    /**
     * Why a signer signs no message of 32 bytes: H is public, and a signature over it has the nonce of the proof. Here the
     * refusal is passed by, and the key falls out of two linear equations.
     */
    @Test
    void aSignatureOverThePointWouldGiveAwayTheKey() {
        Signers.Ed25519Signer signer = (Signers.Ed25519Signer) signer(1);
        byte[] key = signer.publicKey().bytes().toArray();
        Bytes point = Bytes.of(Elligator.encodeToCurve(key, ALPHA.toArray()).encode());
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> signer.sign(point));
        assertEquals(
                "message: 32 bytes, must be shorter or longer, as signing a point would give away the key",
                refused.getMessage());

        byte[] proof = signer.prove(ALPHA).toArray();
        byte[] signature = signer.signature(point).toArray();
        byte[] hashed = Sha512.digest().digest(join(Arrays.copyOf(signature, 32), key, point.toArray()));
        BigInteger c = number(proof, 32, 16);
        BigInteger difference = number(hashed, 0, 64).subtract(c);
        BigInteger x = number(signature, 32, 32)
                .subtract(number(proof, 48, 32))
                .multiply(difference.modInverse(BatchVerifier.L))
                .mod(BatchVerifier.L);
        ExtendedPoint stolen = MultiScalar.sum(java.util.List.of(new MultiScalar.Term(AffinePoint.BASE, x)));
        assertEquals(signer.publicKey().bytes(), Bytes.of(stolen.encode()));
    }

    private void assertRefused(PublicKey key, Bytes alpha, Bytes proof) {
        assertEquals(Optional.empty(), scheme.proofOutput(key, alpha, proof));
    }

    private Signer signer(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return scheme.signer(KeyType.ED25519, Bytes.of(seed));
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int at = all.length;
            all = Arrays.copyOf(all, at + part.length);
            System.arraycopy(part, 0, all, at, part.length);
        }
        return all;
    }

    private static BigInteger number(byte[] bytes, int from, int length) {
        byte[] reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[from + length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
