package org.hauptbuch.node.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.Home;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The configurations of this container's nodes: in {@code etc} of the home, where they survive, and in the folder that
 * File Install watches, from which they become nodes.
 */
@Component(service = NodeAdmin.class)
public final class NodeFolder implements NodeAdmin {
    private static final String DEVELOPMENT = "devnet";

    private final Path home;
    private final List<Path> folders;
    private final IntPredicate isFree;
    private final DevelopmentKeys keys;

    @Activate
    public NodeFolder(
            BundleContext context,
            @Reference(target = "(" + SignatureScheme.PROVIDER + "=bouncycastle)") SignatureScheme scheme,
            @Reference PassphraseCipher cipher) {
        this(
                Home.of(context::getProperty),
                context.getProperty("felix.fileinstall.dir"),
                NodeFolder::isFree,
                new DevelopmentKeys(scheme, cipher));
    }

    /** @param watched the folders that are watched, separated by commas, or null where there is no other than the home's */
    NodeFolder(Path home, String watched, IntPredicate isFree, DevelopmentKeys keys) {
        this.home = home;
        this.isFree = isFree;
        this.keys = keys;
        Path etc = home.resolve("etc");
        Path live = watched == null || watched.isBlank()
                ? etc
                : home.resolve(watched.split(",", 2)[0].strip()).normalize();
        this.folders = live.equals(etc) ? List.of(etc) : List.of(etc, live);
    }

    @Override
    public synchronized Added add(String name) {
        Genesis genesis = requireDevelopment();
        List<NodeFile> others = NodeFile.of(home);
        NodeSetup setup = new NodeSetup(home, name, others, keys);
        // a devnet has its peer ports one after the other
        int first = others.stream().mapToInt(NodeFile::port).min().orElseThrow();
        int port = Stream.iterate(first, candidate -> candidate + 1)
                .limit(1_000)
                .filter(candidate -> others.stream().noneMatch(other -> other.port() == candidate))
                .filter(isFree::test)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalArgumentException("no port is left from " + first + " on"));
        List<KeyInfo> both = setup.keys(genesis.parameters());
        setup.configure(folders, port, true);
        return new Added(name, both.get(0), both.get(1), port);
    }

    @Override
    public synchronized void remove(String name) {
        requireDevelopment();
        List<String> names = NodeFile.of(home).stream().map(NodeFile::name).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("NAME is '" + name + "', must be one of " + String.join(", ", names));
        }
        if (names.size() == 1) {
            throw new IllegalArgumentException(name + " is the only node of this container, pos:node-stop stops it");
        }
        try {
            for (Path folder : folders) {
                Files.deleteIfExists(NodeFile.in(folder, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the configuration of " + name + ": " + e, e);
        }
    }

    private Genesis requireDevelopment() {
        Genesis genesis = GenesisFile.read(home.resolve("genesis.json"));
        String chain = genesis.chainId();
        if (!chain.startsWith(DEVELOPMENT)) {
            throw new IllegalArgumentException(
                    "this chain is " + chain + ", must be that of a devnet: a testnet has one"
                            + " process for each node, hauptbuch testnet --add NAME starts one more");
        }
        return genesis;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
