package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Unbondings;
import org.hauptbuch.ledger.stake.Validators;

/** Begins to unbond the sender's stake with a validator, whatever the validator's status. */
final class UndelegateHandler {
    private UndelegateHandler() {}

    static void apply(BlockContext block, Address sender, Payload.Undelegate payload) {
        DelegateHandler.refuseOwn(sender, payload.validator());
        Rules rules = block.rules();
        long maturity = rules.ask(
                RuleKind.DELEGATION,
                () -> rules.generation().delegation().maturityEpoch(block.view(RuleKind.DELEGATION)));
        new Pools(block).leave(payload.validator(), sender, payload.amount());
        new Unbondings(block).add(payload.validator(), sender, payload.amount(), RuleKind.DELEGATION, maturity);
        Validators.refresh(block, payload.validator());
    }
}
