package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** What every {@link DelegationRule} promises: above all that nobody takes a unit of another. */
public interface DelegationRuleContract extends RuleContract {
    /** A fresh rule. */
    default DelegationRule rule() {
        return (DelegationRule) factory().create(parameters());
    }

    /** Joining and leaving at once never pays, and never takes from those who stay. */
    @Test
    default void roundingIsNeverForTheClaimer() {
        for (Pool pool : pools()) {
            for (long tokens : new long[] {1, 2, 3, 999, 1_000_003, 1L << 40}) {
                DelegationRule rule = rule();
                Outcome joined = Outcome.of(() -> rule.sharesFor(pool, tokens));
                if (joined.refused() || pool.tokens() > Amounts.MAX - tokens) {
                    continue;
                }
                long shares = (long) joined.value();
                String context = tokens + " units join " + pool + " for " + shares + " shares: ";
                assertTrue(shares >= 1, () -> context + "must be 1 or more, or refused");
                Pool after = pool.plus(tokens, shares);
                long worth = rule.tokensFor(after, shares);
                assertTrue(worth <= tokens, () -> context + "they are worth " + worth);
                assertTrue(
                        notLess(after, pool),
                        () -> context + "the others' shares are worth less than before, " + after);
                if (worth > 0) {
                    long price = rule.sharesToRedeem(after, worth);
                    assertTrue(price <= shares, () -> context + "it takes " + price + " to get " + worth + " back");
                    assertTrue(
                            rule.tokensFor(after, price) >= worth,
                            () -> context + worth + " units cost " + price + " shares, which are worth less");
                    assertTrue(
                            price == after.shares() || notLess(after.minus(worth, price), after),
                            () -> context + "leaving takes from those who stay");
                }
            }
        }
    }

    @Test
    default void sharesAreWorthNoMoreThanThePool() {
        for (Pool pool : pools()) {
            DelegationRule rule = rule();
            assertEquals(0, rule.tokensFor(pool, 0), () -> "no share of " + pool);
            for (long shares : new long[] {1, pool.shares() / 3, pool.shares()}) {
                if (shares <= pool.shares()) {
                    long worth = rule.tokensFor(pool, shares);
                    assertTrue(
                            worth >= 0 && worth <= pool.tokens(), () -> shares + " shares of " + pool + ": " + worth);
                    long rest = rule.tokensFor(pool, pool.shares() - shares);
                    assertTrue(
                            worth <= pool.tokens() - rest,
                            () -> "the parts of " + pool + " are worth more than it has");
                }
            }
            Outcome.of(() -> rule.tokensFor(pool, pool.shares() == Amounts.MAX ? -1 : pool.shares() + 1))
                    .requireRefused("more shares than " + pool + " has");
            Outcome.of(() -> rule.sharesToRedeem(pool, pool.tokens() == Amounts.MAX ? -1 : pool.tokens() + 1))
                    .requireRefused("more units than " + pool + " has");
        }
    }

    @Test
    default void nothingAndLessThanNothingAreRefused() {
        TestView view = new TestView();
        Pool pool = new Pool(1_000_000, 1_000_000);
        Address delegator = TestView.address(9);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE}) {
            Outcome.of(() -> rule().sharesFor(pool, amount)).requireRefused("shares for " + amount);
            Outcome.of(() -> rule().sharesToRedeem(pool, amount)).requireRefused("redeeming " + amount);
            Outcome.ofCheck(() -> rule().checkDelegate(view, delegator, TestView.validator(1), amount))
                    .requireRefused("delegating " + amount);
            Outcome.ofCheck(() -> rule().checkRedelegate(
                                    view, delegator, TestView.validator(1), TestView.validator(2), amount))
                    .requireRefused("redelegating " + amount);
        }
        Outcome.ofCheck(() -> rule().checkDelegate(view, delegator, TestView.validator(1), 1_000_000))
                .requirePermitted("delegating to an active validator");
    }

    /** Stake that hopped is still liable where it came from: a second hop would take it out of reach. */
    @Test
    default void aSecondHopWaitsForTheFirst() {
        Address delegator = TestView.address(9);
        Validator one = TestView.validator(1);
        Validator two = TestView.validator(2);
        Validator three = TestView.validator(3);
        TestView view = new TestView().with(new Redelegation(1, delegator, one.address(), two.address(), 10, 10, 1, 4));
        long epochLength = view.parameters().epochLength();
        Outcome.ofCheck(() -> rule().checkRedelegate(view.height(4 * epochLength + 1), delegator, two, three, 5))
                .requireRefused("a second hop in the last epoch of the first's liability");
        Outcome.ofCheck(() -> rule().checkRedelegate(view.height(5 * epochLength + 1), delegator, two, three, 5))
                .requirePermitted("a hop when the one before is over");
        Outcome.ofCheck(() -> rule().checkRedelegate(view.height(2), TestView.address(8), two, three, 5))
                .requirePermitted("a hop of somebody else");
    }

    @Test
    default void liabilityEndsNowOrLater() {
        for (long height : new long[] {1, 100, 101, 1_000_000_000_000L}) {
            TestView view = new TestView().height(height);
            long epoch = rule().maturityEpoch(view);
            assertTrue(epoch >= view.epoch(), () -> "stake of epoch " + view.epoch() + " is liable until " + epoch);
        }
    }

    /** At most the maximum, at most the daily change, at most once a day of block time. */
    @Test
    default void aCommissionChangesWithinItsBounds() {
        long day = 86_400_000;
        TestView view = new TestView().timeMillis(10 * day);
        Validator validator = TestView.validator(1)
                .withCommission(new Commission(new Rate(100_000), new Rate(105_000), new Rate(10_000), 9 * day));
        Outcome.ofCheck(() -> rule().checkCommission(view, validator, new Rate(105_000)))
                .requirePermitted("the maximum commission");
        Outcome.ofCheck(() -> rule().checkCommission(view, validator, new Rate(90_000)))
                .requirePermitted("the daily change downwards");
        Outcome.ofCheck(() -> rule().checkCommission(view, validator, new Rate(105_001)))
                .requireRefused("more than the maximum commission");
        Outcome.ofCheck(() -> rule().checkCommission(view, validator, new Rate(89_999)))
                .requireRefused("more than the daily change");
        Outcome.ofCheck(() -> rule().checkCommission(view.copy().timeMillis(10 * day - 1), validator, new Rate(99_000)))
                .requireRefused("a second change within a day");
    }

    @Test
    default void theSameQuestionHasTheSameAnswer() {
        DelegationRule asked = rule();
        for (Pool pool : pools()) {
            Outcome shares = Outcome.of(() -> asked.sharesFor(pool, 1_000_003));
            assertEquals(shares, Outcome.of(() -> asked.sharesFor(pool, 1_000_003)), "asked twice");
            assertEquals(shares, Outcome.of(() -> rule().sharesFor(pool, 1_000_003)), "asked a rule of its own");
            Outcome price = Outcome.of(() -> asked.sharesToRedeem(pool, 7));
            assertEquals(price, Outcome.of(() -> asked.sharesToRedeem(pool, 7)), "asked twice");
            assertEquals(price, Outcome.of(() -> rule().sharesToRedeem(pool, 7)), "asked a rule of its own");
        }
    }

    /** Whether a share of {@code now} is worth at least what one of {@code before} was. */
    private static boolean notLess(Pool now, Pool before) {
        BigInteger left = BigInteger.valueOf(now.tokens()).multiply(BigInteger.valueOf(before.shares()));
        BigInteger right = BigInteger.valueOf(before.tokens()).multiply(BigInteger.valueOf(now.shares()));
        return left.compareTo(right) >= 0;
    }

    /** Empty, fresh, after penalties, drained, and at the ends of what an amount can hold. */
    private static List<Pool> pools() {
        List<Pool> pools = new ArrayList<>(List.of(
                Pool.EMPTY,
                new Pool(1, 1),
                new Pool(1_000_000, 1_000_000),
                new Pool(950_000, 1_000_000),
                new Pool(1, 1_000_000),
                new Pool(0, 1_000_000),
                new Pool(1, Amounts.MAX),
                new Pool(Amounts.MAX, 1),
                new Pool(Amounts.MAX, Amounts.MAX)));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            pools.add(new Pool(
                    Math.floorMod(random.nextLong(), 1L << 1 + random.nextInt(61)),
                    1 + Math.floorMod(random.nextLong(), 1L << 1 + random.nextInt(61))));
        }
        return pools;
    }
}
