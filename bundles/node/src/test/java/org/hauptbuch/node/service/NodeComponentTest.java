package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.TestKeys;
import org.hauptbuch.rules.RuleStage;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;

/** What the component registers, and what it does not. */
final class NodeComponentTest {
    @TempDir
    private Path home;

    private final Map<String, Object> services = new ConcurrentHashMap<>();
    private final Map<String, Dictionary<?, ?>> properties = new ConcurrentHashMap<>();

    @BeforeEach
    void aHome() throws Exception {
        Genesis genesis = TestChain.genesis("devnet-test", List.of("alice"));
        Files.writeString(home.resolve("genesis.json"), GenesisFile.format(genesis));
        TestKeys.writeConsensus(home, "alice");
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getProperty")) {
                        return arguments[0].equals("hauptbuch.home") ? home.toString() : null;
                    }
                    if (method.getName().equals("registerService")) {
                        String name = ((Class<?>) arguments[0]).getSimpleName();
                        services.put(name, arguments[1]);
                        properties.put(name, (Dictionary<?, ?>) arguments[2]);
                        return registration(name);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Has no jars. */
    private static RuleStage stage() {
        return (RuleStage) Proxy.newProxyInstance(
                RuleStage.class.getClassLoader(),
                new Class<?>[] {RuleStage.class},
                (proxy, method, arguments) -> false);
    }

    private Object registration(String name) {
        return Proxy.newProxyInstance(
                ServiceRegistration.class.getClassLoader(),
                new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> method.getName().equals("unregister") ? services.remove(name) : null);
    }

    @SuppressWarnings("unchecked")
    private static ComponentServiceObjects<SignatureScheme> provider(String name, SignatureScheme scheme) {
        Object reference = Proxy.newProxyInstance(
                ServiceReference.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> name);
        return (ComponentServiceObjects<SignatureScheme>) Proxy.newProxyInstance(
                ComponentServiceObjects.class.getClassLoader(),
                new Class<?>[] {ComponentServiceObjects.class},
                (proxy, method, arguments) -> method.getName().equals("getService") ? scheme : reference);
    }

    /** Cannot work here. */
    private static final class Hindered implements SignatureScheme {
        @Override
        public Optional<String> obstacle() {
            return Optional.of("its native library does not load");
        }

        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return TestChain.SCHEME.verify(key, message, signature);
        }

        @Override
        public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
            return TestChain.SCHEME.proofOutput(key, alpha, proof);
        }

        @Override
        public Signer signer(KeyType type, Bytes secret) {
            return TestChain.SCHEME.signer(type, secret);
        }

        @Override
        public Bytes newSecret(KeyType type) {
            return TestChain.SCHEME.newSecret(type);
        }
    }

    @Test
    void aProviderIsChosenByNameAndNeverSilently() {
        SignatureProviders providers = new SignatureProviders(
                new TreeMap<>(Map.of("bouncycastle", () -> TestChain.SCHEME, "accp", Hindered::new)));
        assertSame(TestChain.SCHEME, providers.scheme("bouncycastle"));
        assertEquals(
                "signatures: 'accp', which cannot be used: its native library does not load",
                assertThrows(IllegalArgumentException.class, () -> providers.scheme("accp"))
                        .getMessage());
        assertEquals(
                "signatures: 'openssl', must be a provider that is here: accp, bouncycastle",
                assertThrows(IllegalArgumentException.class, () -> providers.scheme("openssl"))
                        .getMessage());
    }

    private NodeComponent activate(Map<String, Object> changes) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("name", "alice", "key", "keys/alice.key", "bindPort", 27_001));
        settings.putAll(changes);
        return new NodeComponent(
                context(),
                NodeConfigTest.settings(settings),
                settings,
                List.of(provider("accp", new Hindered()), provider("bouncycastle", TestChain.SCHEME)),
                TestKeys.CIPHER,
                DelayFunction.NONE,
                new MemoryStoreFactory(),
                new MemoryLinks(),
                TestRules.catalogue(),
                stage());
    }

    @Test
    void aNodeIsAServiceAndReadyOnceItHasAFinalBlock() throws InterruptedException {
        NodeComponent component = activate(Map.of());
        NodeService node = (NodeService) services.get("NodeService");
        assertEquals("alice", properties.get("NodeService").get("name"));
        assertTrue(node.awaitFinal(1, Duration.ofSeconds(20)));
        for (int i = 0; i < 2_000 && !services.containsKey("Condition"); i++) {
            node.awaitFinal(Long.MAX_VALUE, Duration.ofMillis(5));
        }
        assertEquals("org.hauptbuch.node.ready", properties.get("Condition").get("osgi.condition.id"));
        assertEquals("alice", properties.get("Condition").get("name"));
        component.deactivate();
        assertEquals(Map.of(), services);
    }

    @Test
    void aNodeThatCannotBeOpenedIsNoService() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("bindPort", 0),
                Map.of("genesis", "none.json"),
                Map.of("key", "keys/none.key"),
                Map.of("name", ""),
                Map.of("signatures", "accp"),
                Map.of("signatures", "openssl"),
                Map.of("poolTransaction", 5))) {
            NodeComponent component = activate(wrong);
            assertEquals(Map.of(), services, wrong.toString());
            component.deactivate();
        }
    }
}
