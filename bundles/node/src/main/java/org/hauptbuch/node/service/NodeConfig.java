package org.hauptbuch.node.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.core.HistoryPolicy;
import org.hauptbuch.node.core.PoolLimits;
import org.hauptbuch.node.signer.RemoteSigner;

/**
 * A node's settings, checked: see {@link NodeSettings}.
 *
 * @param home the folder of its network
 * @param name its name
 * @param genesis the genesis file
 * @param store the folder of its store
 * @param key the file of its consensus key, where it has one
 * @param signer the process that has its consensus key, where another one has it
 * @param signerSecret the file by which they know each other
 * @param linkKey the file of its link key, where it is another one
 * @param passphraseFile the file with the passphrase of both, where it is not the home's
 * @param bindHost the address to listen on
 * @param bindPort the port to listen on
 * @param peers addresses of peers by name
 * @param trusted keys of peers by name
 * @param observers how many other peers may be linked
 * @param pool the limits of its pool
 * @param ruleLimitMillis how long a call of rules may take, such as the execution of a block
 * @param doppelgangerBlocks for how many blocks it listens before it signs
 * @param history where it begins and what it keeps
 */
public record NodeConfig(
        Path home,
        String name,
        Path genesis,
        Path store,
        Optional<Path> key,
        Optional<RemoteSigner.Target> signer,
        Path signerSecret,
        Optional<Path> linkKey,
        Optional<Path> passphraseFile,
        String bindHost,
        int bindPort,
        Map<String, String> peers,
        Map<String, PublicKey> trusted,
        int observers,
        PoolLimits pool,
        long ruleLimitMillis,
        int doppelgangerBlocks,
        HistoryPolicy history) {
    public NodeConfig {
        peers = Map.copyOf(peers);
        trusted = Map.copyOf(trusted);
    }

    /** Checks {@code settings}. @throws IllegalArgumentException naming the key, its value and what it must be */
    public static NodeConfig of(NodeSettings settings, Path home) {
        String name = settings.name();
        if (name == null || !Validator.validId(name)) {
            throw refuse("name", name, "1 to 64 characters of a-z 0-9 _ . -");
        }
        if (settings.bindPort() < 1 || settings.bindPort() > 65_535) {
            throw refuse("bindPort", settings.bindPort(), "1 to 65535");
        }
        if (settings.ruleLimitMillis() < 10 || settings.ruleLimitMillis() > 600_000) {
            throw refuse("ruleLimitMillis", settings.ruleLimitMillis(), "10 to 600000");
        }
        if (settings.doppelgangerBlocks() < 0 || settings.doppelgangerBlocks() > 1_000) {
            throw refuse("doppelgangerBlocks", settings.doppelgangerBlocks(), "0 to 1000");
        }
        if (settings.bindHost().isBlank()) {
            throw refuse("bindHost", settings.bindHost(), "an address such as 127.0.0.1");
        }
        if (settings.genesis().isBlank()) {
            throw refuse("genesis", settings.genesis(), "a file such as genesis.json");
        }
        if (settings.observers() < 0 || settings.observers() > LinkConfig.MAX_OBSERVERS) {
            throw refuse("observers", settings.observers(), "0 to " + LinkConfig.MAX_OBSERVERS);
        }
        Map<String, PublicKey> trusted =
                entries("trusted", settings.trusted(), "NAME=PUBLIC-KEY,...", PublicKey::fromHex);
        Map<String, String> peers = entries("peers", settings.peers(), "NAME=HOST:PORT,...", address -> {
            LinkConfig.hostAndPort(address);
            return address;
        });
        for (String peer : peers.keySet()) {
            if (!trusted.containsKey(peer)) {
                throw refuse("peers", peer, "one whose key is in trusted");
            }
        }
        return new NodeConfig(
                home,
                name,
                home.resolve(settings.genesis().strip()),
                home.resolve(
                        settings.store().isBlank()
                                ? "store/" + name
                                : settings.store().strip()),
                file(home, settings.key()),
                signer(settings),
                home.resolve(settings.signerSecret().strip()),
                file(home, settings.linkKey()),
                file(home, settings.passphraseFile()),
                settings.bindHost().strip(),
                settings.bindPort(),
                peers,
                trusted,
                settings.observers(),
                new PoolLimits(settings.poolTransactions(), settings.poolBytes(), settings.poolPerSender()),
                settings.ruleLimitMillis(),
                settings.doppelgangerBlocks(),
                new HistoryPolicy(
                        settings.checkpoint().isBlank()
                                ? Optional.empty()
                                : Optional.of(
                                        Checkpoint.parse(settings.checkpoint().strip())),
                        settings.trustOldCheckpoint(),
                        settings.snapshotEpochs(),
                        settings.snapshots(),
                        keepBlocks(settings.keepBlocks().strip())));
    }

    private static Optional<RemoteSigner.Target> signer(NodeSettings settings) {
        if (settings.signerLimitMillis() < 10 || settings.signerLimitMillis() > 5_000) {
            throw refuse("signerLimitMillis", settings.signerLimitMillis(), "10 to 5000");
        }
        if (settings.signer().isBlank()) {
            return Optional.empty();
        }
        if (!settings.key().isBlank()) {
            throw refuse("key", settings.key(), "empty, because signer is set: one of them has the consensus key");
        }
        if (settings.signerSecret().isBlank()) {
            throw refuse("signerSecret", "", "the file that the signer made");
        }
        try {
            Map.Entry<String, Integer> address =
                    LinkConfig.hostAndPort(settings.signer().strip());
            return Optional.of(
                    new RemoteSigner.Target(address.getKey(), address.getValue(), settings.signerLimitMillis()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "signer: '" + settings.signer() + "', must be HOST:PORT, port 1 to 65535", e);
        }
    }

    private static long keepBlocks(String text) {
        if (text.equals("all") || text.equals("0")) {
            return HistoryPolicy.ALL;
        }
        try {
            long blocks = Long.parseLong(text);
            if (blocks > 0) {
                return blocks;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("keepBlocks: '" + text + "', must be all or a number of blocks", e);
        }
        throw refuse("keepBlocks", text, "all or a number of blocks");
    }

    private static Optional<Path> file(Path home, String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(home.resolve(name.strip()));
    }

    private static <T> Map<String, T> entries(String field, String text, String form, Function<String, T> parse) {
        Map<String, T> entries = new TreeMap<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            String peer = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!Validator.validId(peer)) {
                throw refuse(field, entry.strip(), form);
            }
            T value;
            try {
                value = parse.apply(entry.substring(equals + 1).strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        field + ": '" + entry.strip() + "', must be " + form + " (" + e.getMessage() + ")", e);
            }
            if (entries.put(peer, value) != null) {
                throw refuse(field, peer + " twice", "each name once");
            }
        }
        return entries;
    }

    private static IllegalArgumentException refuse(String field, Object value, String range) {
        return new IllegalArgumentException(field + ": '" + value + "', must be " + range);
    }
}
