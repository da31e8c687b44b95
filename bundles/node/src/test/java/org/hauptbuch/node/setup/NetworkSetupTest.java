package org.hauptbuch.node.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.keys.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkSetupTest {
    private static final Map<String, String> RULES = new TreeMap<>(Map.of(
            "selection.weighted", "selection",
            "staking.bonded", "staking",
            "delegation.pooled", "delegation",
            "reward.proportional", "reward",
            "slashing.equivocation", "slashing",
            "slashing.downtime", "slashing",
            "slashing.invalidproposal", "slashing",
            "penalty.fixed", "penalty",
            "finality.tendermint", "finality"));

    @TempDir
    private Path folder;

    private Path system;
    private Path home;

    @BeforeEach
    void aDistribution() throws IOException {
        system = folder.resolve("system");
        home = folder.resolve("home");
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            jar(rule.getKey() + "/0.1.0/" + rule.getKey() + ".jar", rule.getValue(), rule.getKey());
        }
        Files.createDirectories(system.resolve("other"));
        try (OutputStream out = Files.newOutputStream(system.resolve("other/plain.jar"))) {
            new JarOutputStream(out, new Manifest()).close();
        }
    }

    private void jar(String path, String kind, String id) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-Version", "0.1.0");
        main.putValue(
                "Provide-Capability",
                "osgi.service;objectClass:List<String>=\"a,b;kind=x\";uses:=\"c\",hauptbuch.rule;id=\"" + id
                        + "\";kind=" + kind);
        Path file = system.resolve(path);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    private Genesis run(String kind, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(kind, "--home", home.toString(), "--rules-dir", system.toString(), "--port-base", "27000"));
        arguments.addAll(List.of(more));
        return NetworkSetup.run(arguments);
    }

    private Properties configuration(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void withoutQuantumResistanceValidatorsSignWithEd25519Alone() {
        Genesis genesis = run("devnet", "--quantum-resistance", "off");
        assertFalse(genesis.parameters().consensus().enableQuantumResistance());
        genesis.validators()
                .forEach(v -> assertEquals(KeyType.ED25519, v.consensusKey().type()));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> run("devnet", "--quantum-resistance", "yes"))
                .getMessage();
        assertEquals("--quantum-resistance: 'yes', must be on or off", message);
    }

    @Test
    void aDevnetHasOneHomeWithFundedKeysAndARuleAuthority() throws IOException {
        Genesis genesis = run("devnet", "--block-time", "200", "--epoch-length", "10", "--validators", "4");
        assertEquals(genesis, GenesisFile.read(home.resolve("genesis.json")));
        assertEquals("devnet-" + genesis.seed().shortHex(), genesis.chainId());
        assertEquals(200, genesis.parameters().blockTimeMillis());
        assertEquals(10, genesis.parameters().epochLength());
        assertEquals(1_000_000, genesis.parameters().minimumStake());
        assertEquals(3, genesis.parameters().unbondingEpochs());
        assertEquals(4, genesis.validators().size());
        for (String name : List.of("alice", "bob", "carol", "dave", "faucet")) {
            KeyFile key = KeyFile.read(home.resolve("keys/" + name + ".key"));
            assertTrue(key.development());
            assertEquals(
                    key.publicKey(),
                    TestKeys.safe(home)
                            .signer(KeyFile.in(home.resolve("keys"), name))
                            .publicKey(),
                    "another library's key");
            assertEquals(1_000_000_000L, genesis.balances().get(key.address()));
        }
        Genesis.GenesisValidator bob = genesis.validators().get(1);
        KeyFile consensus = KeyFile.read(home.resolve("keys/bob-consensus.key"));
        assertEquals("bob", bob.id());
        assertEquals(consensus.publicKey(), bob.consensusKey());
        assertEquals(
                consensus.publicKey(),
                TestKeys.safe(home)
                        .signer(home.resolve("keys/bob-consensus.key"))
                        .publicKey());
        assertTrue(genesis.parameters().consensus().enableQuantumResistance());
        assertNotEquals(consensus.address(), bob.address());
        assertEquals(10_000_000, bob.stake());
        Properties cfg = configuration(home.resolve("etc/org.hauptbuch.node-bob.cfg"));
        assertEquals("bob", cfg.getProperty("name"));
        assertEquals("27002", cfg.getProperty("bindPort"));
        assertEquals("alice=127.0.0.1:27001,carol=127.0.0.1:27003,dave=127.0.0.1:27004", cfg.getProperty("peers"));
        assertTrue(cfg.getProperty("trusted")
                .startsWith("alice=" + genesis.validators().get(0).consensusKey()));
        assertTrue(Files.exists(home.resolve(cfg.getProperty("key"))));
    }

    @Test
    void rulesAreNamedByTheBytesOfTheirJars() throws IOException {
        Genesis genesis = run("devnet");
        for (RuleRef rule : genesis.rules().rules()) {
            Path jar = system.resolve(rule.id() + "/0.1.0/" + rule.id() + ".jar");
            assertEquals(Hash.sha256(Bytes.of(Files.readAllBytes(jar))), rule.digest());
            assertEquals("0.1.0", rule.version());
            assertEquals(RULES.get(rule.id()), rule.kind().text());
        }
        assertEquals(3, genesis.rules().all(RuleKind.SLASHING).size());
        assertEquals(
                "20",
                genesis.rules()
                        .find("slashing.downtime")
                        .orElseThrow()
                        .parameters()
                        .asMap()
                        .get("window"));
    }

    @Test
    void aTestnetHasAHomeForEachProcess() throws IOException {
        Genesis genesis = run("testnet", "--validators", "3");
        assertTrue(genesis.chainId().startsWith("testnet-"));
        for (String name : List.of("alice", "bob", "carol")) {
            Path own = home.resolve(name);
            assertEquals(genesis, GenesisFile.read(own.resolve("genesis.json")));
            assertTrue(Files.exists(own.resolve("etc/org.hauptbuch.node-" + name + ".cfg")));
            assertTrue(Files.exists(own.resolve("keys/" + name + "-consensus.key")));
            assertTrue(Files.exists(own.resolve("keys/faucet.key")));
        }
        assertFalse(Files.exists(home.resolve("alice/keys/bob.key")), "one process has another's key");
        assertFalse(Files.exists(home.resolve("dave")));
    }

    @Test
    void anInterruptedSetUpIsMadeAgainAndAChainIsNeverOverwritten() throws IOException {
        Genesis first = run("devnet");
        Genesis second = run("devnet", "--validators", "2");
        assertNotEquals(first.hash(), second.hash());
        assertFalse(Files.exists(home.resolve("etc/org.hauptbuch.node-dave.cfg")));
        Files.createDirectories(home.resolve("store"));
        String message = assertThrows(IllegalArgumentException.class, () -> run("devnet"))
                .getMessage();
        assertTrue(message.contains("holds a chain already"), message);
        assertEquals(second, GenesisFile.read(home.resolve("genesis.json")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--validators | 0 | 1 to 7",
                "--validators | 8 | 1 to 7",
                "--validators | many | a whole number",
                "--block-time | 49 | 50 to 600000",
                "--epoch-length | 1 | 2 to 1000000",
                "--port-base | 70000 | 1024 to 65000",
                "--port-base | -1 | 0 to",
                "--colour | red | must be one of",
            })
    void everyArgumentIsChecked(String name, String value, String range) {
        List<String> arguments =
                List.of("devnet", "--home", home.toString(), "--rules-dir", system.toString(), name, value);
        String message = assertThrows(IllegalArgumentException.class, () -> NetworkSetup.run(arguments))
                .getMessage();
        assertTrue(message.contains(name) && message.contains(range), message);
        assertFalse(Files.exists(home));
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertRefused(List.of(), "devnet or testnet");
        assertRefused(List.of("mainnet"), "'mainnet'");
        assertRefused(List.of("devnet"), "--home");
        assertRefused(List.of("devnet", "--home"), "--home needs a value");
        assertRefused(List.of("devnet", "--home", "a", "--home", "b"), "twice");
        assertRefused(List.of("devnet", "--home", "a", "--rules-dir", "/nowhere"), "is not a folder");
        Files.delete(system.resolve("penalty.fixed/0.1.0/penalty.fixed.jar"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> run("devnet"))
                .getMessage()
                .contains("rule penalty.fixed is in 0 jars"));
        jar("a.jar", "penalty", "penalty.fixed");
        jar("b.jar", "penalty", "penalty.fixed");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> run("devnet"))
                .getMessage()
                .contains("rule penalty.fixed is in 2 jars"));
    }

    private static void assertRefused(List<String> arguments, String word) {
        String message = assertThrows(IllegalArgumentException.class, () -> NetworkSetup.run(arguments))
                .getMessage();
        assertTrue(message.contains(word), message);
    }
}
