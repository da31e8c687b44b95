package org.hauptbuch.node.genesis;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.json.Fields;
import org.hauptbuch.node.json.StrictJson;

/**
 * {@code genesis.json}: how a chain begins, the same on every node of it. All fields are there, under the names of
 * {@link Genesis} and {@link ChainParameters}; amounts are whole units, times are milliseconds, rates are texts such
 * as {@code "5%"}, keys, addresses and digests are hexadecimal. An unknown field is refused.
 */
public final class GenesisFile {
    private static final long MAX = Amounts.MAX;

    private GenesisFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException where it is malformed, naming field, value and range
     * @throws UncheckedIOException where it cannot be read
     */
    public static Genesis read(Path file) {
        try {
            return parse(Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the genesis " + file + ": " + e, e);
        }
    }

    /** Reads a text; {@code what} names it in errors. @throws IllegalArgumentException as {@link #read} */
    public static Genesis parse(String text, String what) {
        Fields root = StrictJson.object(text, what);
        String chainId = root.text("chainId");
        long timeMillis = root.whole("timeMillis", 0, MAX);
        Hash seed = root.parsed("seed", "64 hexadecimal digits", Hash::fromHex);
        ChainParameters parameters = parameters(what, root.object("parameters"));
        SortedMap<Address, Long> balances = new TreeMap<>();
        for (Fields account : root.objects("accounts")) {
            Address address = address(account);
            if (balances.put(address, account.whole("balance", 0, MAX)) != null) {
                throw account.refuse("address", address, "in the list once");
            }
            account.end();
        }
        List<Genesis.GenesisValidator> validators = new ArrayList<>();
        root.objects("validators").forEach(fields -> validators.add(validator(what, fields, timeMillis)));
        List<RuleRef> rules = new ArrayList<>();
        root.objects("rules").forEach(fields -> rules.add(rule(what, fields)));
        root.end();
        try {
            return new Genesis(chainId, timeMillis, parameters, balances, validators, new RuleSet(rules), seed);
        } catch (PoSException | IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
        }
    }

    /** The text of a genesis, which {@link #parse} reads back. */
    public static String format(Genesis genesis) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("chainId", genesis.chainId());
        root.put("timeMillis", genesis.timeMillis());
        root.put("seed", genesis.seed().toString());
        root.put("parameters", formatted(genesis.parameters()));
        List<Object> accounts = new ArrayList<>();
        genesis.balances()
                .forEach((address, balance) -> accounts.add(map("address", address.toString(), "balance", balance)));
        root.put("accounts", accounts);
        root.put(
                "validators",
                genesis.validators().stream()
                        .map(v -> map(
                                "id", v.id(),
                                "address", v.address().toString(),
                                "consensusKey", v.consensusKey().toString(),
                                "stake", v.stake(),
                                "commission", v.commission().rate().toString(),
                                "maxCommission", v.commission().maximum().toString(),
                                "maxDailyChange",
                                        v.commission().maxDailyChange().toString()))
                        .toList());
        root.put(
                "rules",
                genesis.rules().rules().stream()
                        .map(r -> map(
                                "kind", r.kind().text(),
                                "id", r.id(),
                                "version", r.version(),
                                "sha256", r.digest().toString(),
                                "parameters", r.parameters().asMap()))
                        .toList());
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(root) + "\n";
    }

    private static ChainParameters parameters(String what, Fields in) {
        Fields gas = in.object("gas");
        try {
            ChainParameters parameters = new ChainParameters(
                    new PoSConsensusConfig(
                            in.whole("minimumStake", 1, MAX),
                            (int) in.whole("maxValidators", 1, ValidatorSet.MAX_MEMBERS),
                            in.whole("blockTimeMillis", 50, 600_000),
                            in.whole("epochLength", 2, 1_000_000),
                            rate(in, "slashingPenalty"),
                            in.bool("enableQuantumResistance"),
                            in.bool("enableParallelProcessing")),
                    in.whole("unbondingEpochs", 1, 10_000),
                    in.whole("evidenceMaxAgeBlocks", 1, MAX),
                    in.whole("evidenceMaxAgeMillis", 1, MAX),
                    in.whole("blockReward", 0, 1_000_000_000_000_000L),
                    in.whole("minimumFee", 0, 1_000_000_000_000_000L),
                    in.whole("maxBlockGas", 0, MAX),
                    (int) in.whole("maxBlockBytes", 10_000, 1 << 25),
                    new GasSchedule(
                            gas(gas, "blockProduction"),
                            gas(gas, "transactionValidation"),
                            gas(gas, "validatorSelection"),
                            gas(gas, "slashingDetection")),
                    in.whole("vdfIterations", 0, DelayTask.MAX_ITERATIONS),
                    (int) in.whole("vdfBits", DelayTask.MIN_BITS, ChainParameters.MAX_VDF_BITS));
            gas.end();
            in.end();
            return parameters;
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(what)
                    ? e
                    : new IllegalArgumentException(what + ": parameters." + e.getMessage(), e);
        }
    }

    private static Genesis.GenesisValidator validator(String what, Fields in, long timeMillis) {
        String id = in.text("id");
        Address address = address(in);
        PublicKey key = in.parsed("consensusKey", "hexadecimal digits, a type byte and a key", PublicKey::fromHex);
        long stake = in.whole("stake", 1, MAX);
        Rate rate = rate(in, "commission");
        Rate maximum = rate(in, "maxCommission");
        Rate daily = rate(in, "maxDailyChange");
        in.end();
        try {
            return new Genesis.GenesisValidator(
                    address, id, key, stake, new Commission(rate, maximum, daily, timeMillis));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": validator " + id + ": " + e.getMessage(), e);
        }
    }

    private static RuleRef rule(String what, Fields in) {
        RuleKind kind = in.parsed("kind", "a kind of rule", text -> RuleKind.ofText(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "selection, staking, delegation, reward, slashing, penalty or finality")));
        String id = in.text("id");
        String version = in.text("version");
        Hash digest = in.parsed("sha256", "64 hexadecimal digits", Hash::fromHex);
        Fields parameters = in.object("parameters");
        in.end();
        try {
            return new RuleRef(kind, id, version, digest, Parameters.of(parameters.texts()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": rule " + id + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> formatted(ChainParameters p) {
        Map<String, Object> out = map(
                "minimumStake", p.minimumStake(),
                "maxValidators", p.maxValidators(),
                "blockTimeMillis", p.blockTimeMillis(),
                "epochLength", p.epochLength(),
                "slashingPenalty", p.slashingPenalty().toString(),
                "enableQuantumResistance", p.consensus().enableQuantumResistance(),
                "enableParallelProcessing", p.consensus().enableParallelProcessing(),
                "unbondingEpochs", p.unbondingEpochs(),
                "evidenceMaxAgeBlocks", p.evidenceMaxAgeBlocks(),
                "evidenceMaxAgeMillis", p.evidenceMaxAgeMillis(),
                "blockReward", p.blockReward(),
                "minimumFee", p.minimumFee(),
                "maxBlockGas", p.maxBlockGas(),
                "maxBlockBytes", p.maxBlockBytes(),
                "vdfIterations", p.vdfIterations(),
                "vdfBits", p.vdfBits());
        out.put(
                "gas",
                map(
                        "blockProduction", p.gas().blockProduction(),
                        "transactionValidation", p.gas().transactionValidation(),
                        "validatorSelection", p.gas().validatorSelection(),
                        "slashingDetection", p.gas().slashingDetection()));
        return out;
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static Address address(Fields in) {
        return in.parsed("address", "40 hexadecimal digits", Address::fromHex);
    }

    private static Rate rate(Fields in, String name) {
        return in.parsed(name, "0% to 100%", Rate::parse);
    }

    private static long gas(Fields in, String name) {
        return in.whole(name, 0, 1_000_000_000_000L);
    }
}
