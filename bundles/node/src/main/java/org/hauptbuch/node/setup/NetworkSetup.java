package org.hauptbuch.node.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeyFile;
import org.hauptbuch.node.keys.SecretKey;

/**
 * Makes a network of validators in a folder: {@code genesis.json}, {@code keys/}, the passphrase that they are encrypted
 * with, and the configuration of each node in {@code etc/}; for a testnet all of these in a folder for each process. The keys are for development: every account
 * and validator is named and funded, and {@code faucet} has money for everybody. Accounts have Ed25519 keys; validators
 * sign with hybrid ones, unless quantum resistance is off.
 */
public final class NetworkSetup {
    static final long STAKE = 10_000_000;
    static final long BALANCE = 1_000_000_000;
    static final String FAUCET = "faucet";

    private static final List<String> RULES = List.of(
            "selection.weighted",
            "staking.bonded",
            "delegation.pooled",
            "reward.proportional",
            "slashing.equivocation",
            "slashing.downtime",
            "slashing.invalidproposal",
            "penalty.fixed",
            "finality.tendermint");

    private final SetupOptions options;
    private final DevelopmentKeys keys = DevelopmentKeys.ofClassPath();
    private final Map<String, SecretKey> accounts = new LinkedHashMap<>();
    private final Map<String, SecretKey> consensus = new LinkedHashMap<>();

    private NetworkSetup(SetupOptions options) {
        this.options = options;
        KeyType type = config().consensusKeyType();
        for (String name : options.names()) {
            accounts.put(name, keys.make(name, KeyType.ED25519));
            consensus.put(name, keys.make(name + "-consensus", type));
        }
        accounts.put(FAUCET, keys.make(FAUCET, KeyType.ED25519));
    }

    /** Makes a network; a refusal is one line on standard error and exit code 1. */
    public static void main(String[] arguments) {
        try {
            Genesis genesis = run(List.of(arguments));
            System.err.println("chain " + genesis.chainId() + ", genesis " + genesis.hash()
                    + "; its keys are for development only");
        } catch (IllegalArgumentException | UncheckedIOException | PoSException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Makes the network that {@code arguments} ask for.
     *
     * @throws IllegalArgumentException where an argument is wrong, naming it, or a rule jar is missing
     * @throws UncheckedIOException where something cannot be read or written
     */
    static Genesis run(List<String> arguments) {
        SetupOptions options = SetupOptions.parse(arguments);
        return new NetworkSetup(options).make(new RuleJars(options.rulesDir()), System.currentTimeMillis());
    }

    private Genesis make(RuleJars jars, long nowMillis) {
        byte[] random = new byte[Hash.LENGTH];
        new SecureRandom().nextBytes(random);
        Hash seed = Hash.sha256(random);
        String chainId = (options.devnet() ? "devnet-" : "testnet-") + seed.shortHex();
        Genesis genesis =
                new Genesis(chainId, nowMillis, parameters(), balances(), validators(nowMillis), rules(jars), seed);
        try {
            for (Path home : options.names().stream()
                    .map(options::processHome)
                    .distinct()
                    .toList()) {
                clear(home);
                write(home.resolve("genesis.json"), GenesisFile.format(genesis));
            }
            for (String name : options.names()) {
                Path home = options.processHome(name);
                keys.write(home, accounts.get(name));
                keys.write(home, consensus.get(name));
                if (!options.devnet() || name.equals("alice")) {
                    keys.write(home, accounts.get(FAUCET));
                }
                write(NodeFile.in(home.resolve("etc"), name), configuration(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up " + options.home() + ": " + e, e);
        }
        return genesis;
    }

    private PoSConsensusConfig config() {
        return new PoSConsensusConfig(
                1_000_000,
                100,
                options.blockTimeMillis(),
                options.epochLength(),
                new Rate(50_000),
                options.quantumResistance(),
                true);
    }

    private ChainParameters parameters() {
        long unbondingEpochs = 3;
        // evidence may be as old as stake stays liable, and no older
        long liableBlocks = unbondingEpochs * options.epochLength();
        return new ChainParameters(
                config(),
                unbondingEpochs,
                liableBlocks,
                liableBlocks * options.blockTimeMillis(),
                100,
                1,
                20_000_000_000L,
                8 << 20,
                GasSchedule.SPECIFICATION,
                options.vdfIterations(),
                ChainParameters.DEFAULT_VDF_BITS);
    }

    private SortedMap<Address, Long> balances() {
        SortedMap<Address, Long> balances = new TreeMap<>();
        accounts.values().forEach(key -> balances.put(key.address(), BALANCE));
        return balances;
    }

    private List<Genesis.GenesisValidator> validators(long nowMillis) {
        Commission commission = new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), nowMillis);
        List<Genesis.GenesisValidator> validators = new ArrayList<>();
        for (String name : options.names()) {
            validators.add(new Genesis.GenesisValidator(
                    accounts.get(name).address(), name, consensus.get(name).publicKey(), STAKE, commission));
        }
        return validators;
    }

    private static RuleSet rules(RuleJars jars) {
        List<RuleRef> rules = new ArrayList<>();
        for (String id : RULES) {
            // a short window, so that one can watch a stopped validator be jailed
            Parameters parameters = id.equals("slashing.downtime")
                    ? Parameters.of(Map.of("window", "20", "minSigned", "50%"))
                    : Parameters.NONE;
            rules.add(jars.rule(id, parameters));
        }
        return new RuleSet(rules);
    }

    /** Takes away what an interrupted set-up left. @throws IllegalArgumentException where a chain is there already */
    private static void clear(Path home) throws IOException {
        if (Files.exists(home.resolve("store"))) {
            throw new IllegalArgumentException(home + " holds a chain already, must be a new folder");
        }
        for (String folder : List.of("keys", "etc")) {
            Path path = home.resolve(folder);
            if (Files.isDirectory(path)) {
                try (var files = Files.list(path)) {
                    for (Path file : files.toList()) {
                        if (KeyFile.isNamedLikeOne(file) || NodeFile.isNamedLikeOne(file)) {
                            Files.delete(file);
                        }
                    }
                }
            }
        }
        Files.deleteIfExists(home.resolve("genesis.json"));
    }

    private String configuration(String name) {
        List<NodeFile> others = options.names().stream()
                .filter(other -> !other.equals(name))
                .map(other -> new NodeFile(
                        other, options.peerPort(other), consensus.get(other).publicKey()))
                .toList();
        return NodeFile.text(name, options.peerPort(name), others, options.devnet());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
