package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.chain.Tip;

/** The end of the chain as this node has it, and what decides the block after it. Belongs to the loop. */
final class Head {
    private final Genesis genesis;
    private final Hash genesisHash;
    private final ChainStore chain;
    private final StoredState state;
    private final Ledger ledger;
    private final RuleActivation rules;
    private Optional<Tip> tip;
    private Optional<BlockHeader> parentHeader;
    private Optional<Certificate> parentCertificate;
    private Prepared prepared;

    /** The schedule of an epoch, prepared once. */
    private record Prepared(long epoch, Generation rules, Hash validatorsRoot, Schedule schedule, Hash seed) {}

    /** Reads {@code chain}. @throws PoSException where it holds another chain than {@code genesis} begins */
    Head(Genesis genesis, ChainStore chain, StoredState state, Ledger ledger, RuleActivation rules) {
        this.genesis = genesis;
        this.genesisHash = genesis.hash();
        this.chain = chain;
        this.state = state;
        this.ledger = ledger;
        this.rules = rules;
        chain.checkGenesis(genesisHash);
        this.tip = chain.tip();
        long height = tip.map(Tip::height).orElse(0L);
        this.parentHeader = chain.block(height).map(block -> block.header());
        this.parentCertificate = chain.certificate(height);
    }

    /** The last final block; genesis where there is none, with a zero state root before its state was made. */
    Tip tip() {
        return tip.orElseGet(() -> new Tip(0, genesisHash, genesis.timeMillis(), Hash.ZERO));
    }

    /** Whether there is no state yet, not even that of the genesis. */
    boolean isEmpty() {
        return tip.isEmpty();
    }

    /** The rules that judge the next block, as the state names them. */
    RuleSet ruleSet() {
        return tip.isEmpty() ? genesis.rules() : new LedgerView(state).ruleSet();
    }

    /**
     * What decides the next block, with its rules made active; makes the state of the genesis where there is none.
     *
     * @param rollback what returns the next block to the fallback, if something does
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where rules are missing
     * @throws RuleFailedException where a rule fails
     */
    BlockContext next(Optional<RollbackCertificate> rollback) {
        RuleSet set = rollback.isPresent() ? fallback() : ruleSet();
        Generation active = rules.activate(set, parentHeader.map(header -> judged(header, set)));
        if (tip.isEmpty()) {
            makeGenesis(active);
        }
        LedgerView view = new LedgerView(state);
        ChainParameters parameters = genesis.parameters();
        Tip parent = tip();
        ValidatorSet validators = view.validatorSet();
        long height = parent.height() + 1;
        long epoch = parameters.epochOf(height);
        Hash validatorsRoot = validators.root();
        Prepared proposing = proposing(view, active, epoch, validators, validatorsRoot);
        return new BlockContext(
                genesis.chainId(),
                height,
                epoch,
                parent,
                parentCertificate,
                parentHeader.flatMap(header -> view.validatorSetAt(header.height())),
                parentHeader.map(header -> rules.parentFinality()),
                validators,
                validatorsRoot,
                rollback.isPresent() ? fromRollback(proposing.schedule) : proposing.schedule,
                proposing.seed,
                active,
                set.id(),
                rollback,
                parameters,
                view.delay());
    }

    /** The rules to which the next block can be returned. */
    private RuleSet fallback() {
        return new LedgerView(state).fallback().orElseThrow();
    }

    /** Rounds after a rollback have high numbers, and begin with the proposer of round 0 all the same. */
    private static Schedule fromRollback(Schedule schedule) {
        int first = RollbackCertificate.FIRST_ROUND;
        return schedule instanceof PublicSchedule known
                ? (PublicSchedule) (height, round) -> known.proposer(height, round - first)
                : (PrivateSchedule) (height, round, who, output) -> schedule.rank(height, round - first, who, output);
    }

    /** Follows a commit. */
    void advanced(Tip newTip, BlockHeader header, Certificate certificate) {
        tip = Optional.of(newTip);
        parentHeader = Optional.of(header);
        parentCertificate = Optional.of(certificate);
    }

    /** Lets every rule object go. */
    void release() {
        prepared = null;
        rules.release();
    }

    private void makeGenesis(Generation active) {
        StateChange change = rules.calls().askLedger("genesis", () -> ledger.genesis(genesis, active));
        Batch batch = new Batch();
        Tip made = chain.addGenesis(batch, genesisHash, genesis.timeMillis(), change);
        chain.addRuleSet(batch, genesis.rules());
        chain.store().commit(batch);
        state.committed(change);
        tip = Optional.of(made);
    }

    private RuleSet judged(BlockHeader header, RuleSet likely) {
        return header.ruleSetId().equals(likely.id())
                ? likely
                : chain.ruleSet(header.ruleSetId())
                        .orElseThrow(() -> new PoSException(
                                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                                "rule set " + header.ruleSetId() + " of height " + header.height()
                                        + " is not in the store"));
    }

    private Prepared proposing(
            LedgerView view, Generation active, long epoch, ValidatorSet validators, Hash validatorsRoot) {
        if (prepared == null
                || prepared.epoch != epoch
                || prepared.rules != active
                || !prepared.validatorsRoot.equals(validatorsRoot)) {
            Hash seed = view.seedOf(epoch)
                    .orElseThrow(() -> new PoSException(
                            PoSError.VALIDATOR_SELECTION_FAILED, "the state has no seed of epoch " + epoch));
            long firstHeight = genesis.parameters().firstHeight(epoch);
            Schedule schedule = rules.calls().ask(RuleKind.SELECTION, "the schedule", () -> active.selection()
                    .prepare(epoch, firstHeight, validators, seed));
            prepared = new Prepared(epoch, active, validatorsRoot, schedule, seed);
        }
        return prepared;
    }
}
