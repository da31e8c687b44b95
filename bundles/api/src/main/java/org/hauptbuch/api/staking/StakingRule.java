package org.hauptbuch.api.staking;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Rule;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides how a validator's own stake comes and goes. The ledger moves the units; this rule permits or refuses, with
 * a {@link org.hauptbuch.api.error.PoSException} that says why. Own stake is in units, at today's worth of its shares.
 */
@ConsumerType
public interface StakingRule extends Rule {
    /** Permits a registration with this first own stake. Refuses as INSUFFICIENT_STAKE. */
    void checkRegister(ChainView view, long stake);

    /** Permits {@code amount} more own stake on top of {@code ownStake}. */
    void checkStake(ChainView view, Validator validator, long ownStake, long amount);

    /** Permits unbonding {@code amount} of {@code ownStake}. Refuses more than there is as INSUFFICIENT_STAKE. */
    void checkUnstake(ChainView view, Validator validator, long ownStake, long amount);

    /** The epoch at whose end stake that begins to unbond now is paid out, the current one or later. */
    long maturityEpoch(ChainView view);

    /** ACTIVE or INACTIVE, for a validator that is neither jailed nor banned. */
    ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake);

    /** Permits a jailed validator to return. Refuses as INVALID_VALIDATOR_STATUS or INSUFFICIENT_STAKE. */
    void checkUnjail(ChainView view, Validator validator, long ownStake);
}
