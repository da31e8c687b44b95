package org.hauptbuch.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;

/** A home with keys and the nodes of one chain. */
public final class FakeContainer implements Container {
    public final FakeScheme scheme = new FakeScheme();
    public final FakeKeyring keys = new FakeKeyring(true);
    public final FakeChain chain;
    public final List<FakeNode> nodes = new ArrayList<>();
    public final FakeStaging staging = new FakeStaging(nodes);
    public final SortedSet<String> alsoConfigured = new TreeSet<>();
    public boolean keyringUp = true;
    public boolean stagingUp = true;
    public boolean adminUp = true;

    /** Keys and validators alice, bob, carol and dave, the key faucet, and the nodes that are named. */
    public FakeContainer(String... names) {
        for (String name : List.of("alice", "bob", "carol", "dave", "faucet")) {
            keys.add(name, KeyType.ED25519);
        }
        chain = new FakeChain(this);
        for (String name : names) {
            nodes.add(new FakeNode(chain, name, keys.signer(name)));
        }
    }

    public Address address(String key) {
        return Address.of(keys.signer(key).orElseThrow().publicKey());
    }

    @Override
    public List<NodeService> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public SortedSet<String> configured() {
        SortedSet<String> all = new TreeSet<>(alsoConfigured);
        nodes.forEach(node -> all.add(node.name()));
        return all;
    }

    @Override
    public Optional<NodeAdmin> nodeAdmin() {
        return adminUp ? Optional.of(new FakeAdmin()) : Optional.empty();
    }

    /** A node is there as soon as it is configured. */
    private final class FakeAdmin implements NodeAdmin {
        @Override
        public Added add(String name) {
            KeyInfo account = keys.create(name, KeyType.ED25519);
            KeyInfo consensus = keys.create(name + "-consensus", KeyType.ED25519);
            nodes.add(new FakeNode(chain, name, keys.signer(consensus.name())));
            return new Added(name, account, consensus, 27_000 + nodes.size());
        }

        @Override
        public void remove(String name) {
            if (!nodes.removeIf(node -> node.name().equals(name))) {
                throw new IllegalArgumentException("NAME is '" + name + "', must be one of alice, bob");
            }
        }
    }

    @Override
    public Optional<RuleStaging> staging() {
        return stagingUp ? Optional.of(staging) : Optional.empty();
    }

    @Override
    public Optional<Keyring> keyring() {
        return keyringUp ? Optional.of(keys) : Optional.empty();
    }

    @Override
    public Optional<SignatureScheme> signatures() {
        return Optional.of(scheme);
    }

    /** Keys in memory. */
    public final class FakeKeyring implements Keyring {
        private final Map<String, Signer> signers = new TreeMap<>();
        public boolean development;
        /** Passphrases of what was exported. */
        public final Map<String, String> exported = new TreeMap<>();

        private FakeKeyring(boolean development) {
            this.development = development;
        }

        private void add(String name, KeyType type) {
            signers.put(
                    name,
                    scheme.signer(
                            type,
                            Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes()));
        }

        @Override
        public List<KeyInfo> list() {
            return signers.keySet().stream().map(this::info).toList();
        }

        @Override
        public KeyInfo create(String name, KeyType type) {
            if (!Validator.validId(name)) {
                throw new IllegalArgumentException("key name: '" + name + "', must be 1 to 64 of a-z 0-9 _ . -");
            }
            if (signers.containsKey(name)) {
                throw new IllegalArgumentException("key name: '" + name + "' is taken");
            }
            add(name, type);
            return info(name);
        }

        @Override
        public Optional<Signer> signer(String name) {
            return Optional.ofNullable(signers.get(name));
        }

        @Override
        public KeyInfo importKey(Path file, Optional<String> name, Supplier<String> passphrase) {
            if (file.endsWith("sealed.json") && !passphrase.get().equals("the right one")) {
                throw new IllegalArgumentException("the key cannot be opened");
            }
            return create(name.orElse("imported"), KeyType.ED25519);
        }

        @Override
        public KeyInfo exportKey(String name, Path file, Supplier<String> passphrase) {
            if (Files.exists(file)) {
                throw new UncheckedIOException(new IOException(file + " exists already"));
            }
            exported.put(name, passphrase.get());
            return info(name);
        }

        @Override
        public String passphrase(Path file) {
            return file.endsWith("right") ? "the right one" : "a wrong one";
        }

        private KeyInfo info(String name) {
            Signer signer = signers.get(name);
            return new KeyInfo(name, signer.publicKey(), Address.of(signer.publicKey()), development);
        }
    }
}
