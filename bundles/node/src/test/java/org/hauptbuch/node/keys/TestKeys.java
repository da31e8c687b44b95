package org.hauptbuch.node.keys;

import java.nio.file.Path;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.bc.Argon2Cipher;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;

/** Keys of homes for tests. */
public final class TestKeys {
    public static final PassphraseCipher CIPHER = new Argon2Cipher();

    private TestKeys() {}

    /** The safe of a home, whose passphrase is made where there is none. */
    public static KeySafe safe(Path home) {
        return KeySafe.forDevelopment(home, TestChain.SCHEME, CIPHER);
    }

    /** Writes a key whose secret is known. */
    public static void write(Path home, String name, KeyType type, Bytes secret) {
        SecretKey key = new SecretKey(
                name, secret, TestChain.SCHEME.signer(type, secret).publicKey(), true);
        safe(home).seal(key).write(KeyFile.in(home.resolve("keys"), name));
    }

    /** Writes the consensus key that {@link TestChain} gives a validator. */
    public static void writeConsensus(Path home, String name) {
        write(home, name, KeyType.ED25519, TestRules.digest("consensus " + name).bytes());
    }
}
