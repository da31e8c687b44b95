package org.hauptbuch.embed;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.LedgerView;

/**
 * Bonds tokens for the accounts whose keys the program holds. Every call is one transaction in one final block, and
 * has happened when it returns. Thread-safe.
 */
public final class StakingSystem {
    private final PoSConsensus consensus;
    private volatile boolean started;

    /** The staking of {@code consensus}, not started yet. */
    public StakingSystem(PoSConsensus consensus) {
        this.consensus = consensus;
    }

    /** Opens the staking pool. @throws PoSException STAKING_FAILED where the consensus is not started */
    public void startStaking() {
        if (!consensus.isStarted()) {
            throw new PoSException(PoSError.STAKING_FAILED, "consensus is not started, must be before its staking");
        }
        started = true;
    }

    /**
     * Adds {@code amount} of the participant's tokens to the staking pool: to its own stake where it operates a
     * validator, else to the active validator with the least stake (the smaller address first), so that the pool stays
     * spread.
     *
     * @param amount units, 1 or more
     * @throws PoSException INVALID_STAKE where the amount is out of range; STAKING_FAILED where staking is not started,
     *     the participant's key is not here, or its balance does not cover amount and fee; what the ledger refuses
     */
    public void stakeTokens(StakingParticipant participant, long amount) {
        requireStarted(PoSError.STAKING_FAILED);
        requireAmount(amount);
        LedgerView view = consensus.ledger();
        boolean operator = view.validator(participant.address()).isPresent();
        Payload payload = operator
                ? new Payload.Stake(amount)
                : new Payload.Delegate(leastStaked(view).address(), amount);
        consensus.submit(participant.address(), payload, amount, PoSError.STAKING_FAILED);
    }

    /**
     * Adds {@code amount} of the delegator's tokens to the stake of {@code validator}.
     *
     * @param amount units, 1 or more
     * @throws PoSException INVALID_STAKE where the amount is out of range; DELEGATION_FAILED where staking is not
     *     started, the delegator's key is not here, or its balance does not cover amount and fee; what the ledger
     *     refuses, such as INVALID_VALIDATOR where nobody registered the validator
     */
    public void delegateTokens(StakingParticipant delegator, ValidatorHandle validator, long amount) {
        requireStarted(PoSError.DELEGATION_FAILED);
        requireAmount(amount);
        if (validator.record().isEmpty()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR,
                    "validator",
                    validator.address(),
                    "registered: stake tokens for it first");
        }
        Payload payload = new Payload.Delegate(validator.address(), amount);
        consensus.submit(delegator.address(), payload, amount, PoSError.DELEGATION_FAILED);
    }

    /** What is bonded now. */
    public StakingState stakingState() {
        LedgerView view = consensus.ledger();
        long total = 0;
        long stakes = 0;
        SortedSet<Address> participants = new TreeSet<>();
        for (Validator validator : view.validators()) {
            total = Amounts.add(total, validator.tokens());
            List<Delegation> bonds = view.delegationsTo(validator.address());
            stakes += bonds.size();
            bonds.forEach(bond -> participants.add(bond.delegator()));
        }
        return new StakingState(
                total, participants.stream().map(StakingParticipant::new).toList(), stakes);
    }

    private static Validator leastStaked(LedgerView view) {
        return view.validators().stream()
                .filter(validator -> validator.status() == ValidatorStatus.ACTIVE)
                .min(Comparator.comparingLong(Validator::tokens).thenComparing(Validator::address))
                .orElseThrow(
                        () -> PoSException.outOfRange(PoSError.STAKING_FAILED, "active validators", 0, "1 or more"));
    }

    private void requireStarted(PoSError error) {
        if (!started) {
            throw new PoSException(error, "the staking system is not started, must be started");
        }
    }

    private static void requireAmount(long amount) {
        if (amount < 1) {
            throw PoSException.outOfRange(PoSError.INVALID_STAKE, "amount", amount, "1 to " + Amounts.MAX);
        }
    }
}
