package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/** Makes the sender a validator. */
final class RegisterValidatorHandler {
    private RegisterValidatorHandler() {}

    static void apply(BlockContext block, Address sender, Payload.RegisterValidator payload) {
        checkNew(block, sender, payload.id());
        Commission commission = commission(block, payload);
        ConsensusKeys.claim(block, sender, payload.consensusKey(), payload.proof());
        block.rules().permit(RuleKind.STAKING, () -> block.rules()
                .generation()
                .staking()
                .checkRegister(block.view(RuleKind.STAKING), payload.stake()));
        Accounts.debit(block.state(), sender, payload.stake(), PoSError.STAKING_FAILED);
        block.state().set(Keys.name(payload.id()), sender);
        block.state()
                .set(
                        Keys.validator(sender),
                        new Validator(
                                sender,
                                payload.id(),
                                payload.consensusKey(),
                                ValidatorStatus.INACTIVE,
                                Pool.EMPTY,
                                commission,
                                0,
                                ValidatorMetrics.NONE));
        new Pools(block).join(sender, sender, payload.stake());
        Validators.refresh(block, sender);
    }

    private static void checkNew(BlockContext block, Address sender, String id) {
        if (block.state().get(Keys.validator(sender)).isPresent()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "sender", sender, "an account that is no validator yet");
        }
        if (!Validator.validId(id)) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR,
                    "id",
                    "'" + id + "'",
                    "1 to " + Validator.MAX_ID + " characters of a-z 0-9 _ . -");
        }
        if (block.state().get(Keys.name(id)).isPresent()) {
            throw PoSException.outOfRange(PoSError.INVALID_VALIDATOR, "id", "'" + id + "'", "one that no other has");
        }
    }

    private static Commission commission(BlockContext block, Payload.RegisterValidator payload) {
        try {
            return new Commission(
                    payload.commission(), payload.maxCommission(), payload.maxDailyChange(), block.timeMillis());
        } catch (IllegalArgumentException e) {
            throw new PoSException(PoSError.INVALID_VALIDATOR, e.getMessage(), e);
        }
    }
}
