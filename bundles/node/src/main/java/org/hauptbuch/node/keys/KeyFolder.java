package org.hauptbuch.node.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.json.Fields;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in the folder {@code keys} of the home that the framework property {@code hauptbuch.home} names, encrypted
 * with the passphrase in the home's file {@code passphrase} or in the environment.
 */
@Component(service = Keyring.class)
public final class KeyFolder implements Keyring {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);

    private final Path folder;
    private final SignatureScheme scheme;
    private final PassphraseCipher cipher;
    private final KeySafe safe;

    @Activate
    public KeyFolder(BundleContext context, @Reference SignatureScheme scheme, @Reference PassphraseCipher cipher) {
        this(Home.of(context::getProperty), scheme, cipher);
    }

    KeyFolder(Path home, SignatureScheme scheme, PassphraseCipher cipher) {
        this.folder = home.resolve("keys");
        this.scheme = scheme;
        this.cipher = cipher;
        this.safe = KeySafe.of(home, Optional.empty(), scheme, cipher);
    }

    @Override
    public List<KeyInfo> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(KeyFile::isNamedLikeOne)
                    .flatMap(file -> readable(file).stream())
                    .map(KeyFile::info)
                    .sorted(Comparator.comparing(KeyInfo::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the keys in " + folder, e);
        }
    }

    @Override
    public synchronized KeyInfo create(String name, KeyType type) {
        Path file = newFile(name);
        KeyFile key = safe.seal(KeySafe.make(scheme, name, type, false));
        key.write(file);
        return key.info();
    }

    @Override
    public synchronized KeyInfo importKey(Path from, Optional<String> name, Supplier<String> passphrase) {
        Fields in = KeyFile.fields(from);
        SecretKey read = KeyFile.isPlain(in)
                ? safe.checked(SecretKey.plain(in))
                : own(passphrase).open(KeyFile.sealed(in));
        SecretKey key = new SecretKey(name.orElse(read.name()), read.secret(), read.publicKey(), read.development());
        // a key of this home that an earlier build left unencrypted is encrypted in its place
        boolean inPlace = KeyFile.isPlain(in) && isSame(from, KeyFile.in(folder, key.name()));
        Path file = inPlace ? from : newFile(key.name());
        KeyFile sealed = safe.seal(key);
        if (inPlace) {
            sealed.replace(file);
        } else {
            sealed.write(file);
        }
        return sealed.info();
    }

    @Override
    public KeyInfo exportKey(String name, Path to, Supplier<String> passphrase) {
        Path file = KeyFile.in(folder, name);
        if (!Validator.validId(name) || !Files.exists(file)) {
            throw new IllegalArgumentException("key name: '" + name + "', must be that of a key of this home");
        }
        SecretKey key = safe.open(KeyFile.read(file));
        KeyFile sealed = own(passphrase).seal(key);
        sealed.write(to);
        return sealed.info();
    }

    @Override
    public String passphrase(Path file) {
        return Passphrase.in(file).text();
    }

    /** What is encrypted with another passphrase than this home's. */
    private KeySafe own(Supplier<String> passphrase) {
        Passphrase given = new Passphrase(passphrase.get(), "that of the file");
        return new KeySafe(scheme, cipher, () -> given);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + one + " and " + other + ": " + e, e);
        }
    }

    private Path newFile(String name) {
        if (!Validator.validId(name) || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "key name: '" + name + "', must be 1 to 64 characters of a-z 0-9 _ . - and not begin with a dot");
        }
        Path file = KeyFile.in(folder, name);
        if (Files.exists(file)) {
            throw new IllegalArgumentException("key name: '" + name + "' is taken, must be a new one");
        }
        return file;
    }

    @Override
    public Optional<Signer> signer(String name) {
        if (!Validator.validId(name)) {
            return Optional.empty();
        }
        Path file = KeyFile.in(folder, name);
        return Files.exists(file) ? Optional.of(safe.signer(file)) : Optional.empty();
    }

    private static Optional<KeyFile> readable(Path file) {
        try {
            return Optional.of(KeyFile.read(file));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.warn("{} is no key: {}", file.getFileName(), e.getMessage());
            return Optional.empty();
        }
    }
}
