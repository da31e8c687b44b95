package org.hauptbuch.embed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;

/** Chains, keys and transactions for tests. Nothing here is random: the same name is the same key. */
final class Chains {
    static final SignatureScheme SCHEME = new BouncyCastleScheme();
    static final List<String> VALIDATORS = List.of("alice", "bob", "carol", "dave");
    static final long STAKE = 2_000_000;
    static final long BALANCE = 10_000_000;
    static final long START = 1_700_000_000_000L;

    private Chains() {}

    static Signer key(String name) {
        return SCHEME.signer(
                KeyType.ED25519,
                Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    static Signer hybridKey(String name) {
        Bytes half = Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes();
        return SCHEME.signer(KeyType.HYBRID, Hybrid.join(half, half));
    }

    /** Validators whose keys are hybrid, and the default rules; all else is the specification's. */
    static PoSConsensusBuilder hybrid(String... names) {
        PoSConsensusBuilder builder = PoSConsensus.builder(SCHEME).clock(ticking());
        defaultRules().forEach(rule -> builder.rule(rule.id(), rule.factory()));
        for (String name : names) {
            builder.validator(name, hybridKey(name), STAKE).account(hybridKey(name), BALANCE);
        }
        return builder;
    }

    static Address address(String name) {
        return Address.of(key(name).publicKey());
    }

    /** A clock that goes a second further whenever somebody looks. */
    static LongSupplier ticking() {
        AtomicLong now = new AtomicLong(START);
        return () -> now.addAndGet(1_000);
    }

    /** The specification's defaults, but for the cheaper keys. */
    static PoSConsensusConfig config() {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        return epochs(d.epochLength());
    }

    /** {@link #config} with another epoch length. */
    static PoSConsensusConfig epochs(long length) {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        return new PoSConsensusConfig(
                d.minimumStake(),
                d.maxValidators(),
                d.blockTimeMillis(),
                length,
                d.slashingPenalty(),
                false,
                d.enableParallelProcessing());
    }

    /** Everything but the rules of one kind: four validators, three funded accounts. */
    static PoSConsensusBuilder without(String... kinds) {
        PoSConsensusBuilder builder =
                PoSConsensus.builder(SCHEME).clock(ticking()).config(config());
        VALIDATORS.forEach(name -> builder.validator(name, key(name), STAKE).account(key(name), BALANCE));
        for (String name : List.of("erin", "frank", "grace")) {
            builder.account(key(name), BALANCE);
        }
        List<String> left = List.of(kinds);
        for (var rule : defaultRules()) {
            if (!left.contains(rule.id().substring(0, rule.id().indexOf('.')))) {
                builder.rule(rule.id(), rule.factory());
            }
        }
        return builder;
    }

    /** Four validators, three funded accounts, the default rules. */
    static PoSConsensusBuilder standard() {
        return without();
    }

    /** {@link #standard()}, started. */
    static PoSConsensus started() {
        PoSConsensus consensus = standard().build();
        consensus.startConsensus();
        return consensus;
    }

    record Named(String id, RuleFactory factory) {}

    static List<Named> defaultRules() {
        return List.of(
                new Named("selection.weighted", new WeightedSelectionFactory()),
                new Named("staking.bonded", new BondedStakingFactory()),
                new Named("delegation.pooled", new PooledDelegationFactory()),
                new Named("reward.proportional", new ProportionalRewardFactory()),
                new Named("slashing.equivocation", new EquivocationSlashingFactory()),
                new Named("slashing.downtime", new DowntimeSlashingFactory()),
                new Named("slashing.invalidproposal", new InvalidProposalSlashingFactory()),
                new Named("penalty.fixed", new FixedPenaltyFactory()),
                new Named("finality.tendermint", new TendermintFinalityFactory()));
    }

    static Transaction transfer(PoSConsensus consensus, String from, String to, long amount) {
        return consensus.transaction(address(from), new Payload.Transfer(address(to), amount));
    }

    /** A change of rules in the next epoch that all four validators attest, whether it is so or not. */
    static Payload proposal(PoSConsensus consensus, RuleChange change) {
        LedgerView view = consensus.ledger();
        Hash active = view.ruleSet().id();
        RulePlan plan = new RulePlan(
                address("alice"),
                active,
                view.ruleSet().apply(change),
                RulePlan.DEFAULT_READY,
                view.epoch(),
                view.epoch() + 1,
                active,
                Hash.ZERO);
        return new Payload.ProposeRules(
                plan,
                VALIDATORS.stream()
                        .map(name -> Attestation.of(
                                view.chainId(), plan.id(), plan.to().id(), Hash.ZERO, address(name), key(name)))
                        .toList());
    }

    /** Transfers of one unit from each of the accounts to the next, one each. */
    static List<Transaction> transfers(PoSConsensus consensus, String... names) {
        List<Transaction> transfers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            transfers.add(transfer(consensus, names[i], names[(i + 1) % names.length], 1));
        }
        return transfers;
    }

    /** Two precommits of {@code offender} for different blocks at {@code height}, signed by {@code signer}. */
    static Evidence doubleVote(PoSConsensus consensus, String offender, Signer signer, long height) {
        return doubleVote(consensus, address(offender), signer, height);
    }

    static Evidence doubleVote(PoSConsensus consensus, Address offender, Signer signer, long height) {
        return Equivocation.of(
                precommit(consensus, offender, signer, height, "one"),
                precommit(consensus, offender, signer, height, "another"));
    }

    private static Vote precommit(PoSConsensus consensus, Address offender, Signer signer, long height, String block) {
        Hash hash = Hash.sha256(block.getBytes(StandardCharsets.UTF_8));
        Bytes message = Vote.signBytes(consensus.ledger().chainId(), VotePhase.PRECOMMIT, height, 0, hash);
        return new Vote(VotePhase.PRECOMMIT, height, 0, hash, offender, signer.sign(message));
    }

    static Rate percent(int percent) {
        return new Rate(percent * 10_000);
    }
}
