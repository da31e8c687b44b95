package org.hauptbuch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.embed.EmbeddedRule;
import org.hauptbuch.embed.PoSConsensus;
import org.hauptbuch.embed.PoSConsensusBuilder;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;
import org.hauptbuch.store.memory.MemoryStoreFactory;

/**
 * A chain of the default rules with equal validators and one account for each transaction of a block, two blocks high, in
 * a store in memory. Nothing in it is random: the same name is the same key.
 */
final class Chain {
    private static final List<EmbeddedRule> RULES = List.of(
            EmbeddedRule.of("selection.weighted", new WeightedSelectionFactory()),
            EmbeddedRule.of("staking.bonded", new BondedStakingFactory()),
            EmbeddedRule.of("delegation.pooled", new PooledDelegationFactory()),
            EmbeddedRule.of("reward.proportional", new ProportionalRewardFactory()),
            EmbeddedRule.of("slashing.equivocation", new EquivocationSlashingFactory()),
            EmbeddedRule.of("slashing.downtime", new DowntimeSlashingFactory()),
            EmbeddedRule.of("slashing.invalidproposal", new InvalidProposalSlashingFactory()),
            EmbeddedRule.of("penalty.fixed", new FixedPenaltyFactory()),
            EmbeddedRule.of("finality.tendermint", new TendermintFinalityFactory()));

    private final int validators;
    private final int accounts;
    private final boolean parallel;
    private final Store store = new MemoryStoreFactory().open(Path.of("benchmark"));
    private final PoSConsensus consensus;

    /** A chain with so many validators and funded accounts. */
    Chain(int validators, int accounts, boolean parallel) {
        this.validators = validators;
        this.accounts = accounts;
        this.parallel = parallel;
        this.consensus = open(new BouncyCastleScheme());
        consensus.produceBlock(List.of());
        consensus.produceBlock(List.of());
    }

    /** The façade that made it. */
    PoSConsensus consensus() {
        return consensus;
    }

    /** Another façade on the same store, which has verified nothing yet. */
    PoSConsensus open(SignatureScheme scheme) {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        PoSConsensusBuilder builder = PoSConsensus.builder(scheme)
                .store(store)
                .config(new PoSConsensusConfig(
                        d.minimumStake(),
                        d.maxValidators(),
                        d.blockTimeMillis(),
                        d.epochLength(),
                        d.slashingPenalty(),
                        false,
                        parallel));
        RULES.forEach(builder::rule);
        for (int i = 0; i < validators; i++) {
            builder.validator("validator-" + i, key("validator-" + i), 2_000_000 + i);
        }
        for (int i = 0; i < accounts; i++) {
            builder.account(key("account-" + i), 1_000_000_000);
        }
        PoSConsensus opened = builder.build();
        opened.startConsensus();
        return opened;
    }

    /** The state after the last block, as a node reads it. */
    StateReader state() {
        return new StoreReader(store);
    }

    /** The rules of the next block. */
    Generation rules() {
        RuleCatalogue catalogue = new RuleCatalogue();
        RULES.forEach(rule -> catalogue.add(new RuleCatalogue.Entry(
                rule.ref().kind(),
                rule.ref().id(),
                rule.ref().version(),
                rule.ref().digest(),
                "benchmark",
                rule.factory())));
        return catalogue.activate(consensus.ledger().ruleSet());
    }

    /** One transfer of each account to the next one. */
    List<Transaction> transfers() {
        List<Transaction> transfers = new ArrayList<>(accounts);
        for (int i = 0; i < accounts; i++) {
            transfers.add(consensus.transaction(
                    address("account-" + i), new Payload.Transfer(address("account-" + (i + 1) % accounts), 1)));
        }
        return transfers;
    }

    /** One transaction with this payload of each of the first {@code count} accounts. */
    List<Transaction> each(int count, Payload payload) {
        return IntStream.range(0, count)
                .mapToObj(i -> consensus.transaction(address("account-" + i), payload))
                .toList();
    }

    /** The validators' keys by address. */
    Map<Address, Signer> signers() {
        return IntStream.range(0, validators)
                .mapToObj(i -> key("validator-" + i))
                .collect(Collectors.toMap(signer -> Address.of(signer.publicKey()), signer -> signer));
    }

    static Signer key(String name) {
        return Keys.BY_NAME.computeIfAbsent(
                name,
                n -> Keys.SCHEME.signer(
                        KeyType.ED25519,
                        Hash.sha256(n.getBytes(StandardCharsets.UTF_8)).bytes()));
    }

    static Address address(String name) {
        return Address.of(key(name).publicKey());
    }

    /** Makes keys only, each once: what a benchmark measures has a scheme of its own. */
    private static final class Keys {
        private static final SignatureScheme SCHEME = new BouncyCastleScheme();
        private static final Map<String, Signer> BY_NAME = new ConcurrentHashMap<>();
    }
}
