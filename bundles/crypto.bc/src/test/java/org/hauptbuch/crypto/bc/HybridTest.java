package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** Both halves or nothing, and no half by itself. */
class HybridTest {
    private static final Bytes MESSAGE = Bytes.of("hauptbuch".getBytes(StandardCharsets.US_ASCII));

    private final BouncyCastleScheme scheme = new BouncyCastleScheme();
    private final Signer hybrid = signer(KeyType.HYBRID, 1);
    private final Bytes signature = hybrid.sign(MESSAGE);

    @Test
    void sizesFollowFromTheHalves() {
        assertEquals(1_984, hybrid.publicKey().bytes().length());
        assertEquals(3_373, signature.length());
        assertEquals(KeyType.MAX_SIGNATURE, signature.length());
        assertEquals(64, scheme.newSecret(KeyType.HYBRID).length());
        assertThrows(IllegalArgumentException.class, () -> scheme.signer(KeyType.HYBRID, Bytes.of(new byte[32])));
        assertThrows(IllegalArgumentException.class, () -> scheme.signer(KeyType.ML_DSA_65, Bytes.of(new byte[64])));
    }

    @Test
    void bothHalvesRightIsRight() {
        assertTrue(verify(signature));
        assertEquals(signature, signer(KeyType.HYBRID, 1).sign(MESSAGE));
    }

    @Test
    void oneHalfRightIsWrong() {
        Bytes other = hybrid.sign(Bytes.EMPTY);
        assertFalse(verify(Hybrid.join(Hybrid.ed25519Signature(signature), Hybrid.mlDsa65Signature(other))));
        assertFalse(verify(Hybrid.join(Hybrid.ed25519Signature(other), Hybrid.mlDsa65Signature(signature))));
        Bytes stranger = signer(KeyType.HYBRID, 2).sign(MESSAGE);
        assertFalse(verify(Hybrid.join(Hybrid.ed25519Signature(signature), Hybrid.mlDsa65Signature(stranger))));
        assertFalse(verify(Hybrid.join(Hybrid.ed25519Signature(stranger), Hybrid.mlDsa65Signature(signature))));
    }

    @Test
    void aFlippedBitAnywhereIsWrong() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int bit = i < 100 ? random.nextInt(512) : random.nextInt(8 * signature.length());
            byte[] flipped = signature.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(verify(Bytes.of(flipped)), "seed " + seed + " bit " + bit);
        }
    }

    @Test
    void anotherLengthOrOrderIsWrong() {
        for (int length : new int[] {0, 64, 3_309, 3_372, 3_374}) {
            assertFalse(verify(Bytes.of(Arrays.copyOf(signature.toArray(), length))), length + " bytes");
        }
        assertFalse(verify(Hybrid.join(Hybrid.mlDsa65Signature(signature), Hybrid.ed25519Signature(signature))));
        Bytes key = hybrid.publicKey().bytes();
        PublicKey swapped = new PublicKey(
                KeyType.HYBRID,
                Hybrid.join(
                        Hybrid.mlDsa65(hybrid.publicKey()).bytes(),
                        Hybrid.ed25519(hybrid.publicKey()).bytes()));
        assertEquals(key.length(), swapped.bytes().length());
        assertFalse(scheme.verify(swapped, MESSAGE, signature));
    }

    /** A half that was cut off is no signature of a stand-alone key over anything, not even over what it signed. */
    @Test
    void aHalfIsNothingByItself() {
        PublicKey ed25519 = Hybrid.ed25519(hybrid.publicKey());
        PublicKey mlDsa65 = Hybrid.mlDsa65(hybrid.publicKey());
        for (Bytes message : List.of(MESSAGE, Hybrid.signed(MESSAGE))) {
            assertFalse(scheme.verify(ed25519, message, Hybrid.ed25519Signature(signature)));
            assertFalse(scheme.verify(mlDsa65, message, Hybrid.mlDsa65Signature(signature)));
            List<SignedMessage> batch = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                batch.add(new SignedMessage(ed25519, message, Hybrid.ed25519Signature(signature)));
                batch.add(new SignedMessage(mlDsa65, message, Hybrid.mlDsa65Signature(signature)));
            }
            assertArrayEquals(new boolean[16], scheme.verifyAll(batch));
        }
        // which is no wonder only for the rule: the curve's equation holds
        assertTrue(org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                signature.toArray(),
                0,
                ed25519.bytes().toArray(),
                0,
                Hybrid.signed(MESSAGE).toArray(),
                0,
                Hybrid.signed(MESSAGE).length()));
        Signer alone = scheme.signer(KeyType.ED25519, seed(1, 32));
        assertEquals(ed25519, alone.publicKey());
        assertThrows(IllegalArgumentException.class, () -> alone.sign(Hybrid.signed(MESSAGE)));
    }

    @Test
    void signaturesOfStandAloneKeysMakeNoHybridOne() {
        Signer ed25519 = scheme.signer(KeyType.ED25519, seed(1, 32));
        Signer mlDsa65 = scheme.signer(KeyType.ML_DSA_65, seed(1, 32));
        assertEquals(
                hybrid.publicKey().bytes(),
                Hybrid.join(ed25519.publicKey().bytes(), mlDsa65.publicKey().bytes()));
        assertFalse(verify(Hybrid.join(ed25519.sign(MESSAGE), mlDsa65.sign(MESSAGE))));
    }

    /** Mixed types, each kind right and wrong, in an order drawn: the batch says what single verification says. */
    @Test
    void aMixedBatchIsJudgedAsItsMembersAre() {
        long seed = 6;
        Random random = new Random(seed);
        List<SignedMessage> batch = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            KeyType type = KeyType.values()[random.nextInt(3)];
            Signer signer = signer(type, random.nextInt(3));
            byte[] signed = signer.sign(MESSAGE).toArray();
            int fault = random.nextInt(6);
            if (fault == 0) {
                signed[0] ^= 1;
            } else if (fault == 1) {
                signed[signed.length - 1] ^= (byte) 0x80;
            } else if (fault == 2) {
                signed = Arrays.copyOf(signed, signed.length - 1);
            }
            batch.add(new SignedMessage(signer.publicKey(), MESSAGE, Bytes.of(signed)));
            expected.add(fault > 2);
        }
        boolean[] right = scheme.verifyAll(batch);
        for (int i = 0; i < right.length; i++) {
            SignedMessage one = batch.get(i);
            String name = "seed " + seed + " case " + i + " " + one.key().type();
            assertEquals(expected.get(i), right[i], name);
            assertEquals(right[i], scheme.verify(one.key(), one.message(), one.signature()), name);
        }
    }

    private boolean verify(Bytes of) {
        return scheme.verify(hybrid.publicKey(), MESSAGE, of);
    }

    private Signer signer(KeyType type, int number) {
        return scheme.signer(type, seed(number, type.secretLength()));
    }

    private static Bytes seed(int number, int length) {
        byte[] seed = new byte[length];
        Arrays.fill(seed, (byte) number);
        return Bytes.of(seed);
    }
}
