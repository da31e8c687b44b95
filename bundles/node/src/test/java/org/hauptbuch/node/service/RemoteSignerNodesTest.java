package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.TestKeys;
import org.hauptbuch.node.signer.TestSigner;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with real threads, so that every vote counts; the key of one is in a signer behind a socket. */
final class RemoteSignerNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("alice", "bob", "carol");

    @TempDir
    private Path home;

    private final MemoryLinks links = new MemoryLinks();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<LocalNode> nodes = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private void aHomeWithKeysAndGenesis() throws Exception {
        Genesis four = TestChain.genesis();
        Genesis genesis = new Genesis(
                four.chainId(),
                System.currentTimeMillis(),
                four.parameters(),
                four.balances(),
                four.validators().stream()
                        .filter(validator -> NAMES.contains(validator.id()))
                        .toList(),
                four.rules(),
                four.seed());
        Files.writeString(home.resolve("genesis.json"), GenesisFile.format(genesis));
        for (String name : NAMES) {
            TestKeys.writeConsensus(home, name);
        }
    }

    private void open(String name, Map<String, Object> how) {
        List<String> trusted = NAMES.stream()
                .filter(other -> !other.equals(name))
                .map(other -> other + "=" + TestChain.consensus(other).publicKey())
                .toList();
        Map<String, Object> settings = new HashMap<>(how);
        settings.put("name", name);
        settings.put("bindPort", 27_001 + NAMES.indexOf(name));
        settings.put("trusted", String.join(",", trusted));
        NodeOpening opening = new NodeOpening(
                TestChain.SCHEME,
                TestKeys.CIPHER,
                DelayFunction.NONE,
                new MemoryStoreFactory(),
                links,
                TestRules.catalogue(),
                Optional.empty());
        LocalNode node = opening.open(NodeConfig.of(NodeConfigTest.settings(settings), home), block -> {});
        nodes.add(node);
        open.add(0, node);
    }

    @Test
    void blocksBecomeFinalBySignaturesOfARemoteSignerWhichMayGoAndComeBack() throws Exception {
        aHomeWithKeysAndGenesis();
        TestSigner signer = new TestSigner(home.resolve("safe"), TestChain.consensus("alice"), 0);
        open.add(signer);
        open("alice", Map.of("signer", "127.0.0.1:" + signer.port(), "signerSecret", "safe/signer.secret"));
        open("bob", Map.of("key", "keys/bob.key"));
        open("carol", Map.of("key", "keys/carol.key"));
        for (LocalNode node : nodes) {
            assertTrue(node.awaitFinal(4, PATIENCE), () -> String.valueOf(node.status()));
        }
        assertEquals(
                Optional.of(TestChain.consensus("alice").publicKey()),
                nodes.get(0).consensusKey());
        Address alice = TestChain.address("alice");
        assertTrue(LongStream.rangeClosed(1, 4)
                .mapToObj(height -> nodes.get(1).certificate(height).orElseThrow())
                .allMatch(certificate -> certificate.signatures().stream()
                        .anyMatch(vote -> vote.validator().equals(alice))));
        signer.close();
        long height = nodes.get(1).status().finalizedHeight();
        open.add(new TestSigner(home.resolve("safe"), TestChain.consensus("alice"), signer.port()));
        assertTrue(
                nodes.get(1).awaitFinal(height + 3, PATIENCE),
                () -> String.valueOf(nodes.get(1).status()));
        assertEquals(List.of(), nodes.get(1).brokenInvariants());
    }
}
