package org.hauptbuch.node.setup;

import java.util.ServiceLoader;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.keys.KeyFile;

/** Makes keys for development. */
final class DevelopmentKeys {
    private final SignatureScheme scheme;

    DevelopmentKeys(SignatureScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * Keys of the scheme that a jar on the class path declares by the platform's own means: a network is set up before
     * there is a container with services.
     */
    static DevelopmentKeys ofClassPath() {
        return new DevelopmentKeys(
                ServiceLoader.load(SignatureScheme.class)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "no signature scheme on the class path, must be one, such as the jar of org.hauptbuch.crypto.bc")));
    }

    /** A fresh key. */
    KeyFile make(String name, KeyType type) {
        Bytes secret = scheme.newSecret(type);
        return new KeyFile(name, secret, scheme.signer(type, secret).publicKey(), true);
    }
}
