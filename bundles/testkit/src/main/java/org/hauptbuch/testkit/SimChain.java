package org.hauptbuch.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;

/**
 * A chain to simulate: validators of equal stake, accounts with little beside it,. All that the
 * accounts own together is less than a tenth of the stake, so that whatever they register, delegate or lose, the
 * validators that run keep more than two thirds of the power between them while one of four is away.
 */
public final class SimChain {
    /** When every simulated chain begins, milliseconds since 1970. */
    public static final long GENESIS_MILLIS = 1_700_000_000_000L;

    /** The least stake of a validator, units. */
    public static final long MINIMUM_STAKE = 1_000_000;

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace");
    private static final long STAKE = 100_000_000;
    private static final long BALANCE = 3_000_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int ACCOUNTS = 6;

    /** Squarings of a delay; a simulation does not wait for them. */
    private static final long DELAY_ITERATIONS = 1_000;

    private final SignatureScheme scheme;
    private final DelayFunction delay;
    private final Rulebook rules;
    private final List<String> validators;
    private final List<String> accounts;
    private final Genesis genesis;

    /** A chain of {@code size} validators without a delay. */
    public SimChain(SignatureScheme scheme, Rulebook rules, int size, long blockTimeMillis, long epochLength) {
        this(scheme, DelayFunction.NONE, rules, size, blockTimeMillis, epochLength);
    }

    /**
     * A chain of {@code size} validators.
     *
     * @param delay what epochs' seeds go through; {@link DelayFunction#NONE} for nothing
     * @param size 1 to 7
     * @param blockTimeMillis the block time
     * @param epochLength blocks in an epoch
     */
    public SimChain(
            SignatureScheme scheme,
            DelayFunction delay,
            Rulebook rules,
            int size,
            long blockTimeMillis,
            long epochLength) {
        if (size < 1 || size > NAMES.size()) {
            throw new IllegalArgumentException("validators: " + size + ", must be 1 to " + NAMES.size());
        }
        this.scheme = scheme;
        this.delay = delay;
        this.rules = rules;
        this.validators = NAMES.subList(0, size);
        this.accounts =
                IntStream.range(0, ACCOUNTS).mapToObj(i -> "account" + i).toList();
        this.genesis = genesis(new PoSConsensusConfig(
                MINIMUM_STAKE, 100, blockTimeMillis, epochLength, new Rate(50_000), false, true));
    }

    /** How it begins. */
    public Genesis genesis() {
        return genesis;
    }

    /** What signs and verifies on it. */
    public SignatureScheme scheme() {
        return scheme;
    }

    /** What its epochs' seeds go through. */
    public DelayFunction delay() {
        return delay;
    }

    /** How long one evaluation takes: anything up to one and a half epochs, so that some outputs are late. */
    long delayMillis(Random random) {
        long epoch = genesis.parameters().epochLength() * genesis.parameters().blockTimeMillis();
        return random.nextInt((int) Math.min(Integer.MAX_VALUE, epoch * 3 / 2)) + 1L;
    }

    /** Its rules. */
    public Rulebook rules() {
        return rules;
    }

    /** The names of the first validators, which are also those of their operators' accounts. */
    public List<String> validators() {
        return validators;
    }

    /** The names of the other accounts that own something. */
    public List<String> accounts() {
        return accounts;
    }

    /** The name of an account that owns something and that no random transaction is of. */
    public String witness() {
        return "witness";
    }

    /** A change of rules in the next epoch after {@code view} that all first validators attest. */
    public Payload.ProposeRules proposal(LedgerView view, Address proposer, RuleChange change) {
        RuleSet active = view.ruleSet();
        long gate = view.epoch();
        RulePlan plan = new RulePlan(
                proposer,
                active.id(),
                active.apply(change),
                RulePlan.DEFAULT_READY,
                gate,
                gate + 1,
                active.id(),
                Hash.ZERO);
        return new Payload.ProposeRules(
                plan, validators.stream().map(name -> attestation(plan, name)).toList());
    }

    /** The word of a first validator that it is ready for {@code plan}. */
    public Attestation attestation(RulePlan plan, String validator) {
        return Attestation.of(
                genesis.chainId(),
                plan.id(),
                plan.to().id(),
                plan.selfTest(),
                address(validator),
                consensus(validator));
    }

    /** The key of an account. */
    public Signer account(String name) {
        return signer("account", name);
    }

    /** A consensus key. */
    public Signer consensus(String name) {
        return signer("consensus", name);
    }

    /** The address of an account. */
    public Address address(String name) {
        return Address.of(account(name).publicKey());
    }

    private Signer signer(String use, String name) {
        return scheme.signer(
                KeyType.ED25519,
                Hash.sha256(("testkit " + use + " " + name).getBytes(StandardCharsets.UTF_8))
                        .bytes());
    }

    private Genesis genesis(PoSConsensusConfig config) {
        TreeMap<Address, Long> balances = new TreeMap<>();
        validators.forEach(name -> balances.put(address(name), BALANCE));
        accounts.forEach(name -> balances.put(address(name), BALANCE));
        balances.put(address(witness()), BALANCE);
        Commission commission =
                new Commission(new Rate(100_000), new Rate(300_000), new Rate(50_000), GENESIS_MILLIS - DAY_MILLIS);
        List<Genesis.GenesisValidator> first = new ArrayList<>();
        for (String name : validators) {
            first.add(new Genesis.GenesisValidator(
                    address(name), name, consensus(name).publicKey(), STAKE, commission));
        }
        ChainParameters parameters = new ChainParameters(
                config, 2, 50, 50 * config.blockTimeMillis(), 100, 1, 30_000_000, 1 << 17, GasSchedule.SPECIFICATION);
        if (delay != DelayFunction.NONE) {
            parameters = parameters.withDelay(DELAY_ITERATIONS, DelayTask.MIN_BITS);
        }
        return new Genesis(
                "simulation", GENESIS_MILLIS, parameters, balances, first, rules.initial(), Hash.sha256(new byte[] {1
                }));
    }
}
