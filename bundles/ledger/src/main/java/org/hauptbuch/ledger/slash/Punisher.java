package org.hauptbuch.ledger.slash;

import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/**
 * Applies what an offence costs. The offender's power in the current set stays, because a set is fixed for its epoch;
 * it is out of the next one.
 */
public final class Punisher {
    private final BlockContext block;
    private final Overlay state;

    /** The punisher of {@code block}. */
    public Punisher(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /** Charges, jails or bans the offender, pays the reporter, burns the rest, and puts the penalty on record. */
    public void punish(Offence offence) {
        Rules rules = block.rules();
        Penalty penalty = rules.must(
                RuleKind.PENALTY, () -> rules.generation().penalty().penalty(block.view(RuleKind.PENALTY), offence));
        long charged = new LiableStake(block).charge(offence.offender(), offence.height(), penalty.slash());
        long rewarded = reward(offence, penalty, charged);
        state.set(Keys.TOTALS, state.the(Keys.TOTALS).burn(charged - rewarded));
        long jailedUntil = mark(offence.offender(), penalty, charged);
        Validators.refresh(block, offence.offender());
        block.record(new SlashingEvent(
                offence,
                block.height(),
                block.timeMillis(),
                penalty.slash(),
                charged - rewarded,
                rewarded,
                penalty.ban(),
                jailedUntil));
    }

    /** Who reports itself is paid nothing. */
    private long reward(Offence offence, Penalty penalty, long charged) {
        Optional<Address> reporter = offence.reporter().filter(address -> !address.equals(offence.offender()));
        if (reporter.isEmpty()) {
            return 0;
        }
        long amount = penalty.reporterShare().floorOf(charged);
        Accounts.credit(state, reporter.get(), amount);
        return amount;
    }

    /** Returns the first epoch in which the offender may unjail, 0 where this penalty does not jail it. */
    private long mark(Address offender, Penalty penalty, long charged) {
        Validator validator = Validators.the(block, offender);
        ValidatorMetrics m = validator.metrics();
        validator = validator.withMetrics(new ValidatorMetrics(
                m.blocksProposed(),
                m.blocksSigned(),
                m.blocksMissed(),
                m.rewards(),
                Amounts.add(m.slashed(), charged)));
        long jailedUntil = 0;
        if (penalty.ban()) {
            validator = validator.jailedUntil(0).withStatus(ValidatorStatus.BANNED);
        } else if (penalty.jailEpochs() > 0) {
            jailedUntil = Math.max(validator.jailedUntilEpoch(), Math.addExact(block.epoch(), penalty.jailEpochs()));
            validator = validator.jailedUntil(jailedUntil);
        }
        state.set(Keys.validator(offender), validator);
        return jailedUntil;
    }
}
