package org.hauptbuch.reward.proportional;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.EpochSummary.Participant;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.value.Amounts;

/**
 * The pot (fees, {@code blockReward × blocks}, what was left over) is divided among the validators of the epoch in
 * proportion to voting power × blocks signed; an optional part of it in proportion to blocks proposed. The commission
 * is rounded down, so the odd unit is the delegators'; what the divisions leave over is carried to the next epoch.
 *
 * <p>Delegators are paid lazily. For each pool one number is kept: what a share has earned since the pool began,
 *
 * <pre>
 *     A(0) = 0,   A(n) = A(n-1) + floor(reward(n) · 2^64 / shares(n))
 *     owed = floor(shares · (A(now) - A(entry)) / 2^64)
 * </pre>
 *
 * where entry is the moment when the delegator's shares last changed or were paid. An epoch costs one step for each
 * validator and a withdrawal one step, whatever the number of delegators and epochs. Sources: D. Ojha, C. Goes: F1 Fee
 * Distribution, Tokenomics 2019 (OASIcs 71); B. Batog, L. Boca, N. Johnson: Scalable Reward Distribution on the Ethereum
 * Blockchain, 2018. F1 counts by tokens and so needs a record for each penalty; shares are not changed by penalties, so
 * this form needs none.
 *
 * <p>Both floors are against the claimer: the sum owed never exceeds the sum earned. An epoch loses less than shares /
 * 2^64 units to the first floor, which is under half a unit, and a withdrawal less than one unit to the second.
 */
final class ProportionalReward implements RewardRule {
    private final ProportionalRewardParameters parameters;

    ProportionalReward(ProportionalRewardParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public long issuance(EpochSummary epoch) {
        long room = Amounts.subtract(Amounts.MAX, epoch.supply());
        if (epoch.blocks() == 0) {
            return 0;
        }
        // no issuance may take the supply over what an amount can hold
        return epoch.blockReward() <= room / epoch.blocks() ? epoch.blockReward() * epoch.blocks() : room;
    }

    @Override
    public List<Payout> divide(EpochSummary epoch, long pot) {
        Amounts.check("pot", pot);
        long bonus = parameters.proposerBonus().floorOf(pot);
        List<Participant> participants = epoch.participants();
        List<BigInteger> bySigned = weights(participants, ProportionalReward::work);
        List<BigInteger> byProposed = weights(participants, p -> BigInteger.valueOf(p.proposed()));
        Part signed = new Part(pot - bonus, sum(bySigned));
        Part proposed = new Part(bonus, sum(byProposed));
        List<Payout> payouts = new ArrayList<>(participants.size());
        for (int i = 0; i < participants.size(); i++) {
            Validator validator = participants.get(i).validator();
            long gross = Amounts.add(signed.of(bySigned.get(i)), proposed.of(byProposed.get(i)));
            long commission = validator.commission().rate().floorOf(gross);
            // where everybody left the pool there is nobody to owe it to: carried over
            long pool = validator.pool().shares() == 0 ? 0 : gross - commission;
            if (commission > 0 || pool > 0) {
                payouts.add(new Payout(validator.address(), commission, pool));
            }
        }
        return List.copyOf(payouts);
    }

    @Override
    public Accumulator accrue(Accumulator before, long shares, long amount) {
        if (shares < 1) {
            throw new IllegalArgumentException("shares: " + shares + ", must be 1 or more");
        }
        Amounts.check("amount", amount);
        BigInteger perShare =
                BigInteger.valueOf(amount).shiftLeft(Accumulator.SCALE_BITS).divide(BigInteger.valueOf(shares));
        return new Accumulator(before.perShare().add(perShare));
    }

    @Override
    public long owed(Accumulator entry, Accumulator now, long shares) {
        Amounts.check("shares", shares);
        BigInteger earned = now.perShare().subtract(entry.perShare());
        if (earned.signum() < 0) {
            throw new IllegalArgumentException(
                    "accumulator: " + now.perShare() + ", must be at least that of the entry, " + entry.perShare());
        }
        return earned.multiply(BigInteger.valueOf(shares))
                .shiftRight(Accumulator.SCALE_BITS)
                .longValueExact();
    }

    /** Power × blocks signed: dividing both by the epoch's blocks would change no proportion. */
    private static BigInteger work(Participant participant) {
        return BigInteger.valueOf(participant.power()).multiply(BigInteger.valueOf(participant.signed()));
    }

    private static List<BigInteger> weights(List<Participant> participants, Function<Participant, BigInteger> weight) {
        return participants.stream().map(weight).toList();
    }

    private static BigInteger sum(List<BigInteger> weights) {
        return weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** An amount to divide by weights of which the sum is known; with no weight at all it is carried over. */
    private record Part(long amount, BigInteger totalWeight) {
        long of(BigInteger weight) {
            return totalWeight.signum() == 0
                    ? 0
                    : BigInteger.valueOf(amount)
                            .multiply(weight)
                            .divide(totalWeight)
                            .longValueExact();
        }
    }
}
