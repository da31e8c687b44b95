package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hauptbuch.api.crypto.PassphraseCipher.Cost;
import org.hauptbuch.api.crypto.PassphraseCipher.Sealed;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

final class Argon2CipherTest {
    private static final Cost CHEAP = new Cost(8, 1, 1);
    private static final Bytes HEADER = text("a header");
    private static final Bytes PASSPHRASE = text("correct horse");
    private static final Bytes SECRET = Bytes.of(new byte[64]);

    private final Argon2Cipher cipher = new Argon2Cipher();

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes flip(Bytes bytes, int bit) {
        byte[] array = bytes.toArray();
        array[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.of(array);
    }

    private static byte[] filled(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** RFC 9106, section 5.3. */
    @Test
    void theVectorOfArgon2id() {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(2, 16))
                .withSecret(filled(3, 8))
                .withAdditional(filled(4, 12))
                .build();
        assertEquals(
                "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
                Bytes.of(Argon2Cipher.derive(parameters, filled(1, 32))).hex());
    }

    @Test
    void whatWasSealedIsOpened() {
        for (Cost cost : new Cost[] {CHEAP, Cost.RANDOM, new Cost(32, 2, 4)}) {
            Sealed sealed = cipher.seal(PASSPHRASE, cost, HEADER, SECRET);
            assertEquals(Optional.of(SECRET), cipher.open(PASSPHRASE, HEADER, sealed));
            assertEquals(SECRET.length() + 16, sealed.text().length());
        }
    }

    @Test
    void noTwoAreTheSame() {
        Sealed one = cipher.seal(PASSPHRASE, CHEAP, HEADER, SECRET);
        Sealed two = cipher.seal(PASSPHRASE, CHEAP, HEADER, SECRET);
        assertNotEquals(one.salt(), two.salt());
        assertNotEquals(one.nonce(), two.nonce());
        assertNotEquals(one.text(), two.text());
    }

    @Test
    void everyChangedBitIsFoundOut() {
        Sealed sealed = cipher.seal(PASSPHRASE, CHEAP, HEADER, SECRET);
        for (int bit = 0; bit < 8 * sealed.text().length(); bit++) {
            assertClosed(HEADER, new Sealed(CHEAP, sealed.salt(), sealed.nonce(), flip(sealed.text(), bit)));
        }
        for (int bit = 0; bit < 8 * sealed.nonce().length(); bit++) {
            assertClosed(HEADER, new Sealed(CHEAP, sealed.salt(), flip(sealed.nonce(), bit), sealed.text()));
        }
        for (int bit = 0; bit < 8 * sealed.salt().length(); bit++) {
            assertClosed(HEADER, new Sealed(CHEAP, flip(sealed.salt(), bit), sealed.nonce(), sealed.text()));
        }
        for (int bit = 0; bit < 8 * HEADER.length(); bit++) {
            assertClosed(flip(HEADER, bit), sealed);
        }
        assertClosed(HEADER, new Sealed(new Cost(9, 1, 1), sealed.salt(), sealed.nonce(), sealed.text()));
        assertClosed(HEADER, new Sealed(new Cost(8, 2, 1), sealed.salt(), sealed.nonce(), sealed.text()));
        assertEquals(Optional.empty(), cipher.open(text("correct horsf"), HEADER, sealed));
    }

    private void assertClosed(Bytes header, Sealed sealed) {
        assertEquals(Optional.empty(), cipher.open(PASSPHRASE, header, sealed));
    }

    @Test
    void absurdCostsAndLengthsAreRefused() {
        assertRefused("memoryKiB: 7, must be 8 to 262144", () -> new Cost(7, 1, 1));
        assertRefused("memoryKiB: 31, must be 32 to 262144", () -> new Cost(31, 1, 4));
        assertRefused("memoryKiB: 262145, must be 8 to 262144", () -> new Cost(262_145, 1, 1));
        assertRefused("passes: 0, must be 1 to 16", () -> new Cost(8, 0, 1));
        assertRefused("passes: 17, must be 1 to 16", () -> new Cost(8, 17, 1));
        assertRefused("lanes: 0, must be 1 to 16", () -> new Cost(8, 1, 0));
        assertRefused("lanes: 17, must be 1 to 16", () -> new Cost(1_000, 1, 17));
        Sealed good = cipher.seal(PASSPHRASE, CHEAP, HEADER, SECRET);
        assertRefused("salt: 0 bytes, must be 16", () -> new Sealed(CHEAP, Bytes.EMPTY, good.nonce(), good.text()));
        assertRefused("nonce: 0 bytes, must be 12", () -> new Sealed(CHEAP, good.salt(), Bytes.EMPTY, good.text()));
        assertRefused(
                "text: 0 bytes, must be 16 to 1048576",
                () -> new Sealed(CHEAP, good.salt(), good.nonce(), Bytes.EMPTY));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
