package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Share;

/** Finding validators and keeping their status true. */
public final class Validators {
    private Validators() {}

    /** The validator with this address. @throws PoSException INVALID_VALIDATOR where there is none */
    public static Validator the(BlockContext block, Address address) {
        return block.state()
                .get(Keys.validator(address))
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_VALIDATOR, "validator", address, "a registered validator"));
    }

    /** As {@link #the}. @throws PoSException INVALID_VALIDATOR_STATUS where it is out for ever */
    public static Validator notBanned(BlockContext block, Address address) {
        Validator validator = the(block, address);
        if (validator.status() == ValidatorStatus.BANNED) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "status of validator " + validator.id(),
                    validator.status(),
                    "INACTIVE, ACTIVE or SLASHED");
        }
        return validator;
    }

    /** Units that a validator's operator has in its own pool, at today's worth of its shares. */
    public static long ownStake(BlockContext block, Validator validator) {
        long shares = block.state()
                .get(Keys.share(validator.address(), validator.address()))
                .map(Share::shares)
                .orElse(0L);
        return Pools.worth(block.rules(), validator.pool(), shares);
    }

    /** What the staking rule says of a validator that is neither jailed nor banned. */
    public static ValidatorStatus eligibility(BlockContext block, Validator validator) {
        Rules rules = block.rules();
        long own = ownStake(block, validator);
        ValidatorStatus status = rules.must(
                RuleKind.STAKING,
                () -> rules.generation().staking().eligibility(block.view(RuleKind.STAKING), validator, own));
        if (status != ValidatorStatus.ACTIVE && status != ValidatorStatus.INACTIVE) {
            throw rules.broken(RuleKind.STAKING, "eligibility", status, "ACTIVE or INACTIVE");
        }
        return status;
    }

    /** Makes a validator's status what its stake says; a jailed or banned one stays what it is. */
    public static void refresh(BlockContext block, Address address) {
        Validator validator = the(block, address);
        if (validator.status() == ValidatorStatus.ACTIVE || validator.status() == ValidatorStatus.INACTIVE) {
            ValidatorStatus status = eligibility(block, validator);
            if (status != validator.status()) {
                block.state().set(Keys.validator(address), validator.withStatus(status));
            }
        }
    }
}
