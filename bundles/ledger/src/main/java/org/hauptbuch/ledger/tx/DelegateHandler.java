package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Validators;

/** Lets the sender join a validator's pool. */
final class DelegateHandler {
    private DelegateHandler() {}

    static void apply(BlockContext block, Address sender, Payload.Delegate payload) {
        refuseOwn(sender, payload.validator());
        Validator validator = Validators.notBanned(block, payload.validator());
        Accounts.debit(block.state(), sender, payload.amount(), PoSError.DELEGATION_FAILED);
        block.rules().permit(RuleKind.DELEGATION, () -> block.rules()
                .generation()
                .delegation()
                .checkDelegate(block.view(RuleKind.DELEGATION), sender, validator, payload.amount()));
        new Pools(block).join(payload.validator(), sender, payload.amount());
        Validators.refresh(block, payload.validator());
    }

    /** Own stake is the staking rule's to judge: it comes and goes by Stake and Unstake alone. */
    static void refuseOwn(Address sender, Address validator) {
        if (sender.equals(validator)) {
            throw PoSException.outOfRange(
                    PoSError.DELEGATION_FAILED,
                    "validator",
                    validator + ", the sender's own",
                    "another's: own stake comes by stake and goes by unstake");
        }
    }
}
