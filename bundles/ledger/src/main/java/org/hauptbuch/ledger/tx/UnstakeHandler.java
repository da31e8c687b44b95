package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Unbondings;
import org.hauptbuch.ledger.stake.Validators;

/** Begins to unbond own stake of the sender's validator; a banned one may take what is left. */
final class UnstakeHandler {
    private UnstakeHandler() {}

    static void apply(BlockContext block, Address sender, Payload.Unstake payload) {
        Validator validator = Validators.the(block, sender);
        Rules rules = block.rules();
        StakingRule rule = rules.generation().staking();
        long own = Validators.ownStake(block, validator);
        rules.permit(
                RuleKind.STAKING,
                () -> rule.checkUnstake(block.view(RuleKind.STAKING), validator, own, payload.amount()));
        long maturity = rules.ask(RuleKind.STAKING, () -> rule.maturityEpoch(block.view(RuleKind.STAKING)));
        new Pools(block).leave(sender, sender, payload.amount());
        new Unbondings(block).add(sender, sender, payload.amount(), RuleKind.STAKING, maturity);
        Validators.refresh(block, sender);
    }
}
