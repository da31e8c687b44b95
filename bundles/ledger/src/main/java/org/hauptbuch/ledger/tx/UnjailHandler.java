package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/** Brings the sender's jailed validator back, once its time is over and the staking rule permits. */
final class UnjailHandler {
    private UnjailHandler() {}

    static void apply(BlockContext block, Address sender) {
        Validator validator = Validators.the(block, sender);
        if (validator.status() != ValidatorStatus.SLASHED) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "status of validator " + validator.id(),
                    validator.status(),
                    "SLASHED (jailed)");
        }
        if (block.epoch() < validator.jailedUntilEpoch()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "epoch",
                    block.epoch(),
                    "at least " + validator.jailedUntilEpoch() + ", when validator " + validator.id() + " may unjail");
        }
        long own = Validators.ownStake(block, validator);
        block.rules().permit(RuleKind.STAKING, () -> block.rules()
                .generation()
                .staking()
                .checkUnjail(block.view(RuleKind.STAKING), validator, own));
        Validator free = validator.jailedUntil(0).withStatus(ValidatorStatus.INACTIVE);
        block.state().set(Keys.validator(sender), free);
        Validators.refresh(block, sender);
    }
}
