package org.hauptbuch.staking.bonded;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.value.Amounts;

/**
 * Own stake is bonded at once and leaves through the unbonding queue, in which it stays liable. A validator is eligible
 * while its own stake is at least the chain's minimum: below it, it drops out of the next set and may come back by
 * staking more.
 */
final class BondedStaking implements StakingRule {
    private final BondedStakingParameters parameters;

    BondedStaking(BondedStakingParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public void checkRegister(ChainView view, long stake) {
        requireMinimum(view, "own stake of a new validator", stake);
    }

    @Override
    public void checkStake(ChainView view, Validator validator, long ownStake, long amount) {
        // a jailed validator may add: it is how it gets back to the minimum that unjailing asks for
        if (validator.status() == ValidatorStatus.BANNED) {
            throw new PoSException(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "validator " + validator.id() + " is BANNED, must be INACTIVE, ACTIVE or SLASHED to stake");
        }
        long most = Amounts.MAX - ownStake;
        if (amount < 1 || amount > most) {
            throw PoSException.outOfRange(PoSError.INVALID_STAKE, "stake amount", amount, "1 to " + most);
        }
    }

    @Override
    public void checkUnstake(ChainView view, Validator validator, long ownStake, long amount) {
        // whatever the status: what is left after a penalty is its owner's, and the queue keeps it liable
        requireOwned(ownStake, amount);
    }

    static void requireOwned(long ownStake, long amount) {
        if (amount < 1) {
            throw PoSException.outOfRange(PoSError.INVALID_STAKE, "unstake amount", amount, "1 to " + ownStake);
        }
        if (amount > ownStake) {
            throw PoSException.outOfRange(
                    PoSError.INSUFFICIENT_STAKE, "unstake amount", amount, "at most the own stake of " + ownStake);
        }
    }

    @Override
    public long maturityEpoch(ChainView view) {
        return Math.addExact(view.epoch(), parameters.unbondingEpochs(view));
    }

    @Override
    public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
        return eligibility(ownStake, view.parameters().minimumStake());
    }

    static ValidatorStatus eligibility(long ownStake, long minimum) {
        return ownStake >= minimum ? ValidatorStatus.ACTIVE : ValidatorStatus.INACTIVE;
    }

    @Override
    public void checkUnjail(ChainView view, Validator validator, long ownStake) {
        if (validator.status() != ValidatorStatus.SLASHED) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "status of validator " + validator.id(),
                    validator.status(),
                    "SLASHED to unjail");
        }
        if (view.epoch() < validator.jailedUntilEpoch()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "epoch",
                    view.epoch(),
                    "at least " + validator.jailedUntilEpoch() + " to unjail validator " + validator.id());
        }
        requireMinimum(view, "own stake of validator " + validator.id(), ownStake);
    }

    private static void requireMinimum(ChainView view, String field, long stake) {
        long minimum = view.parameters().minimumStake();
        if (stake < minimum) {
            throw PoSException.outOfRange(PoSError.INSUFFICIENT_STAKE, field, stake, "at least " + minimum);
        }
    }
}
