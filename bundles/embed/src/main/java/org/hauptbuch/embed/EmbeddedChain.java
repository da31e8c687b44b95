package org.hauptbuch.embed;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.SelfTest;

/** The chain behind the façade: one writer, one block at a time. Not thread-safe: the façade's lock guards it. */
final class EmbeddedChain {
    private record Prepared(long epoch, Hash ruleSetId, Schedule schedule, Hash seed) {}

    private final Genesis genesis;
    private final RuleCatalogue catalogue;
    private final SignatureScheme scheme;
    private final Keys keys;
    private final LongSupplier clock;
    private final Ledger ledger;
    private final ChainRecord record;
    private final TransactionCheck transactionCheck;
    private final BlockBuilder builder;
    private final BlockCheck blockCheck;
    private final SecurityCheck securityCheck;
    private Optional<Tip> tip = Optional.empty();
    private Optional<Generation> generation = Optional.empty();
    private Optional<Prepared> prepared = Optional.empty();

    EmbeddedChain(
            Genesis genesis,
            RuleCatalogue catalogue,
            SignatureScheme scheme,
            Store store,
            Keys keys,
            LongSupplier clock) {
        if (genesis.parameters().vdfIterations() > 0) {
            throw new IllegalArgumentException(
                    "vdfIterations: " + genesis.parameters().vdfIterations()
                            + ", must be 0: a chain within a program evaluates no delay");
        }
        this.genesis = genesis;
        this.catalogue = catalogue;
        this.scheme = scheme;
        this.keys = keys;
        this.clock = clock;
        this.ledger = new Ledger(scheme);
        this.record = new ChainRecord(store);
        this.transactionCheck = new TransactionCheck(ledger, scheme, record);
        this.builder = new BlockBuilder(ledger, record);
        this.blockCheck = new BlockCheck(ledger, scheme, record);
        this.securityCheck = new SecurityCheck(ledger, scheme, catalogue, record);
    }

    /** Goes on from the store's last block, or begins with genesis. */
    void open() {
        Hash hash = genesis.hash();
        Optional<Tip> stored = record.tip(hash);
        if (stored.isEmpty()) {
            Generation first = catalogue.activate(genesis.rules());
            stored = Optional.of(record.commitGenesis(hash, genesis.timeMillis(), ledger.genesis(genesis, first)));
        }
        tip = stored;
    }

    boolean isOpen() {
        return tip.isPresent();
    }

    Tip tip() {
        return tip.orElseThrow(
                () -> new PoSException(PoSError.BLOCK_PRODUCTION_FAILED, "consensus is not started, must be started"));
    }

    /** The state after the last final block. */
    LedgerView view() {
        tip();
        return new LedgerView(record);
    }

    ChainRecord record() {
        return record;
    }

    Ledger ledger() {
        return ledger;
    }

    ChainParameters parameters() {
        return genesis.parameters();
    }

    /** What is fixed about the next block. */
    HeightPlan plan() {
        try {
            return readPlan();
        } catch (IllegalStateException e) {
            // the state is the ledger's own writing: what it cannot read, somebody else wrote
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "the state in the store: " + e.getMessage(), e);
        }
    }

    private HeightPlan readPlan() {
        LedgerView view = view();
        Generation rules = generation(view.ruleSet());
        long epoch = view.epoch();
        ValidatorSet validators = view.validatorSet();
        Prepared proposing = proposing(epoch, validators, rules);
        return new HeightPlan(
                genesis.chainId(),
                genesis.parameters(),
                tip(),
                record.certificate(tip().height()),
                epoch,
                validators,
                proposing.schedule(),
                proposing.seed(),
                rules);
    }

    /** The time that the next block gets: the clock's, later than the parent's. */
    long nextTime() {
        return nextTime(clock.getAsLong());
    }

    private long nextTime(long nowMillis) {
        return Math.max(nowMillis, Math.addExact(tip().timeMillis(), 1));
    }

    List<ValidationResult> validate(List<Transaction> transactions) {
        return transactionCheck.each(plan(), transactions, nextTime());
    }

    /** Refuses a block that is not a valid next one, as INVALID_BLOCK. */
    void validate(Block block) {
        validate(plan(), block);
    }

    /**
     * Produces, finalizes and keeps the next block.
     *
     * @param secure whether the chain is examined before and the block after it was built, by nobody's word but its own
     */
    Candidate produce(List<Transaction> transactions, List<Evidence> evidence, boolean secure) {
        if (secure) {
            // before anything is read from it
            securityCheck.checkStore(tip());
        }
        HeightPlan plan = plan();
        Optional<ValidatorSet.Member> first = plan.proposer(0);
        long now = clock.getAsLong();
        if (secure) {
            securityCheck.checkConsensus(plan, this::lastFinality, lastValidators(), now);
            first.ifPresent(due -> securityCheck.checkProposer(plan, due.address()));
        }
        transactionCheck.requireBlockable(plan, transactions);
        long time = nextTime(now);
        LocalFinality.Offers offers = (proposer, signer, round) -> {
            if (secure && first.isEmpty()) {
                securityCheck.checkProposer(plan, proposer);
            }
            Candidate built = builder.build(plan, proposer, signer, round, time, evidence, transactions);
            // before anybody signs an offer of it
            if (secure) {
                requireSecure(plan, built.block());
            }
            return built;
        };
        LocalFinality.Decision decision = new LocalFinality(plan, keys, scheme, offers).decide();
        tip = Optional.of(record.commitBlock(decision.candidate(), decision.certificate()));
        return decision.candidate();
    }

    /** What the rules of {@code set} answer, whether they judge or not. */
    SelfTestReport selfTest(RuleSet set) {
        return new SelfTest(catalogue).run(set);
    }

    Optional<Block> block(long height) {
        return record.block(height);
    }

    Optional<Certificate> certificate(long height) {
        return record.certificate(height);
    }

    private void requireSecure(HeightPlan plan, Block block) {
        try {
            validate(plan, block);
        } catch (PoSException e) {
            throw new PoSException(PoSError.BLOCK_SECURITY_VALIDATION_FAILED, e.getMessage(), e);
        }
    }

    private void validate(HeightPlan plan, Block block) {
        blockCheck.check(plan, catalogue.activate(plan.generation().set()), lastFinality(), lastValidators(), block);
    }

    /** The finality rule that decided the last block, created anew: the next block may be another's. */
    private FinalityRule lastFinality() {
        LedgerView view = view();
        RuleSet last = record.block(tip().height())
                .flatMap(block -> view.ruleSet(block.header().ruleSetId()))
                .orElseGet(view::ruleSet);
        return catalogue.activate(last).finality();
    }

    private Optional<ValidatorSet> lastValidators() {
        return tip().height() == 0 ? Optional.empty() : view().validatorSetAt(tip().height());
    }

    private Generation generation(RuleSet set) {
        if (generation.isEmpty() || !generation.get().set().equals(set)) {
            // new before old: where it cannot be created, the chain stands still and nothing is substituted
            generation = Optional.of(catalogue.activate(set));
        }
        return generation.get();
    }

    private Prepared proposing(long epoch, ValidatorSet validators, Generation rules) {
        Hash ruleSetId = rules.set().id();
        if (prepared.isEmpty()
                || prepared.get().epoch() != epoch
                || !prepared.get().ruleSetId().equals(ruleSetId)) {
            Hash seed = view().seedOf(epoch)
                    .orElseThrow(() -> new PoSException(
                            PoSError.VALIDATOR_SELECTION_FAILED, "epoch " + epoch + " has no seed in the state"));
            prepared = Optional.of(new Prepared(epoch, ruleSetId, prepare(epoch, validators, rules, seed), seed));
        }
        return prepared.get();
    }

    private Schedule prepare(long epoch, ValidatorSet validators, Generation rules, Hash seed) {
        if (validators.size() == 0) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "validators of epoch " + epoch, 0, "1 or more");
        }
        try {
            return Objects.requireNonNull(
                    rules.selection().prepare(epoch, genesis.parameters().firstHeight(epoch), validators, seed),
                    "it answered null");
        } catch (PoSException e) {
            throw e;
        } catch (RuntimeException e) {
            // foreign code: whatever a selection rule throws
            throw new PoSException(
                    PoSError.VALIDATOR_SELECTION_FAILED, "epoch " + epoch + ": the selection rule failed: " + e, e);
        }
    }
}
