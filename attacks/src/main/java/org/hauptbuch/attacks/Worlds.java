package org.hauptbuch.attacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.penalty.correlated.CorrelatedPenaltyFactory;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.hauptbuch.testkit.Rulebook;
import org.hauptbuch.testkit.SimChain;
import org.hauptbuch.testkit.SimNode;

/** What simulated chains are made of: the real rules, stores in memory, signed transactions. */
final class Worlds {
    /** Units of all stake: one percent is a million, the least stake that the specification allows. */
    static final long STAKE = 100_000_000;

    static final long BLOCK_TIME_MILLIS = 1_000;
    static final long FEE = 10;
    private static final long GAS = 5_000_000;

    private Worlds() {}

    /** How lies are answered. */
    enum Penalties {
        /** No slashing condition knows two signatures that contradict each other. */
        NONE,
        /** {@code slashing.equivocation} with {@code penalty.fixed}: the specification's 5 %, and a ban. */
        FIXED,
        /** {@code slashing.equivocation} with {@code penalty.correlated}: three times the share that lies, and a ban. */
        CORRELATED
    }

    /** Nobody is punished for being away: that a side of a partition hears nothing is nobody's fault. */
    static Rulebook rules(Penalties penalties) {
        List<RuleCatalogue.Entry> entries = new ArrayList<>();
        entries.add(entry(RuleKind.SELECTION, "selection.weighted", new WeightedSelectionFactory()));
        entries.add(entry(RuleKind.STAKING, "staking.bonded", new BondedStakingFactory()));
        entries.add(entry(RuleKind.DELEGATION, "delegation.pooled", new PooledDelegationFactory()));
        entries.add(entry(RuleKind.REWARD, "reward.proportional", new ProportionalRewardFactory()));
        entries.add(entry(RuleKind.SLASHING, "slashing.invalidproposal", new InvalidProposalSlashingFactory()));
        entries.add(entry(RuleKind.FINALITY, "finality.tendermint", new TendermintFinalityFactory()));
        if (penalties != Penalties.NONE) {
            entries.add(entry(RuleKind.SLASHING, "slashing.equivocation", new EquivocationSlashingFactory()));
        }
        entries.add(
                penalties == Penalties.CORRELATED
                        ? entry(RuleKind.PENALTY, "penalty.correlated", new CorrelatedPenaltyFactory())
                        : entry(RuleKind.PENALTY, "penalty.fixed", new FixedPenaltyFactory()));
        RuleSet initial = new RuleSet(entries.stream()
                .map(rule -> Rulebook.ref(rule.kind(), rule.id(), Parameters.NONE))
                .toList());
        return new Rulebook(entries, initial, List.of());
    }

    private static RuleCatalogue.Entry entry(RuleKind kind, String id, RuleFactory factory) {
        return Rulebook.entry(kind, id, factory);
    }

    static Store store() {
        return new MemoryStoreFactory().open(Path.of("simulated"));
    }

    /** A transaction of {@code sender} with the nonce that {@code node} knows as the next one. */
    static Transaction transaction(SimChain chain, SimNode node, String sender, Payload payload) {
        Transaction unsigned = new Transaction(
                chain.genesis().chainId(),
                chain.account(sender).publicKey(),
                node.nextNonce(chain.address(sender)),
                FEE,
                GAS,
                1_000_000,
                payload,
                Bytes.EMPTY);
        return unsigned.signed(chain.account(sender).sign(unsigned.signBytes()));
    }

    /** What makes the account {@code name} a validator that signs with the consensus key of that name. */
    static Payload registration(SimChain chain, String name, long stake) {
        Signer key = chain.consensus(name);
        Bytes possession = Transaction.possessionBytes(chain.genesis().chainId(), chain.address(name), key.publicKey());
        return new Payload.RegisterValidator(
                name,
                key.publicKey(),
                key.sign(possession),
                new Rate(100_000),
                new Rate(300_000),
                new Rate(50_000),
                stake);
    }
}
