package org.hauptbuch.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * Describes a chain: what the specification's {@code PoSConsensus::new()} leaves out. Rules have to be named, one of
 * every kind and any number of slashing conditions, and at least one validator; the rest has defaults. The same
 * description is the same chain, and opens the same store. Not thread-safe.
 */
public final class PoSConsensusBuilder {
    private static final Commission COMMISSION =
            new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), 0);

    private final SignatureScheme scheme;
    private final List<EmbeddedRule> rules = new ArrayList<>();
    private final List<EmbeddedRule> available = new ArrayList<>();
    private final List<Genesis.GenesisValidator> validators = new ArrayList<>();
    private final SortedMap<Address, Long> balances = new TreeMap<>();
    private final Keys keys = new Keys();
    private ChainParameters parameters = ChainParameters.defaults();
    private String chainId = "embedded";
    private Hash seed = Hash.ZERO;
    private long genesisTimeMillis;
    private Optional<Store> store = Optional.empty();
    private LongSupplier clock = System::currentTimeMillis;

    PoSConsensusBuilder(SignatureScheme scheme) {
        this.scheme = scheme;
    }

    /** The specification's seven parameters; its defaults where this is not called. */
    public PoSConsensusBuilder config(PoSConsensusConfig config) {
        parameters = parameters.with(config);
        return this;
    }

    /** All parameters; {@link ChainParameters#defaults()} where this is not called. */
    public PoSConsensusBuilder parameters(ChainParameters newParameters) {
        parameters = newParameters;
        return this;
    }

    /** The chain's name, 1 to 64 bytes; {@code embedded} where this is not called. */
    public PoSConsensusBuilder chainId(String newChainId) {
        chainId = newChainId;
        return this;
    }

    /** The randomness of the first two epochs; zero where this is not called. */
    public PoSConsensusBuilder seed(Hash newSeed) {
        seed = newSeed;
        return this;
    }

    /** When the chain begins, milliseconds since 1970; 0 where this is not called. */
    public PoSConsensusBuilder genesisTime(long millis) {
        genesisTimeMillis = millis;
        return this;
    }

    /** A rule of the first rule set, as {@link EmbeddedRule#of(String, RuleFactory)}. */
    public PoSConsensusBuilder rule(String id, RuleFactory factory) {
        return rule(EmbeddedRule.of(id, factory));
    }

    /** A rule of the first rule set. */
    public PoSConsensusBuilder rule(EmbeddedRule rule) {
        rules.add(rule);
        return this;
    }

    /** A rule that the chain may adopt later. */
    public PoSConsensusBuilder available(EmbeddedRule rule) {
        available.add(rule);
        return this;
    }

    /**
     * A first validator whose key is here, for its account and for its votes.
     *
     * @param stake its own stake, units, at least the minimum
     */
    public PoSConsensusBuilder validator(String id, Signer signer, long stake) {
        keys.add(signer);
        return validator(new Genesis.GenesisValidator(
                Address.of(signer.publicKey()), id, signer.publicKey(), stake, COMMISSION));
    }

    /** A first validator. It votes where its consensus key is here. */
    public PoSConsensusBuilder validator(Genesis.GenesisValidator validator) {
        validators.add(validator);
        return this;
    }

    /** An account with units to spend, on top of what it has already, whose key is here. */
    public PoSConsensusBuilder account(Signer signer, long balance) {
        keys.add(signer);
        return account(Address.of(signer.publicKey()), balance);
    }

    /** An account with units to spend, on top of what it has already. */
    public PoSConsensusBuilder account(Address address, long balance) {
        balances.merge(address, balance, Amounts::add);
        return this;
    }

    /** Where the chain is kept; in memory where this is not called. The caller closes it. */
    public PoSConsensusBuilder store(Store newStore) {
        store = Optional.of(newStore);
        return this;
    }

    /** The clock, milliseconds since 1970; the system's where this is not called. */
    public PoSConsensusBuilder clock(LongSupplier millis) {
        clock = millis;
        return this;
    }

    /**
     * The chain, not started yet.
     *
     * @throws org.hauptbuch.api.error.PoSException what makes this no beginning of a chain:
     *     VALIDATOR_SELECTION_FAILED where there is no validator, INVALID_VALIDATOR, INSUFFICIENT_STAKE, INVALID_STAKE
     *     where one is malformed, CONSENSUS_STATE_UPDATE_FAILED where a kind of rule is missing or given twice
     */
    public PoSConsensus build() {
        RuleSet set = new RuleSet(rules.stream().map(EmbeddedRule::ref).toList());
        Genesis genesis = new Genesis(chainId, genesisTimeMillis, parameters, balances, validators, set, seed);
        RuleCatalogue catalogue = new RuleCatalogue();
        rules.forEach(rule -> catalogue.add(entry(rule)));
        available.forEach(rule -> catalogue.add(entry(rule)));
        EmbeddedChain chain =
                new EmbeddedChain(genesis, catalogue, scheme, store.orElseGet(HeapStore::new), keys, clock);
        return new PoSConsensus(chain, keys);
    }

    private static RuleCatalogue.Entry entry(EmbeddedRule rule) {
        return new RuleCatalogue.Entry(
                rule.ref().kind(),
                rule.ref().id(),
                rule.ref().version(),
                rule.ref().digest(),
                "embedded: " + rule.factory().getClass().getName(),
                rule.factory());
    }
}
