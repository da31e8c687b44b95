package org.hauptbuch.api.crypto;

import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Encrypts secrets that lie on a disk: Argon2id (RFC 9106, version 0x13) makes a key of a passphrase and a salt, and
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D, a nonce of 96 and a tag of 128 bits) encrypts with it. Whoever changes
 * a bit of what was encrypted, of its header or of the parameters is found out. Thread-safe.
 */
@ConsumerType
public interface PassphraseCipher {
    /** The length of a salt in bytes. */
    int SALT_LENGTH = 16;

    /** The length of a nonce in bytes. */
    int NONCE_LENGTH = 12;

    /** What the encrypted text has more than the plain one, in bytes. */
    int TAG_LENGTH = 16;

    /**
     * What it costs to try a passphrase.
     *
     * @param memoryKiB memory, from eight for each lane to {@link #MAX_MEMORY_KIB}, in units of 1024 bytes
     * @param passes over that memory, 1 to {@link #MAX_PASSES}
     * @param lanes 1 to {@link #MAX_LANES}
     */
    record Cost(int memoryKiB, int passes, int lanes) {
        /** The most memory: a file must not take all that a node has. */
        public static final int MAX_MEMORY_KIB = 256 << 10;

        /** The most passes. */
        public static final int MAX_PASSES = 16;

        /** The most lanes. */
        public static final int MAX_LANES = 16;

        /** For what a person chose: the second recommendation of RFC 9106, section 4. About half a second. */
        public static final Cost CHOSEN = new Cost(64 << 10, 3, 4);

        /** For 256 bits from a random source, which nobody can try: a few milliseconds. */
        public static final Cost RANDOM = new Cost(1 << 10, 1, 1);

        /** @throws IllegalArgumentException naming the parameter, its value and its range */
        public Cost {
            check("lanes", lanes, 1, MAX_LANES);
            check("memoryKiB", memoryKiB, 8 * lanes, MAX_MEMORY_KIB);
            check("passes", passes, 1, MAX_PASSES);
        }

        private static void check(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + ": " + value + ", must be " + least + " to " + most);
            }
        }
    }

    /**
     * A secret that was encrypted.
     *
     * @param cost what it costs to try a passphrase
     * @param salt {@link #SALT_LENGTH} random bytes
     * @param nonce {@link #NONCE_LENGTH} random bytes
     * @param text the encrypted secret and its tag
     */
    record Sealed(Cost cost, Bytes salt, Bytes nonce, Bytes text) {
        /** @throws IllegalArgumentException where a length is wrong */
        public Sealed {
            check("salt", salt.length(), SALT_LENGTH, SALT_LENGTH);
            check("nonce", nonce.length(), NONCE_LENGTH, NONCE_LENGTH);
            check("text", text.length(), TAG_LENGTH, 1 << 20);
        }

        private static void check(String name, int length, int least, int most) {
            if (length < least || length > most) {
                throw new IllegalArgumentException(
                        name + ": " + length + " bytes, must be " + least + (least == most ? "" : " to " + most));
            }
        }
    }

    /**
     * Encrypts {@code secret} with a fresh salt and nonce.
     *
     * @param header what is not secret and must not be changed; it is not kept in the result
     */
    Sealed seal(Bytes passphrase, Cost cost, Bytes header, Bytes secret);

    /** The secret; empty where passphrase or header is another one, or anything was changed. */
    Optional<Bytes> open(Bytes passphrase, Bytes header, Sealed sealed);
}
