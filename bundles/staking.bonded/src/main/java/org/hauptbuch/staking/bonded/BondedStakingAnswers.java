package org.hauptbuch.staking.bonded;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.KnownAnswer;

/** What {@link BondedStaking} is known to answer. */
final class BondedStakingAnswers {
    private static final long MINIMUM = 1_000_000;

    private BondedStakingAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer(
                        "own stake around the minimum",
                        "INACTIVE ACTIVE ACTIVE",
                        () -> BondedStaking.eligibility(MINIMUM - 1, MINIMUM)
                                + " " + BondedStaking.eligibility(MINIMUM, MINIMUM)
                                + " " + BondedStaking.eligibility(MINIMUM + 1, MINIMUM)),
                new KnownAnswer(
                        "0, 7 and 8 units leave an own stake of 7",
                        "INVALID_STAKE permitted INSUFFICIENT_STAKE",
                        BondedStakingAnswers::unstaked));
    }

    private static String unstaked() {
        List<String> answers = new ArrayList<>();
        for (long amount : new long[] {0, 7, 8}) {
            try {
                BondedStaking.requireOwned(7, amount);
                answers.add("permitted");
            } catch (PoSException refusal) {
                answers.add(refusal.error().name());
            }
        }
        return String.join(" ", answers);
    }
}
