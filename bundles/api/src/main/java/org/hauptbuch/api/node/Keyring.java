package org.hauptbuch.api.node;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.KeyType;
import org.osgi.annotation.versioning.ProviderType;

/** The keys of this home, by name. One service in the container. Thread-safe. */
@ProviderType
public interface Keyring {
    /** All keys, by ascending name. */
    List<KeyInfo> list();

    /**
     * Makes a key.
     *
     * @throws IllegalArgumentException where the name is taken or not 1 to 64 of {@code a-z 0-9 _ . -}
     */
    KeyInfo create(String name, KeyType type);

    /** The signer of a key, if there is one of that name. */
    Optional<Signer> signer(String name);
}
