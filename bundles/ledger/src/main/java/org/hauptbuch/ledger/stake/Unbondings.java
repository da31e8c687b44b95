package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** Stake that left a pool and is still liable: the unbonding queue, and redelegations. */
public final class Unbondings {
    /** The furthest that a rule may put a maturity, in epochs: far over any chain's unbonding time. */
    private static final long MAX_EPOCHS = 1_000_000;

    private final BlockContext block;
    private final Overlay state;

    /** The queue as {@code block} works on it. */
    public Unbondings(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /** Puts units that left {@code validator}'s pool into the queue; {@code kind} is the rule that named the epoch. */
    public void add(Address validator, Address delegator, long amount, RuleKind kind, long maturityEpoch) {
        checkMaturity(kind, maturityEpoch);
        long sequence = block.nextSequence();
        state.set(
                Keys.unbonding(maturityEpoch, sequence),
                new Unbonding(sequence, delegator, validator, amount, amount, block.height(), maturityEpoch));
        state.set(Keys.unbondingFrom(validator, sequence), maturityEpoch);
        state.set(Keys.unbondingOf(delegator, sequence), maturityEpoch);
    }

    /** Remembers that {@code amount} moved from one pool to {@code shares} of another. */
    public void addMove(Address from, Address to, Address delegator, long amount, long shares, long maturityEpoch) {
        checkMaturity(RuleKind.DELEGATION, maturityEpoch);
        long sequence = block.nextSequence();
        state.set(
                Keys.redelegation(maturityEpoch, sequence),
                new Redelegation(sequence, delegator, from, to, amount, shares, block.height(), maturityEpoch));
        state.set(Keys.redelegationFrom(from, sequence), maturityEpoch);
        state.set(Keys.redelegationOf(delegator, sequence), maturityEpoch);
    }

    /** Takes up to {@code amount} out of an entry of the queue, as a penalty; returns the units taken. */
    public long charge(Unbonding entry, long amount) {
        Unbonding now = state.the(Keys.unbonding(entry.maturityEpoch(), entry.sequence()));
        long taken = Math.min(amount, now.amount());
        if (taken > 0) {
            state.set(
                    Keys.unbonding(now.maturityEpoch(), now.sequence()),
                    new Unbonding(
                            now.sequence(),
                            now.delegator(),
                            now.validator(),
                            now.initialAmount(),
                            now.amount() - taken,
                            now.startedAtHeight(),
                            now.maturityEpoch()));
        }
        return taken;
    }

    /** Lets a move stand for fewer shares, after a penalty took them: what is gone is not charged twice. */
    public void shrinkMove(Redelegation move, long shares) {
        state.set(
                Keys.redelegation(move.maturityEpoch(), move.sequence()),
                new Redelegation(
                        move.sequence(),
                        move.delegator(),
                        move.from(),
                        move.to(),
                        move.initialAmount(),
                        Amounts.subtract(move.shares(), shares),
                        move.startedAtHeight(),
                        move.maturityEpoch()));
    }

    /** Pays out what matures with {@code epoch}, and lets go of the moves that were liable until its end. */
    public void mature(long epoch) {
        for (Unbonding entry : state.list(Keys.unbondings(epoch))) {
            Accounts.credit(state, entry.delegator(), entry.amount());
            state.remove(Keys.unbonding(epoch, entry.sequence()));
            state.remove(Keys.unbondingFrom(entry.validator(), entry.sequence()));
            state.remove(Keys.unbondingOf(entry.delegator(), entry.sequence()));
        }
        for (Redelegation move : state.list(Keys.redelegations(epoch))) {
            state.remove(Keys.redelegation(epoch, move.sequence()));
            state.remove(Keys.redelegationFrom(move.from(), move.sequence()));
            state.remove(Keys.redelegationOf(move.delegator(), move.sequence()));
        }
    }

    private void checkMaturity(RuleKind kind, long maturityEpoch) {
        if (maturityEpoch < block.epoch() || maturityEpoch - block.epoch() > MAX_EPOCHS) {
            throw block.rules()
                    .broken(
                            kind,
                            "maturityEpoch",
                            maturityEpoch,
                            block.epoch() + " to " + (block.epoch() + MAX_EPOCHS));
        }
    }
}
