package org.hauptbuch.node.setup;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.keys.KeySafe;
import org.hauptbuch.node.keys.SecretKey;

/** Makes keys for development, and keeps them encrypted: each home has a passphrase of its own, made at random. */
final class DevelopmentKeys {
    private final SignatureScheme scheme;
    private final PassphraseCipher cipher;

    DevelopmentKeys(SignatureScheme scheme, PassphraseCipher cipher) {
        this.scheme = scheme;
        this.cipher = cipher;
    }

    /**
     * Keys of the scheme that a jar on the class path declares by the platform's own means: a network is set up before
     * there is a container with services.
     */
    static DevelopmentKeys ofClassPath() {
        return new DevelopmentKeys(onClassPath(SignatureScheme.class), onClassPath(PassphraseCipher.class));
    }

    private static <T> T onClassPath(Class<T> service) {
        return ServiceLoader.load(service)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + service.getSimpleName()
                        + " on the class path, must be one, such as the jar of org.hauptbuch.crypto.bc"));
    }

    /** A fresh key. */
    SecretKey make(String name, KeyType type) {
        return KeySafe.make(scheme, name, type, true);
    }

    /** Writes a key into a home that has none of that name. */
    void write(Path home, SecretKey key) {
        safe(home).seal(key).write(KeyFile.in(home.resolve("keys"), key.name()));
    }

    /** Gives a key of one home to another, under that one's passphrase. */
    void copy(Path from, Path to, String name) {
        write(to, safe(from).open(KeyFile.read(KeyFile.in(from.resolve("keys"), name))));
    }

    private KeySafe safe(Path home) {
        return KeySafe.forDevelopment(home, scheme, cipher);
    }
}
