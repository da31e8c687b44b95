package org.hauptbuch.node.keys;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;

/** Encrypts keys with one passphrase and opens them; it is asked for when it is needed, and not kept. Thread-safe. */
public final class KeySafe {
    private final SignatureScheme scheme;
    private final PassphraseCipher cipher;
    private final Supplier<Passphrase> passphrase;

    KeySafe(SignatureScheme scheme, PassphraseCipher cipher, Supplier<Passphrase> passphrase) {
        this.scheme = scheme;
        this.cipher = cipher;
        this.passphrase = passphrase;
    }

    /**
     * The safe of a home: its passphrase is in {@code chosen}, else in its file {@code passphrase}, else in the
     * environment variable {@code HAUPTBUCH_PASSPHRASE}.
     */
    public static KeySafe of(Path home, Optional<Path> chosen, SignatureScheme scheme, PassphraseCipher cipher) {
        return new KeySafe(scheme, cipher, () -> Passphrase.of(home, chosen, System::getenv));
    }

    /** The safe of a home for development: where there is no passphrase in its file, one is made. */
    public static KeySafe forDevelopment(Path home, SignatureScheme scheme, PassphraseCipher cipher) {
        return new KeySafe(scheme, cipher, () -> Passphrase.make(home));
    }

    /** A fresh key, in memory. */
    public static SecretKey make(SignatureScheme scheme, String name, KeyType type, boolean development) {
        Bytes secret = scheme.newSecret(type);
        return new SecretKey(name, secret, scheme.signer(type, secret).publicKey(), development);
    }

    /** The key, encrypted. */
    public KeyFile seal(SecretKey key) {
        Passphrase current = passphrase.get();
        Bytes header = KeyFile.header(key.name(), key.publicKey(), key.development());
        return new KeyFile(
                key.name(),
                key.publicKey(),
                key.development(),
                cipher.seal(current.bytes(), current.cost(), header, key.secret()));
    }

    /**
     * The key with its secret.
     *
     * @throws IllegalArgumentException where the passphrase is not the file's, or the file was changed
     */
    public SecretKey open(KeyFile file) {
        Passphrase current = passphrase.get();
        Bytes header = KeyFile.header(file.name(), file.publicKey(), file.development());
        Bytes secret = cipher.open(current.bytes(), header, file.sealed())
                .orElseThrow(() -> new IllegalArgumentException("the key " + file.name()
                        + " cannot be opened: the passphrase (" + current.source()
                        + ") is not the one that it was encrypted with, or its file was changed"));
        return checked(new SecretKey(file.name(), secret, file.publicKey(), file.development()));
    }

    /** @throws IllegalArgumentException where the secret is that of another public key */
    SecretKey checked(SecretKey key) {
        if (!signer(key).publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("the key " + key.name() + ": publicKey is "
                    + key.publicKey().shortText() + ", must be that of its secret, "
                    + signer(key).publicKey().shortText());
        }
        return key;
    }

    /** The signer of a key's file. */
    public Signer signer(Path file) {
        return signer(open(KeyFile.read(file)));
    }

    private Signer signer(SecretKey key) {
        return scheme.signer(key.publicKey().type(), key.secret());
    }
}
