package org.hauptbuch.delegation.pooled;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class PooledDelegationTest {
    private final TestView view = new TestView();
    private final DelegationRule rule = rule(Map.of());
    private final Address delegator = TestView.address(9);
    private final Validator one = TestView.validator(1);
    private final Validator two = TestView.validator(2);
    private final Validator three = TestView.validator(3);

    @Test
    void theFirstShareCostsOneUnit() {
        assertEquals(123, rule.sharesFor(Pool.EMPTY, 123));
        assertEquals(Long.MAX_VALUE, rule.sharesFor(Pool.EMPTY, Long.MAX_VALUE));
    }

    @Test
    void roundsAgainstTheClaimer() {
        Pool pool = new Pool(95, 100);
        assertEquals(10, rule.sharesFor(pool, 10)); // 10.5
        assertEquals(9, rule.tokensFor(pool, 10)); // 9.5
        assertEquals(11, rule.sharesToRedeem(pool, 10)); // 10.5
        assertEquals(95, rule.tokensFor(pool, 100));
        assertEquals(100, rule.sharesToRedeem(pool, 95));
        assertEquals(0, rule.tokensFor(pool, 0));
    }

    @Test
    void productsTake128Bits() {
        Pool pool = new Pool(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
        assertEquals(Long.MAX_VALUE / 4, rule.sharesFor(pool, Long.MAX_VALUE / 4));
        assertEquals(Long.MAX_VALUE / 4, rule.tokensFor(pool, Long.MAX_VALUE / 4));
        assertEquals(Long.MAX_VALUE / 4, rule.sharesToRedeem(pool, Long.MAX_VALUE / 4));
    }

    @Test
    void nobodyJoinsADrainedPoolOrBuysNoShare() {
        refuses(PoSError.DELEGATION_FAILED, "drained", () -> rule.sharesFor(new Pool(0, 5), 100));
        refuses(
                PoSError.DELEGATION_FAILED,
                "must be worth a share of the pool: at least 3",
                () -> rule.sharesFor(new Pool(5, 2), 2));
        assertEquals(1, rule.sharesFor(new Pool(5, 2), 3));
        refuses(PoSError.INVALID_STAKE, "delegated amount is 0", () -> rule.sharesFor(Pool.EMPTY, 0));
    }

    @Test
    void refusesSharesThatNoAmountHolds() {
        refuses(PoSError.DELEGATION_FAILED, "must be less", () -> rule.sharesFor(new Pool(1, Long.MAX_VALUE / 2), 5));
        refuses(PoSError.DELEGATION_FAILED, "must be less", () -> rule.sharesFor(new Pool(1, Long.MAX_VALUE / 2), 2));
        assertEquals(Long.MAX_VALUE / 2, rule.sharesFor(new Pool(1, Long.MAX_VALUE / 2), 1));
    }

    @Test
    void redeemsNoMoreThanThereIs() {
        Pool pool = new Pool(95, 100);
        refuses(PoSError.INSUFFICIENT_STAKE, "96", () -> rule.sharesToRedeem(pool, 96));
        refuses(PoSError.INVALID_STAKE, "redeemed amount is 0", () -> rule.sharesToRedeem(pool, 0));
        refuses(PoSError.INSUFFICIENT_STAKE, "101", () -> rule.tokensFor(pool, 101));
        refuses(PoSError.INSUFFICIENT_STAKE, "-1", () -> rule.tokensFor(pool, -1));
        refuses(
                PoSError.INSUFFICIENT_STAKE,
                "1, must be at most the pool's 0",
                () -> rule.sharesToRedeem(new Pool(0, 5), 1));
    }

    /** Whatever somebody does, what the others' shares are worth never falls by it. */
    @Test
    void joiningAndLeavingNeverTakesFromTheOthers() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            long scale = 1L << (1 + random.nextInt(40));
            Pool pool = new Pool(1 + random.nextLong(scale), 1 + random.nextLong(scale));
            long mine = 0;
            for (int step = 0; step < 50; step++) {
                Pool before = pool;
                long worth = rule.tokensFor(pool, mine);
                String at = "seed " + seed + " step " + step + " pool " + pool + " mine " + mine;
                if (worth == 0 || random.nextBoolean()) {
                    long tokens = 1 + random.nextLong(scale);
                    if (BigInteger.valueOf(tokens)
                                    .multiply(BigInteger.valueOf(pool.shares()))
                                    .compareTo(BigInteger.valueOf(pool.tokens()))
                            < 0) {
                        continue; // not worth a share
                    }
                    long shares = rule.sharesFor(pool, tokens);
                    pool = pool.plus(tokens, shares);
                    mine += shares;
                    assertTrue(rule.tokensFor(pool, shares) <= tokens, at);
                } else {
                    long tokens = 1 + random.nextLong(worth);
                    long shares = rule.sharesToRedeem(pool, tokens);
                    assertTrue(shares >= 1 && shares <= mine, at);
                    pool = pool.minus(tokens, shares);
                    mine -= shares;
                }
                assertWorthNotLess(before, pool, at);
            }
        }
    }

    @Test
    void delegatesToAllButTheBanned() {
        rule.checkDelegate(view, delegator, one, 1);
        rule.checkDelegate(view, delegator, one.jailedUntil(9), 1);
        rule.checkDelegate(view, delegator, one.withStatus(ValidatorStatus.INACTIVE), 1);
        refuses(
                PoSError.INVALID_VALIDATOR_STATUS,
                "v1 is BANNED",
                () -> rule.checkDelegate(view, delegator, one.withStatus(ValidatorStatus.BANNED), 1));
        refuses(PoSError.INVALID_STAKE, "delegated amount is 0", () -> rule.checkDelegate(view, delegator, one, 0));
    }

    @Test
    void redelegatesToAnotherThatIsNotBanned() {
        rule.checkRedelegate(view, delegator, one, two, 1);
        rule.checkRedelegate(view, delegator, one.withStatus(ValidatorStatus.BANNED), two, 1);
        refuses(PoSError.DELEGATION_FAILED, "v1 to itself", () -> rule.checkRedelegate(view, delegator, one, one, 1));
        refuses(
                PoSError.INVALID_VALIDATOR_STATUS,
                "v2 is BANNED",
                () -> rule.checkRedelegate(view, delegator, one, two.withStatus(ValidatorStatus.BANNED), 1));
        refuses(
                PoSError.INVALID_STAKE,
                "redelegated amount is 0",
                () -> rule.checkRedelegate(view, delegator, one, two, 0));
    }

    @Test
    void refusesTheSecondHopWhileTheFirstIsLiable() {
        view.with(new Redelegation(1, delegator, one.address(), two.address(), 10, 10, 1, 4));
        view.height(view.parameters().firstHeight(4));
        refuses(
                PoSError.DELEGATION_FAILED,
                "until the end of epoch 4",
                () -> rule.checkRedelegate(view, delegator, two, three, 1));
        // elsewhere, by others, and later it is free
        rule.checkRedelegate(view, delegator, one, three, 1);
        rule.checkRedelegate(view, TestView.address(8), two, three, 1);
        view.height(view.parameters().firstHeight(5));
        rule.checkRedelegate(view, delegator, two, three, 1);
    }

    @Test
    void liabilityEndsAfterTheChainsTimeUnlessAParameterSaysOtherwise() {
        view.height(view.parameters().firstHeight(2));
        assertEquals(16, rule.maturityEpoch(view));
        assertEquals(3, rule(Map.of("unbondingEpochs", "1")).maturityEpoch(view));
    }

    @Test
    void commissionMovesWithinItsBoundsOnceADay() {
        // 10% now, at most 20%, at most 1% a day, changed at time 0
        view.timeMillis(PooledDelegation.DAY_MILLIS);
        rule.checkCommission(view, one, new Rate(110_000));
        rule.checkCommission(view, one, new Rate(90_000));
        refuses(
                PoSError.INVALID_VALIDATOR,
                "change of commission is 1.0001%, must be at most 1% a day",
                () -> rule.checkCommission(view, one, new Rate(110_001)));
        refuses(
                PoSError.INVALID_VALIDATOR,
                "must be at most 1% a day",
                () -> rule.checkCommission(view, one, new Rate(89_999)));
        refuses(
                PoSError.INVALID_VALIDATOR,
                "commission is 20.0001%, must be at most 20%",
                () -> rule.checkCommission(view, one, new Rate(200_001)));
        view.timeMillis(view.timeMillis() - 1);
        refuses(
                PoSError.INVALID_VALIDATOR,
                "86399999 ms, must be at least 86400000 ms",
                () -> rule.checkCommission(view, one, new Rate(110_000)));
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (String wrong : new String[] {"0", "10001", "x"}) {
            refuses(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "unbondingEpochs",
                    () -> rule(Map.of("unbondingEpochs", wrong)));
        }
        refuses(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "hops", () -> rule(Map.of("hops", "1")));
        assertDoesNotThrow(() -> rule(Map.of("unbondingEpochs", "10000")));
    }

    /** tokens/shares of {@code after} is at least that of {@code before}, exactly. */
    private static void assertWorthNotLess(Pool before, Pool after, String at) {
        BigInteger left = BigInteger.valueOf(after.tokens()).multiply(BigInteger.valueOf(before.shares()));
        BigInteger right = BigInteger.valueOf(before.tokens()).multiply(BigInteger.valueOf(after.shares()));
        assertTrue(left.compareTo(right) >= 0, at);
    }

    private static DelegationRule rule(Map<String, String> parameters) {
        return (DelegationRule) new PooledDelegationFactory().create(Parameters.of(parameters));
    }

    private static void refuses(PoSError error, String part, Executable call) {
        PoSException e = assertThrows(PoSException.class, call);
        assertEquals(error, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
