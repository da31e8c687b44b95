package org.hauptbuch.node.signer;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.keys.PrivateFile;

/**
 * What a signer and its node know and nobody else, in a file of two lines that only its owner may read: the secret by
 * which they know each other, and the key that the signer signs with, so that a node knows it before the signer answers.
 *
 * @param secret {@link #LENGTH} random bytes
 * @param key the key that verifies what the signer signs
 */
public record SharedSecret(Bytes secret, PublicKey key) {
    /** The name of the file where nothing else is said. */
    public static final String FILE = "signer.secret";

    static final int LENGTH = 32;
    private static final int MAX_BYTES = 16_384;

    /** A fresh secret for the signer with {@code key}. */
    static SharedSecret make(PublicKey key) {
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        return new SharedSecret(Bytes.of(random), key);
    }

    /**
     * Reads {@link #write}'s file.
     *
     * @throws IllegalArgumentException where it is malformed, or others may read it; never shows the secret
     * @throws java.io.UncheckedIOException where it cannot be read
     */
    public static SharedSecret read(Path file) {
        List<String> lines = PrivateFile.read(file, MAX_BYTES).lines().toList();
        if (lines.size() != 2 || !lines.get(0).matches("[0-9a-f]{" + 2 * LENGTH + "}")) {
            throw new IllegalArgumentException(file + ": malformed, must be the file that the signer made: "
                    + 2 * LENGTH + " hexadecimal digits in the first line, the signer's public key in the second");
        }
        try {
            return new SharedSecret(Bytes.fromHex(lines.get(0)), PublicKey.fromHex(lines.get(1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": second line: " + e.getMessage(), e);
        }
    }

    /** Writes a new file. @throws java.io.UncheckedIOException where it exists or cannot be written */
    void write(Path file) {
        PrivateFile.write(file, secret.hex() + "\n" + key + "\n");
    }

    @Override
    public String toString() {
        return "SharedSecret[" + key.shortText() + "]";
    }
}
