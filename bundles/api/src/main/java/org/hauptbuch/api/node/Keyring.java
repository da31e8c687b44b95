package org.hauptbuch.api.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.KeyType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The keys of this home, by name. Their secrets lie encrypted on the disk; what needs one reads the home's passphrase.
 * One service in the container. Thread-safe.
 */
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

    /**
     * The signer of a key, if there is one of that name.
     *
     * @throws IllegalArgumentException where its file cannot be opened: no passphrase, a wrong one, a damaged file, or one
     *     that others may read
     */
    Optional<Signer> signer(String name);

    /**
     * Takes a key that was exported, or one that an earlier build left unencrypted. One of this home is encrypted in its
     * place.
     *
     * @param file the key's file
     * @param name what it is called here; empty: as in the file
     * @param passphrase that of the file; asked only where it is encrypted
     * @throws IllegalArgumentException where the file is no key, the passphrase is wrong, or the name is taken
     * @throws java.io.UncheckedIOException where a file cannot be read or written
     */
    KeyInfo importKey(Path file, Optional<String> name, Supplier<String> passphrase);

    /**
     * Writes a key to a new file, encrypted with a passphrase of its own.
     *
     * @param name the key
     * @param file a file that must not exist
     * @param passphrase of 8 to 1024 characters
     * @throws IllegalArgumentException where there is no such key, or the passphrase is too short or too long
     * @throws java.io.UncheckedIOException where a file cannot be read or written
     */
    KeyInfo exportKey(String name, Path file, Supplier<String> passphrase);

    /**
     * The line in a file with a passphrase.
     *
     * @throws IllegalArgumentException where it has none of 8 to 1024 characters, or others than its owner may read it
     * @throws java.io.UncheckedIOException where it cannot be read
     */
    String passphrase(Path file);
}
