package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Rewards;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/** Pays the sender what its stake with a validator earned, and an operator its commission. */
final class WithdrawRewardsHandler {
    private WithdrawRewardsHandler() {}

    static void apply(BlockContext block, Address sender, Payload.WithdrawRewards payload) {
        Address validator = Validators.the(block, payload.validator()).address();
        boolean operator = sender.equals(validator);
        if (!operator && block.state().get(Keys.share(validator, sender)).isEmpty()) {
            throw PoSException.outOfRange(
                    PoSError.DELEGATION_FAILED, "stake of " + sender + " with validator " + validator, 0, "1 or more");
        }
        Rewards rewards = new Rewards(block);
        rewards.settle(validator, sender);
        if (operator) {
            rewards.settleCommission(validator);
        }
    }
}
