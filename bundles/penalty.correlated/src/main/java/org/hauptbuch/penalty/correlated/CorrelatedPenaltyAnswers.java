package org.hauptbuch.penalty.correlated;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/** What {@link CorrelatedPenalty} is known to answer where the chain's slashing penalty is 5 %. */
final class CorrelatedPenaltyAnswers {
    private CorrelatedPenaltyAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer(
                        "1, 17, 100, 333 and 334 of 1,000 stake offend",
                        "5% 5.1% 30% 99.9% 100%",
                        () -> rates(Parameters.NONE)),
                new KnownAnswer(
                        "the same with multiplier 1 and no floor",
                        "0.1% 1.7% 10% 33.3% 33.4%",
                        () -> rates(Parameters.of(Map.of("multiplier", "1", "floor", "0%")))));
    }

    private static String rates(Parameters parameters) {
        CorrelatedPenalty rule = new CorrelatedPenalty(CorrelatedPenaltyParameters.from(parameters));
        List<String> rates = new ArrayList<>();
        for (long slashed : new long[] {1, 17, 100, 333, 334}) {
            rates.add(rule.rate(BigInteger.valueOf(slashed), BigInteger.valueOf(1_000), new Rate(50_000))
                    .toString());
        }
        return String.join(" ", rates);
    }
}
