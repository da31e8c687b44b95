package org.hauptbuch.node.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.keys.SecretKey;
import org.hauptbuch.node.keys.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more node, as a process of a testnet and in the container of a devnet. */
final class NodeSetupTest {
    private final DevelopmentKeys keys = new DevelopmentKeys(TestChain.SCHEME, TestKeys.CIPHER);

    @TempDir
    private Path folder;

    /** Nodes with these ports, in one home or in one for each, on the chain {@code chainId}. */
    private void network(String chainId, boolean oneHome, Map<String, Integer> ports) throws IOException {
        for (Map.Entry<String, Integer> node : ports.entrySet()) {
            Path home = oneHome ? folder : folder.resolve(node.getKey());
            keys.write(home, keys.make(node.getKey() + "-consensus", KeyType.ED25519));
            NodeFile.write(
                    NodeFile.in(home.resolve("etc"), node.getKey()),
                    NodeFile.text(node.getKey(), node.getValue(), List.of(), oneHome));
            if (!Files.exists(home.resolve("genesis.json"))) {
                Files.writeString(
                        home.resolve("genesis.json"),
                        GenesisFile.format(TestChain.genesis(chainId, List.of("alice", "bob"))));
            }
            if (!oneHome) {
                keys.write(home, keys.make("faucet", KeyType.ED25519));
            }
        }
    }

    private static Properties configuration(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void aProcessMoreCallsAllOthersAndHasWhatTheyHave() throws IOException {
        network("testnet-1", false, Map.of("alice", 27_001, "bob", 27_002));
        assertEquals(27_003, NodeSetup.addProcess(folder, "erin", 27_000));
        Path home = folder.resolve("erin");
        assertEquals(
                Files.readString(folder.resolve("alice/genesis.json")), Files.readString(home.resolve("genesis.json")));
        Properties cfg = configuration(home.resolve("etc/org.hauptbuch.node-erin.cfg"));
        assertEquals("alice=127.0.0.1:27001,bob=127.0.0.1:27002", cfg.getProperty("peers"));
        assertEquals(
                "alice="
                        + KeyFile.read(folder.resolve("alice/keys/alice-consensus.key"))
                                .publicKey() + ",bob="
                        + KeyFile.read(folder.resolve("bob/keys/bob-consensus.key"))
                                .publicKey(),
                cfg.getProperty("trusted"));
        assertEquals("16", cfg.getProperty("observers"));
        assertEquals("2", cfg.getProperty("doppelgangerBlocks"));
        for (String key : List.of("erin", "erin-consensus", "faucet")) {
            assertTrue(KeyFile.read(KeyFile.in(home.resolve("keys"), key)).development());
        }
        assertEquals(
                KeyFile.read(folder.resolve("alice/keys/faucet.key")).publicKey(),
                KeyFile.read(home.resolve("keys/faucet.key")).publicKey());
        assertEquals(
                TestKeys.safe(folder.resolve("alice"))
                        .signer(folder.resolve("alice/keys/faucet.key"))
                        .publicKey(),
                TestKeys.safe(home).signer(home.resolve("keys/faucet.key")).publicKey(),
                "each home opens it with its own passphrase");
        assertNotEquals(
                Files.readString(folder.resolve("alice/passphrase")), Files.readString(home.resolve("passphrase")));
        assertEquals(27_004, NodeSetup.addProcess(folder, "frank", 27_000));
        assertTrue(configuration(folder.resolve("frank/etc/org.hauptbuch.node-frank.cfg"))
                .getProperty("peers")
                .contains("erin=127.0.0.1:27003"));
    }

    /** As the launcher derives the shell's port from the peer port. */
    private static int shellPort(int base, int port) {
        return port - base < 10 ? port + 9 : port + 1;
    }

    @Test
    void portsOfPeersAndShellsDoNotMeet() throws IOException {
        List<NodeFile> nodes = new ArrayList<>();
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 49; i++) {
            int port = NodeSetup.freePort(27_000, nodes, candidate -> true);
            nodes.add(
                    new NodeFile("n" + i, port, keys.make("n", KeyType.ED25519).publicKey()));
            assertTrue(ports.add(port), "port " + port);
            assertTrue(ports.add(shellPort(27_000, port)), "shell of port " + port);
        }
        assertEquals(27_001, nodes.get(0).port());
        assertEquals(27_009, nodes.get(8).port());
        assertEquals(27_020, nodes.get(9).port());
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> NodeSetup.freePort(27_000, nodes, candidate -> true))
                        .getMessage()
                        .contains("no port is left from 27001 to 27098"));
        assertEquals(27_020, NodeSetup.freePort(27_000, List.of(), candidate -> candidate > 27_009));
    }

    @Test
    void whatWasInterruptedIsMadeWhole() throws IOException {
        network("testnet-1", false, Map.of("alice", 27_001));
        SecretKey account = keys.make("erin", KeyType.ED25519);
        keys.write(folder.resolve("erin"), account);
        NodeSetup.addProcess(folder, "erin", 27_000);
        assertEquals(
                account.publicKey(),
                KeyFile.read(folder.resolve("erin/keys/erin.key")).publicKey());
    }

    @Test
    void aNameThatIsTakenOrNoneIsRefused() throws IOException {
        network("testnet-1", false, Map.of("alice", 27_001));
        assertRefused("'alice' is taken", () -> NodeSetup.addProcess(folder, "alice", 27_000));
        assertRefused("'.x', must be 1 to 64", () -> NodeSetup.addProcess(folder, ".x", 27_000));
        assertRefused("'Erin', must be 1 to 64", () -> NodeSetup.addProcess(folder, "Erin", 27_000));
        Path empty = Files.createDirectories(folder.resolve("alice/store"));
        assertRefused("there is no node that erin could call", () -> NodeSetup.addProcess(empty, "erin", 27_000));
        Files.writeString(NodeFile.in(folder.resolve("alice/etc"), "alice"), "name=alice\nbindPort=x\nkey=k\n");
        assertRefused("bindPort is 'x'", () -> NodeSetup.addProcess(folder, "erin", 27_000));
    }

    private static void assertRefused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aDevnetGetsANodeInItsHomeAndWhereFileInstallLooks() throws IOException {
        network("devnet-1", true, Map.of("alice", 27_001, "bob", 27_002));
        Path live = folder.resolve("karaf/etc");
        NodeFolder admin = new NodeFolder(folder, live.toString(), port -> port != 27_003, keys);
        NodeAdmin.Added added = admin.add("erin");
        assertEquals("erin", added.account().name());
        assertEquals(27_004, added.port(), "another process has 27003");
        for (Path etc : List.of(folder.resolve("etc"), live)) {
            Properties cfg = configuration(NodeFile.in(etc, "erin"));
            assertEquals("alice=127.0.0.1:27001,bob=127.0.0.1:27002", cfg.getProperty("peers"));
            assertEquals("27004", cfg.getProperty("bindPort"));
            assertEquals("0", cfg.getProperty("doppelgangerBlocks"));
        }
        assertEquals(
                added.consensusKey().publicKey(),
                KeyFile.read(folder.resolve("keys/erin-consensus.key")).publicKey());
        assertRefused("taken", () -> admin.add("erin"));
        admin.remove("erin");
        assertFalse(Files.exists(NodeFile.in(live, "erin")));
        assertFalse(Files.exists(NodeFile.in(folder.resolve("etc"), "erin")));
        assertTrue(Files.exists(folder.resolve("keys/erin-consensus.key")));
        assertEquals(added.consensusKey(), admin.add("erin").consensusKey(), "its keys are used again");
    }

    @Test
    void whatCannotBeRemovedStays() throws IOException {
        network("devnet-1", true, Map.of("alice", 27_001));
        NodeFolder admin = new NodeFolder(folder, null, port -> true, keys);
        assertRefused("NAME is 'erin', must be one of alice", () -> admin.remove("erin"));
        assertRefused("alice is the only node", () -> admin.remove("alice"));
        assertEquals(
                List.of("alice"),
                NodeFile.of(folder).stream().map(NodeFile::name).toList());
        assertEquals(
                Optional.of(27_001),
                NodeFile.of(folder).stream().map(NodeFile::port).findFirst());
    }

    @Test
    void onlyADevelopmentNetworkIsChangedSo() throws IOException {
        network("testnet-1", true, Map.of("alice", 27_001, "bob", 27_002));
        NodeFolder admin = new NodeFolder(folder, null, port -> true, keys);
        assertRefused("hauptbuch testnet --add NAME", () -> admin.add("erin"));
        assertRefused("this chain is testnet-1", () -> admin.remove("bob"));
    }
}
