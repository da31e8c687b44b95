package org.hauptbuch.ledger.tx;

import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** Schedules another rule set for the next epoch, on a network whose genesis names an authority for that. */
final class AdoptRuleHandler {
    private AdoptRuleHandler() {}

    static void apply(BlockContext block, Address sender, Payload.AdoptRule payload) {
        if (!block.chain().ruleAuthority().equals(Optional.of(sender))) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "sender",
                    sender,
                    block.chain()
                            .ruleAuthority()
                            .map(authority -> "the rule authority, " + authority)
                            .orElse("the rule authority, and this chain has none"));
        }
        Overlay state = block.state();
        RuleSet current = state.the(Keys.rules(block.epoch()));
        RuleSet next = state.get(Keys.NEXT_RULES).orElse(current).apply(payload.change());
        // what cannot be read back must not be written
        RuleSet.decode(next.encode());
        if (next.equals(current)) {
            state.remove(Keys.NEXT_RULES);
        } else {
            state.set(Keys.NEXT_RULES, next);
        }
    }
}
