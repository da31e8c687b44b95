package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.core.HistoryPolicy;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.signer.RemoteSigner;
import org.junit.jupiter.api.Test;

final class NodeConfigTest {
    private static final String BOB = TestChain.consensus("bob").publicKey().toString();

    /** Settings with the defaults of the annotation, as a container would make them. */
    static NodeSettings settings(Map<String, Object> values) {
        return (NodeSettings) Proxy.newProxyInstance(
                NodeSettings.class.getClassLoader(),
                new Class<?>[] {NodeSettings.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Annotation.class) {
                        return NodeSettings.class;
                    }
                    return values.getOrDefault(method.getName(), method.getDefaultValue());
                });
    }

    private static Map<String, Object> good() {
        return new HashMap<>(Map.of("name", "alice", "bindPort", 27_001));
    }

    private static void assertRefused(String key, Object value, String... words) {
        Map<String, Object> values = good();
        values.put(key, value);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> NodeConfig.of(settings(values), Path.of("/net")));
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    @Test
    void defaultsAreRelativeToTheHome() {
        NodeConfig config = NodeConfig.of(settings(good()), Path.of("/net"));
        assertEquals(Path.of("/net/genesis.json"), config.genesis());
        assertEquals(Path.of("/net/store/alice"), config.store());
        assertEquals(Optional.empty(), config.key());
        assertEquals("127.0.0.1", config.bindHost());
        assertEquals(50_000, config.pool().transactions());
    }

    @Test
    void peersAndKeysAreRead() {
        Map<String, Object> values = good();
        values.put("peers", "bob=127.0.0.1:27002");
        values.put("trusted", "bob=" + BOB);
        values.put("key", "keys/a.key");
        NodeConfig config = NodeConfig.of(settings(values), Path.of("/net"));
        assertEquals(Map.of("bob", "127.0.0.1:27002"), config.peers());
        assertEquals(TestChain.consensus("bob").publicKey(), config.trusted().get("bob"));
        assertEquals(Optional.of(Path.of("/net/keys/a.key")), config.key());
    }

    @Test
    void aNodeBeginsAtACheckpointAndKeepsWhatItIsTold() {
        Map<String, Object> values = good();
        assertEquals(new HistoryPolicy(Optional.empty(), false, 2, 3, HistoryPolicy.ALL), history(values));
        Checkpoint checkpoint = new Checkpoint(40, Hash.sha256(new byte[] {1}));
        values.put("checkpoint", " " + checkpoint + " ");
        values.put("trustOldCheckpoint", true);
        values.put("keepBlocks", "15");
        values.put("snapshotEpochs", 0L);
        assertEquals(new HistoryPolicy(Optional.of(checkpoint), true, 0, 3, 15), history(values));
        // three epochs of five blocks
        assertEquals(15, history(values).checkedFor(TestChain.parameters()).keepBlocks());
        values.put("keepBlocks", "14");
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> history(values).checkedFor(TestChain.parameters()));
        assertTrue(refused.getMessage().contains("keepBlocks: 14, must be 15 or more"), refused.getMessage());
        values.put("keepBlocks", "0");
        assertEquals(
                HistoryPolicy.ALL,
                history(values).checkedFor(TestChain.parameters()).keepBlocks());
    }

    private static HistoryPolicy history(Map<String, Object> values) {
        return NodeConfig.of(settings(values), Path.of("/net")).history();
    }

    @Test
    void everyKeyIsChecked() {
        assertRefused("name", "Alice!", "name", "'Alice!'", "a-z 0-9");
        assertRefused("bindPort", 0, "bindPort", "1 to 65535");
        assertRefused("bindPort", 65_536, "bindPort", "1 to 65535");
        assertRefused("bindHost", " ", "bindHost");
        assertRefused("ruleLimitMillis", 9L, "ruleLimitMillis", "'9'", "10 to 600000");
        assertRefused("genesis", "", "genesis");
        assertRefused("peers", "bob", "peers", "'bob'", "NAME=HOST:PORT");
        assertRefused("peers", "bob=127.0.0.1", "peers", "host:port");
        assertRefused("peers", "bob=127.0.0.1:99999", "peers", "1 to 65535");
        assertRefused("peers", "bob=127.0.0.1:27002", "peers", "trusted");
        assertRefused("trusted", "bob=xyz", "trusted", "NAME=PUBLIC-KEY");
        assertRefused("trusted", "bob=" + BOB + ",bob=" + BOB, "trusted", "twice");
        assertRefused("trusted", "bob=" + BOB + ",", "trusted");
        assertRefused("observers", -1, "observers", "0 to 10000");
        assertRefused("observers", 10_001, "observers", "0 to 10000");
        assertRefused("poolTransactions", 0, "poolTransactions", "1 to 10000000");
        assertRefused("poolBytes", 5L, "poolBytes", "1048576");
        assertRefused("checkpoint", "7", "checkpoint", "'7'", "HEIGHT:HASH");
        assertRefused("snapshotEpochs", -1L, "snapshotEpochs", "-1", "0 to 10000");
        assertRefused("snapshotEpochs", 10_001L, "snapshotEpochs", "0 to 10000");
        assertRefused("snapshots", 0, "snapshots", "1 to 100");
        assertRefused("doppelgangerBlocks", -1, "doppelgangerBlocks", "'-1'", "0 to 1000");
        assertRefused("doppelgangerBlocks", 1_001, "doppelgangerBlocks", "0 to 1000");
        assertRefused("keepBlocks", "some", "keepBlocks", "'some'", "all or a number");
        assertRefused("keepBlocks", "-1", "keepBlocks", "'-1'", "all or a number");
        assertRefused("poolPerSender", 50_001, "poolPerSender", "1 to 50000");
    }

    @Test
    void aSignerTakesThePlaceOfTheKey() {
        Map<String, Object> values = good();
        values.put("signer", "127.0.0.1:27500");
        NodeConfig config = NodeConfig.of(settings(values), Path.of("/net"));
        assertEquals(Optional.of(new RemoteSigner.Target("127.0.0.1", 27_500, 500)), config.signer());
        assertEquals(Path.of("/net/signer.secret"), config.signerSecret());
        assertEquals(Optional.empty(), config.key());
        assertRefused("signer", "somewhere", "signer", "somewhere", "HOST:PORT");
        assertRefused("signer", "there:0", "signer", "1 to 65535");
        assertRefused("signerLimitMillis", 9L, "signerLimitMillis", "9", "10 to 5000");
        assertRefused("signerLimitMillis", 5_001L, "signerLimitMillis", "5001");
        values.put("key", "keys/alice.key");
        IllegalArgumentException both =
                assertThrows(IllegalArgumentException.class, () -> NodeConfig.of(settings(values), Path.of("/net")));
        assertTrue(both.getMessage().contains("key: 'keys/alice.key', must be empty"), both.getMessage());
    }
}
