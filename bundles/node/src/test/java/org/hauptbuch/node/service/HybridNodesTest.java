package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.TestKeys;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four nodes with real threads whose validators sign with hybrid keys, and their links with the same. */
final class HybridNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final MemoryLinks links = new MemoryLinks();
    private final List<LocalNode> nodes = new ArrayList<>();

    @AfterEach
    void closeAll() {
        nodes.forEach(LocalNode::close);
    }

    private static Bytes secret(String name) {
        Bytes half = TestRules.digest("consensus " + name).bytes();
        return Hybrid.join(half, half);
    }

    private static Signer signer(String name) {
        return TestChain.SCHEME.signer(KeyType.HYBRID, secret(name));
    }

    private void aHomeWithKeysAndGenesis() throws Exception {
        Genesis plain = TestChain.genesis();
        Commission commission = new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), 0);
        Genesis genesis = new Genesis(
                plain.chainId(),
                System.currentTimeMillis(),
                plain.parameters().with(new PoSConsensusConfig(1_000_000, 100, 100, 5, new Rate(50_000), true, true)),
                plain.balances(),
                TestChain.NAMES.stream()
                        .map(name -> new Genesis.GenesisValidator(
                                TestChain.address(name), name, signer(name).publicKey(), 10_000_000, commission))
                        .toList(),
                plain.rules(),
                plain.seed());
        Files.writeString(home.resolve("genesis.json"), GenesisFile.format(genesis));
        for (String name : TestChain.NAMES) {
            TestKeys.write(home, name, KeyType.HYBRID, secret(name));
        }
    }

    private void open(SignatureScheme scheme, String name) {
        List<String> trusted = TestChain.NAMES.stream()
                .filter(other -> !other.equals(name))
                .map(other -> other + "=" + signer(other).publicKey())
                .toList();
        NodeSettings settings = NodeConfigTest.settings(Map.of(
                "name",
                name,
                "key",
                "keys/" + name + ".key",
                "bindPort",
                27_001 + TestChain.NAMES.indexOf(name),
                "trusted",
                String.join(",", trusted)));
        NodeOpening opening = new NodeOpening(
                scheme,
                TestKeys.CIPHER,
                DelayFunction.NONE,
                new MemoryStoreFactory(),
                links,
                TestRules.catalogue(),
                Optional.empty());
        nodes.add(opening.open(NodeConfig.of(settings, home), block -> {}));
    }

    @Test
    void blocksBecomeFinalByVotesOfBothKinds() throws Exception {
        aHomeWithKeysAndGenesis();
        TestChain.NAMES.forEach(name -> open(TestChain.SCHEME, name));
        for (LocalNode node : nodes) {
            assertTrue(node.awaitFinal(3, PATIENCE), () -> String.valueOf(node.status()));
        }
        Block third = nodes.get(0).block(3).orElseThrow();
        List<VoterSignature> votes = third.lastCertificate().orElseThrow().signatures();
        assertTrue(votes.size() >= 3);
        votes.forEach(vote -> assertEquals(3_373, vote.signature().length()));
        assertEquals(80, third.header().reveal().length());
        assertEquals(third.hash(), nodes.get(3).block(3).orElseThrow().hash());
        assertEquals(List.of(), nodes.get(0).brokenInvariants());
    }
}
