package org.hauptbuch.node.setup;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.keys.KeyFile;

/**
 * What others must know of a node that is configured in a file: how it is called and reached, and which key it proves.
 *
 * @param name its name
 * @param port the port that it listens on, on loopback
 * @param linkKey the key that it proves itself to peers with
 */
record NodeFile(String name, int port, PublicKey linkKey) {
    private static final String PREFIX = "org.hauptbuch.node-";
    private static final String SUFFIX = ".cfg";

    /** The file of the node {@code name} in the folder of configurations {@code etc}. */
    static Path in(Path etc, String name) {
        return etc.resolve(PREFIX + name + SUFFIX);
    }

    static boolean isNamedLikeOne(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /**
     * The nodes of a home, by ascending name.
     *
     * @throws IllegalArgumentException where a configuration or a key is malformed, naming the file
     * @throws UncheckedIOException where one cannot be read
     */
    static List<NodeFile> of(Path home) {
        Path etc = home.resolve("etc");
        if (!Files.isDirectory(etc)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(etc)) {
            return files.filter(NodeFile::isNamedLikeOne)
                    .map(file -> read(home, file))
                    .sorted(Comparator.comparing(NodeFile::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for nodes in " + etc + ": " + e, e);
        }
    }

    private static NodeFile read(Path home, Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
        String key = properties.getProperty("linkKey", "").strip();
        if (key.isEmpty()) {
            key = properties.getProperty("key", "").strip();
        }
        String port = properties.getProperty("bindPort", "").strip();
        if (key.isEmpty() || !port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    file + ": key and bindPort must be there; key is '" + key + "', bindPort is '" + port + "'");
        }
        return new NodeFile(
                properties.getProperty("name", "").strip(),
                Integer.parseInt(port),
                KeyFile.read(home.resolve(key)).publicKey());
    }

    /**
     * The configuration of the node {@code name}, which calls {@code others}.
     *
     * @param devnet whether all validators are in its process: then nobody else has its key, and it need not listen
     */
    static String text(String name, int port, List<NodeFile> others, boolean devnet) {
        return """
                # The node %1$s. Every key is local to this node, and is described in the operator guide. Paths are relative
                # to the home. Read when the process starts: stop and start it after a change.

                # its name in commands, logs and configuration
                name = %1$s
                # how the chain begins: the same bytes on every node
                genesis = genesis.json
                # where it keeps blocks, state and what it signed; a copy of it that runs elsewhere means being banned
                store = store/%1$s
                # the consensus key that it signs with; empty for a node that only follows
                key = keys/%1$s-consensus.key
                # where it listens for peers
                bindHost = 127.0.0.1
                bindPort = %2$d
                # whom it calls: NAME=HOST:PORT,...
                peers = %3$s
                # whom it knows: NAME=PUBLIC-KEY,...
                trusted = %4$s
                # how many others it lets in
                observers = 16
                # for how many blocks it listens for another node with its key before it signs
                doppelgangerBlocks = %5$d
                """
                .formatted(
                        name,
                        port,
                        others.stream()
                                .map(other -> other.name + "=127.0.0.1:" + other.port)
                                .collect(Collectors.joining(",")),
                        others.stream()
                                .map(other -> other.name + "=" + other.linkKey)
                                .collect(Collectors.joining(",")),
                        devnet ? 0 : 2);
    }

    /** Writes {@code text} to a new file that nobody sees half of; there must be none. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        Files.move(part, file);
    }
}
