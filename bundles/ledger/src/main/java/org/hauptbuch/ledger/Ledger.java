package org.hauptbuch.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Judges;
import org.hauptbuch.ledger.slash.EvidenceCourt;
import org.hauptbuch.ledger.state.DirectView;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.tree.StateTree;
import org.hauptbuch.ledger.tx.Transactions;

/**
 * The state transition: what a block does to a state. It is a function of its arguments; two nodes that hand it the
 * same get the same to the last bit. Thread-safe, because it remembers nothing.
 *
 * <p>A {@link PoSException} with {@link PoSError#CONSENSUS_STATE_UPDATE_FAILED} means that this node cannot go on: a
 * rule broke its contract, or the rules handed in are not the ones that the state names. Every other one is a refusal
 * of what was handed in.
 */
public final class Ledger {
    private final Judges judges;

    /** A ledger, of a chain without a delay, that verifies evidence and key possession by {@code scheme}. */
    public Ledger(SignatureScheme scheme) {
        this(scheme, DelayFunction.NONE);
    }

    /** As the other, with {@code delay} for evidence about delays. */
    public Ledger(SignatureScheme scheme, DelayFunction delay) {
        this.judges = new Judges(scheme, delay);
    }

    /**
     * The state at height 0.
     *
     * @throws PoSException VALIDATOR_SELECTION_FAILED where no validator of it may stand, CONSENSUS_STATE_UPDATE_FAILED
     *     where {@code rules} are not the ones that it names
     */
    public StateChange genesis(Genesis genesis, Generation rules) {
        return guarded(() -> GenesisState.of(genesis, rules, judges));
    }

    /**
     * Executes a block on the state of its parent. Signatures of transactions, the last certificate and what the
     * header says, its delay too, are the caller's to verify. A transaction whose payload fails is kept, with a failed receipt: it
     * pays its fee, uses its nonce and does nothing else.
     *
     * @throws PoSException INVALID_BLOCK where the height is not the next one, a transaction has a wrong chain id or
     *     nonce, is expired, offers too little gas or fee or cannot pay it, evidence is refused, the gas limit is
     *     exceeded, or it goes back to another rule set without the right to
     */
    public Execution execute(StateReader state, Generation rules, BlockInput input) {
        return guarded(() -> {
            requireRules(state, rules, input);
            return new BlockExecution(state, rules, judges, input).run();
        });
    }

    /**
     * What {@link #execute} would do under rules that do not judge this height: for comparing. The state is that of the
     * block's parent, what comes out is not to be kept.
     */
    public Execution rehearse(StateReader state, Generation rules, BlockInput input) {
        return guarded(() -> new BlockExecution(state, rules, judges, input).run());
    }

    /**
     * Refuses a transaction that could not be executed at {@code height} on {@code state}, by the error that execution
     * would record or INVALID_TRANSACTION. A nonce over the account's is allowed, for a pool orders by it; of such a
     * transaction only the envelope is looked at, because those before it may change everything else.
     */
    public void checkTransaction(
            StateReader state, Generation rules, Transaction transaction, long height, long timeMillis) {
        guarded(() -> {
            new Transactions(new BlockContext(state, rules, judges, height, timeMillis)).check(transaction);
            return state;
        });
    }

    /**
     * Refuses evidence that a block at {@code height} on {@code state} may not hold: {@link PoSError}
     * SLASHING_DETECTION_FAILED, INVALID_VALIDATOR, SLASHING_FAILED (punished already) or PENALTY_APPLICATION_FAILED
     * (the offender is banned already).
     */
    public void checkEvidence(StateReader state, Generation rules, Evidence evidence, long height, long timeMillis) {
        guarded(() -> {
            BlockContext block = new BlockContext(state, rules, judges, height, timeMillis);
            return new EvidenceCourt(block).hear(evidence, Optional.empty());
        });
    }

    /** Checks all that must always be true of a state, reading all of it; names each thing that is not. */
    public List<String> brokenInvariants(StateReader state, Generation rules) {
        return guarded(() -> new Invariants(state, rules).broken());
    }

    /** Proves what the state holds under {@code key}, or that it holds nothing, to whoever knows its root. */
    public StateProof prove(StateReader state, Bytes key) {
        return StateTree.prove(state, key);
    }

    private static void requireRules(StateReader state, Generation rules, BlockInput input) {
        DirectView view = new DirectView(state);
        long height = input.header().height();
        long epoch = view.the(Keys.CHAIN).parameters().epochOf(height);
        // a block that goes back has to prove first that it may: a false claim is its fault and not this node's
        Optional<Hash> due = input.rollback().isPresent()
                ? Optional.empty()
                : view.get(Keys.rules(epoch)).map(RuleSet::id);
        if (due.isPresent() && !due.get().equals(rules.set().id())) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule set of height " + height,
                    rules.set().id(),
                    due.get().toString());
        }
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuleFailure failure) {
            throw failure.asPoSException();
        }
    }
}
