package org.hauptbuch.delegation.pooled;

import java.util.List;
import java.util.OptionalLong;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.KnownAnswer;

/** What {@link PooledDelegation} is known to answer about a pool that lost 5 % to a penalty. */
final class PooledDelegationAnswers {
    private static final PooledDelegation RULE =
            new PooledDelegation(new PooledDelegationParameters(OptionalLong.empty()));
    private static final Pool SLASHED = new Pool(950, 1_000);

    private PooledDelegationAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                // 1000001 * 1000 / 950 = 1052632.6, 333 * 950 / 1000 = 316.4, 100 * 1000 / 950 = 105.3
                new KnownAnswer(
                        "1,000,001 units join, 333 shares are counted, 100 units leave",
                        "1052632 316 106",
                        () -> RULE.sharesFor(SLASHED, 1_000_001)
                                + " " + RULE.tokensFor(SLASHED, 333)
                                + " " + RULE.sharesToRedeem(SLASHED, 100)),
                new KnownAnswer("a pool that lost everything", "DELEGATION_FAILED", PooledDelegationAnswers::drained));
    }

    private static String drained() {
        try {
            return Long.toString(RULE.sharesFor(new Pool(0, 1_000), 1));
        } catch (PoSException refusal) {
            return refusal.error().name();
        }
    }
}
