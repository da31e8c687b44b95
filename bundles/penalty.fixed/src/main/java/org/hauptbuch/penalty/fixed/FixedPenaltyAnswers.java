package org.hauptbuch.penalty.fixed;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/** What {@link FixedPenalty} is known to answer where the chain's slashing penalty is 5 %. */
final class FixedPenaltyAnswers {
    private static final long STAKE = 1_000_001;

    private FixedPenaltyAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer(
                        "an attack, a fault and negligence with a stake of 1,000,001",
                        "50000 banned, 50000 jailed 2, 100 jailed 2",
                        () -> costs(Parameters.NONE)),
                new KnownAnswer(
                        "the same at a rate of 10 %",
                        "100000 banned, 100000 jailed 2, 100 jailed 2",
                        () -> costs(Parameters.of(Map.of("rate", "10%")))));
    }

    private static String costs(Parameters parameters) {
        FixedPenalty rule = new FixedPenalty(FixedPenaltyParameters.from(parameters));
        return cost(rule, Gravity.ATTACK) + ", " + cost(rule, Gravity.FAULT) + ", " + cost(rule, Gravity.NEGLIGENCE);
    }

    private static String cost(FixedPenalty rule, Gravity gravity) {
        Penalty penalty = rule.penalty(new Rate(50_000), gravity);
        return penalty.slash().floorOf(STAKE) + (penalty.ban() ? " banned" : " jailed " + penalty.jailEpochs());
    }
}
