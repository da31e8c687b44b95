package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Unbondings;
import org.hauptbuch.ledger.stake.Validators;

/** Moves the sender's stake from one pool to another; the delegation rule guards against a second hop. */
final class RedelegateHandler {
    private RedelegateHandler() {}

    static void apply(BlockContext block, Address sender, Payload.Redelegate payload) {
        DelegateHandler.refuseOwn(sender, payload.from());
        DelegateHandler.refuseOwn(sender, payload.to());
        if (payload.from().equals(payload.to())) {
            throw PoSException.outOfRange(
                    PoSError.DELEGATION_FAILED, "to", payload.to(), "another validator than from");
        }
        Validator from = Validators.the(block, payload.from());
        Validator to = Validators.notBanned(block, payload.to());
        Rules rules = block.rules();
        DelegationRule rule = rules.generation().delegation();
        rules.permit(
                RuleKind.DELEGATION,
                () -> rule.checkRedelegate(block.view(RuleKind.DELEGATION), sender, from, to, payload.amount()));
        long maturity = rules.ask(RuleKind.DELEGATION, () -> rule.maturityEpoch(block.view(RuleKind.DELEGATION)));
        Pools pools = new Pools(block);
        pools.leave(payload.from(), sender, payload.amount());
        long shares = pools.join(payload.to(), sender, payload.amount());
        new Unbondings(block).addMove(payload.from(), payload.to(), sender, payload.amount(), shares, maturity);
        Validators.refresh(block, payload.from());
        Validators.refresh(block, payload.to());
    }
}
