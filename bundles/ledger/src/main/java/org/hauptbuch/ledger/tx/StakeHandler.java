package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Validators;

/** Adds to the own stake of the sender's validator. */
final class StakeHandler {
    private StakeHandler() {}

    static void apply(BlockContext block, Address sender, Payload.Stake payload) {
        Validator validator = Validators.notBanned(block, sender);
        Accounts.debit(block.state(), sender, payload.amount(), PoSError.STAKING_FAILED);
        long own = Validators.ownStake(block, validator);
        block.rules().permit(RuleKind.STAKING, () -> block.rules()
                .generation()
                .staking()
                .checkStake(block.view(RuleKind.STAKING), validator, own, payload.amount()));
        new Pools(block).join(sender, sender, payload.amount());
        Validators.refresh(block, sender);
    }
}
