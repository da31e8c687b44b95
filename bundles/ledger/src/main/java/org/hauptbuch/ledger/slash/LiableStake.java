package org.hauptbuch.ledger.slash;

import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Unbondings;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.Reads;
import org.hauptbuch.ledger.state.Share;

/**
 * Charges the stake that stood behind a validator when it offended, wherever it is now: what is in the pool; what
 * began to unbond then or later, at the rate of what it was; what moved to another validator then or later, at the
 * rate of what it was, out of the new pool and out of what unbonds from there. A charge is capped by what is left.
 */
final class LiableStake {
    private final BlockContext block;
    private final Overlay state;
    private final Pools pools;
    private final Unbondings unbondings;

    LiableStake(BlockContext block) {
        this.block = block;
        this.state = block.state();
        this.pools = new Pools(block);
        this.unbondings = new Unbondings(block);
    }

    /** Takes {@code rate} of the stake that was liable at {@code height}; returns the units taken. */
    long charge(Address offender, long height, Rate rate) {
        long charged = chargePool(offender, rate);
        for (Unbonding entry : Reads.unbondingsFrom(state, offender)) {
            if (entry.startedAtHeight() >= height) {
                charged = Amounts.add(charged, unbondings.charge(entry, rate.floorOf(entry.initialAmount())));
            }
        }
        for (Redelegation move : Reads.redelegationsFrom(state, offender)) {
            if (move.startedAtHeight() >= height) {
                charged = Amounts.add(charged, chargeMove(move, rate.floorOf(move.initialAmount())));
            }
        }
        return charged;
    }

    /** A pool loses units and no shares: every holder loses its part, in one step. */
    private long chargePool(Address offender, Rate rate) {
        Validator validator = Validators.the(block, offender);
        Pool pool = validator.pool();
        long charge = rate.floorOf(pool.tokens());
        if (charge > 0) {
            state.set(Keys.validator(offender), validator.withPool(pool.minus(charge, 0)));
        }
        return charge;
    }

    /** What unbonds from the new pool since the move goes first: or else unbonding would be a way out. */
    private long chargeMove(Redelegation move, long charge) {
        long left = charge;
        long held = shares(move);
        for (Unbonding entry : Reads.unbondingsOf(state, move.delegator())) {
            if (left > 0 && entry.validator().equals(move.to()) && entry.sequence() > move.sequence()) {
                left -= unbondings.charge(entry, left);
            }
        }
        if (left > 0) {
            left -= pools.charge(move.to(), move.delegator(), left, move.shares());
            unbondings.shrinkMove(move, held - shares(move));
        }
        Validators.refresh(block, move.to());
        return charge - left;
    }

    private long shares(Redelegation move) {
        return state.get(Keys.share(move.to(), move.delegator()))
                .map(Share::shares)
                .orElse(0L);
    }
}
