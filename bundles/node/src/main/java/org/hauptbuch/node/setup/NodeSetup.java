package org.hauptbuch.node.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeyFile;

/**
 * Makes one more node of a network that is there: its keys, and a configuration that names all others. They need not
 * know it: they let it in as an observer, and as a peer once it is a validator.
 */
public final class NodeSetup {
    /** Peer ports of a testnet are the nine after the base, and then every second one beside its shell. */
    private static final int FIRST_PORTS = 9;

    private static final int SHELL_PORTS_END = 20;
    private static final int LAST_PORT = 98;

    private final Path home;
    private final String name;
    private final List<NodeFile> others;
    private final DevelopmentKeys keys;

    /**
     * One more node.
     *
     * @param home the home of its process
     * @param name its name
     * @param others the nodes that there are
     * @param keys makes its keys
     * @throws IllegalArgumentException where the name is taken or is none
     */
    NodeSetup(Path home, String name, List<NodeFile> others, DevelopmentKeys keys) {
        if (!Validator.validId(name) || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "node name: '" + name + "', must be 1 to 64 characters of a-z 0-9 _ . - and not begin with a dot");
        }
        if (others.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IllegalArgumentException("node name: '" + name + "' is taken, must be a new one");
        }
        if (others.isEmpty()) {
            throw new IllegalArgumentException("there is no node that " + name + " could call");
        }
        this.home = home;
        this.name = name;
        this.others = others;
        this.keys = keys;
    }

    /** Adds a process to a testnet; a refusal is one line on standard error and exit code 1. */
    public static void main(String[] arguments) {
        try {
            if (arguments.length != 3 || !arguments[2].matches("[0-9]{4,5}")) {
                throw new IllegalArgumentException("arguments: must be HOME NAME PORT-BASE");
            }
            addProcess(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        } catch (IllegalArgumentException | UncheckedIOException | PoSException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Makes the home of one more process of the testnet in {@code network}.
     *
     * @return its peer port
     */
    static int addProcess(Path network, String name, int portBase) {
        List<Path> homes = homes(network);
        List<NodeFile> others =
                homes.stream().flatMap(other -> NodeFile.of(other).stream()).toList();
        NodeSetup setup = new NodeSetup(network.resolve(name), name, others, DevelopmentKeys.ofClassPath());
        int port = freePort(portBase, others, candidate -> true);
        try {
            Path genesis = setup.home.resolve("genesis.json");
            if (!Files.exists(genesis)) {
                Files.createDirectories(setup.home);
                Files.copy(homes.get(0).resolve("genesis.json"), genesis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up " + setup.home + ": " + e, e);
        }
        if (!Files.exists(KeyFile.in(setup.home.resolve("keys"), NetworkSetup.FAUCET))) {
            setup.keys.copy(homes.get(0), setup.home, NetworkSetup.FAUCET);
        }
        setup.keys(GenesisFile.read(setup.home.resolve("genesis.json")).parameters());
        setup.configure(List.of(setup.home.resolve("etc")), port, false);
        return port;
    }

    /** The homes of the processes of a testnet. */
    private static List<Path> homes(Path network) {
        try (Stream<Path> folders = Files.list(network)) {
            return folders.filter(folder -> !NodeFile.of(folder).isEmpty())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for nodes in " + network + ": " + e, e);
        }
    }

    /**
     * A port for one more node: shells of a testnet stand at base + 10 to base + 18, one for each of the nine ports after
     * the base, and behind each later one.
     *
     * @throws IllegalArgumentException where none is left
     */
    static int freePort(int portBase, List<NodeFile> others, IntPredicate isFree) {
        Set<Integer> used = others.stream().map(NodeFile::port).collect(Collectors.toSet());
        for (int offset = 1; offset <= LAST_PORT; offset += offset < FIRST_PORTS ? 1 : 2) {
            if (offset > FIRST_PORTS && offset < SHELL_PORTS_END) {
                offset = SHELL_PORTS_END;
            }
            if (!used.contains(portBase + offset) && isFree.test(portBase + offset)) {
                return portBase + offset;
            }
        }
        throw new IllegalArgumentException("no port is left from " + (portBase + 1) + " to " + (portBase + LAST_PORT));
    }

    /** Its keys, the account's first; those of a node of this name that there was are used again. */
    List<KeyInfo> keys(ChainParameters parameters) {
        return List.of(
                key(name, KeyType.ED25519),
                key(name + "-consensus", parameters.consensus().consensusKeyType()));
    }

    private KeyInfo key(String keyName, KeyType type) {
        Path file = KeyFile.in(home.resolve("keys"), keyName);
        if (!Files.exists(file)) {
            keys.write(home, keys.make(keyName, type));
        }
        return KeyFile.read(file).info();
    }

    /** Writes its configuration into each of {@code folders}, the last one of which may be watched. */
    void configure(List<Path> folders, int port, boolean devnet) {
        try {
            for (Path folder : folders) {
                NodeFile.write(NodeFile.in(folder, name), NodeFile.text(name, port, others, devnet));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the configuration of " + name + ": " + e, e);
        }
    }
}
