package org.hauptbuch.penalty.correlated;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Rate;

/**
 * A fault or an attack costs
 *
 * <pre>
 *     max(floor, min(1, multiplier × stake of the offenders of the window / stake of the set))
 * </pre>
 *
 * with a multiplier of 3: one validator's mistake costs the floor, and an attack by the third of the stake that can
 * break the chain costs all of it. Offenders are those punished for a fault or an attack in the window, and the one at
 * hand; each counts once, with the power that it had at its offence. The rate is rounded down to parts per million.
 * Source: Ethereum consensus specifications, {@code specs/bellatrix/beacon-chain.md}, {@code process_slashings} with
 * {@code PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX}; Polkadot's min(1, (3k/n)²) is its kin.
 *
 * <p>Ethereum and Polkadot charge later, when the window is over, so that all pay the same. Here the penalty is charged
 * at once, so the first of a wave pays less than the last. Negligence costs a small rate and jail, alone or not: a
 * network that is down should not be burned for it.
 */
final class CorrelatedPenalty implements PenaltyRule {
    private final CorrelatedPenaltyParameters parameters;

    CorrelatedPenalty(CorrelatedPenaltyParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Penalty penalty(ChainView view, Offence offence) {
        Rate reporterShare = parameters.reporterShare();
        return switch (offence.gravity()) {
            case ATTACK -> new Penalty(rate(view, offence), true, 0, reporterShare);
            case FAULT -> new Penalty(rate(view, offence), false, parameters.jailEpochs(), reporterShare);
            case NEGLIGENCE -> new Penalty(parameters.downtimeRate(), false, parameters.jailEpochs(), reporterShare);
        };
    }

    private Rate rate(ChainView view, Offence offence) {
        SortedMap<Address, Long> offenders = new TreeMap<>();
        offenders.put(offence.offender(), stake(view, offence));
        for (SlashingEvent event : view.slashingsSince(firstEpoch(view))) {
            if (event.offence().gravity() != Gravity.NEGLIGENCE) {
                offenders.merge(event.offence().offender(), stake(view, event.offence()), Math::max);
            }
        }
        BigInteger slashed =
                offenders.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger total = BigInteger.valueOf(view.validatorSetAt(offence.height())
                .orElse(view.validatorSet())
                .totalPower());
        return rate(slashed, total, view.parameters().slashingPenalty());
    }

    Rate rate(BigInteger slashed, BigInteger total, Rate slashingPenalty) {
        BigInteger ppm = slashed.multiply(BigInteger.valueOf(parameters.multiplier()))
                .multiply(BigInteger.valueOf(Rate.WHOLE))
                .divide(total)
                .min(BigInteger.valueOf(Rate.WHOLE));
        Rate correlated = new Rate(ppm.intValueExact());
        Rate floor = parameters.floor().orElse(slashingPenalty);
        return correlated.compareTo(floor) > 0 ? correlated : floor;
    }

    private long firstEpoch(ChainView view) {
        long window = parameters.windowEpochs().orElse(view.parameters().unbondingEpochs());
        return Math.max(0, view.epoch() - window + 1);
    }

    /** The power that the offender had at its offence; what it has now where that is forgotten. */
    private static long stake(ChainView view, Offence offence) {
        Optional<ValidatorSet> then = view.validatorSetAt(offence.height());
        if (then.isPresent()) {
            return then.get().power(offence.offender());
        }
        return view.validator(offence.offender()).map(Validator::tokens).orElse(0L);
    }
}
