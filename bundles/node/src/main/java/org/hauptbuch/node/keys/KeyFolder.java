package org.hauptbuch.node.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys in the folder {@code keys} of the home that the framework property {@code hauptbuch.home} names. */
@Component(service = Keyring.class)
public final class KeyFolder implements Keyring {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);

    private final Path folder;
    private final SignatureScheme scheme;

    @Activate
    public KeyFolder(BundleContext context, @Reference SignatureScheme scheme) {
        this(Home.of(context::getProperty).resolve("keys"), scheme);
    }

    KeyFolder(Path folder, SignatureScheme scheme) {
        this.folder = folder;
        this.scheme = scheme;
    }

    @Override
    public List<KeyInfo> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(KeyFile::isNamedLikeOne)
                    .flatMap(file -> readable(file).stream())
                    .map(KeyFolder::info)
                    .sorted(Comparator.comparing(KeyInfo::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the keys in " + folder, e);
        }
    }

    @Override
    public KeyInfo create(String name, KeyType type) {
        if (!Validator.validId(name) || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "key name: '" + name + "', must be 1 to 64 characters of a-z 0-9 _ . - and not begin with a dot");
        }
        Path file = KeyFile.in(folder, name);
        if (Files.exists(file)) {
            throw new IllegalArgumentException("key name: '" + name + "' is taken, must be a new one");
        }
        Bytes secret = scheme.newSecret(type);
        KeyFile key = new KeyFile(name, secret, scheme.signer(type, secret).publicKey(), false);
        key.write(file);
        return info(key);
    }

    @Override
    public Optional<Signer> signer(String name) {
        if (!Validator.validId(name)) {
            return Optional.empty();
        }
        Path file = KeyFile.in(folder, name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        KeyFile key = KeyFile.read(file);
        return Optional.of(scheme.signer(key.publicKey().type(), key.secret()));
    }

    private static Optional<KeyFile> readable(Path file) {
        try {
            return Optional.of(KeyFile.read(file));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.warn("{} is no key: {}", file.getFileName(), e.getMessage());
            return Optional.empty();
        }
    }

    private static KeyInfo info(KeyFile key) {
        return new KeyInfo(key.name(), key.publicKey(), key.address(), key.development());
    }
}
