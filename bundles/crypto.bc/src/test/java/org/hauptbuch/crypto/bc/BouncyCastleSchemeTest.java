package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

class BouncyCastleSchemeTest {
    /** The order of the base point (RFC 8032, section 5.1). */
    private static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final Bytes MESSAGE = Bytes.of("hauptbuch".getBytes(StandardCharsets.US_ASCII));

    private final BouncyCastleScheme scheme = new BouncyCastleScheme();

    @Test
    void aFreshSecretSigns() {
        Bytes secret = scheme.newSecret(KeyType.ED25519);
        assertNotEquals(secret, scheme.newSecret(KeyType.ED25519));
        Signer signer = scheme.signer(KeyType.ED25519, secret);
        assertTrue(scheme.verify(signer.publicKey(), MESSAGE, signer.sign(MESSAGE)));
        assertEquals(
                signer.sign(MESSAGE), scheme.signer(KeyType.ED25519, secret).sign(MESSAGE));
    }

    @Test
    void everyFlippedBitIsRefused() {
        Signer signer = signer(1);
        byte[] signature = signer.sign(MESSAGE).toArray();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(scheme.verify(signer.publicKey(), MESSAGE, Bytes.of(flipped)), "bit " + bit);
        }
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        assertFalse(scheme.verify(signer(1).publicKey(), MESSAGE, signer(2).sign(MESSAGE)));
    }

    @Test
    void scalarAtOrOverTheOrderIsRefused() {
        Signer signer = signer(3);
        byte[] signature = signer.sign(MESSAGE).toArray();
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = signature[63 - i];
        }
        byte[] malleable = new BigInteger(1, bigEndian).add(L).toByteArray();
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = i < malleable.length ? malleable[malleable.length - 1 - i] : 0;
        }
        assertFalse(scheme.verify(signer.publicKey(), MESSAGE, Bytes.of(signature)));
    }

    @Test
    void malformedInputIsRefusedAndNeverThrows() {
        Signer signer = signer(4);
        byte[] good = signer.sign(MESSAGE).toArray();
        for (int length : new int[] {0, 1, 63, 65, 128}) {
            assertFalse(scheme.verify(signer.publicKey(), MESSAGE, Bytes.of(Arrays.copyOf(good, length))));
        }
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] key = new byte[32];
            byte[] signature = new byte[64];
            random.nextBytes(key);
            random.nextBytes(signature);
            assertFalse(scheme.verify(new PublicKey(KeyType.ED25519, Bytes.of(key)), MESSAGE, Bytes.of(signature)));
            assertFalse(scheme.verify(signer.publicKey(), MESSAGE, Bytes.of(signature)));
        }
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertFalse(scheme.verify(new PublicKey(KeyType.ED25519, Bytes.of(ones)), MESSAGE, Bytes.of(good)));
    }

    @Test
    void secretOfAnotherLengthIsRefusedWithoutShowingIt() {
        for (int length : new int[] {0, 31, 33, 64}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> scheme.signer(KeyType.ED25519, Bytes.of(new byte[length])));
            assertEquals("secret: " + length + " bytes, must be 32 for ED25519", refused.getMessage());
        }
        assertFalse(signer(6).toString().contains(Bytes.of(seed(6)).hex()));
    }

    @Test
    void verifiesFromManyThreads() {
        List<Signer> signers = IntStream.range(0, 8)
                .mapToObj(BouncyCastleSchemeTest.this::signer)
                .toList();
        long right = IntStream.range(0, 400)
                .parallel()
                .filter(i -> {
                    Signer signer = signers.get(i % 8);
                    PublicKey key =
                            signers.get(i % 3 == 0 ? (i + 1) % 8 : i % 8).publicKey();
                    return scheme.verify(key, MESSAGE, signer.sign(MESSAGE)) == (i % 3 != 0);
                })
                .count();
        assertEquals(400, right);
    }

    @Test
    void cacheIsBoundedAndForgetsTheLeastRecentlyUsed() {
        PointCache<Bytes> cache = new PointCache<>(2, Bytes::of);
        Bytes first = signer(1).publicKey().bytes();
        Bytes second = signer(2).publicKey().bytes();
        cache.decode(first);
        cache.decode(second);
        cache.decode(first);
        cache.decode(signer(3).publicKey().bytes());
        assertEquals(2, cache.size());
        assertNotNull(cache.known(first));
        assertNull(cache.known(second));
        assertNotNull(cache.decode(second));
    }

    @Test
    void cacheKeepsNoRefusedKey() {
        PointCache<Bytes> cache = new PointCache<>(2, key -> null);
        assertNull(cache.decode(Bytes.of(new byte[32])));
        assertEquals(0, cache.size());
    }

    @Test
    void registersNoProvider() {
        scheme.verify(signer(1).publicKey(), MESSAGE, signer(1).sign(MESSAGE));
        assertNull(Security.getProvider("BC"));
    }

    private Signer signer(int number) {
        return scheme.signer(KeyType.ED25519, Bytes.of(seed(number)));
    }

    private static byte[] seed(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) (0x41 + number));
        return seed;
    }
}
