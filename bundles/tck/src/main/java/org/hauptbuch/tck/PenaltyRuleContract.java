package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** What every {@link PenaltyRule} promises. */
public interface PenaltyRuleContract extends RuleContract {
    /** A fresh rule. */
    default PenaltyRule rule() {
        return (PenaltyRule) factory().create(parameters());
    }

    @Test
    default void theSameOffenceCostsTheSame() {
        TestView view = chain(4, 10);
        PenaltyRule rule = rule();
        for (Gravity gravity : Gravity.values()) {
            Penalty penalty = rule.penalty(view, offence(1, gravity, 950));
            // what a rule was asked before must not show
            rule.penalty(view, offence(2, Gravity.ATTACK, 940));
            assertEquals(penalty, rule.penalty(view, offence(1, gravity, 950)), () -> gravity + " asked twice");
            assertEquals(
                    penalty, rule().penalty(view, offence(1, gravity, 950)), () -> gravity + " asked of another rule");
        }
    }

    @Test
    default void whatIsGraverCostsNoLess() {
        Rate last = Rate.ZERO;
        for (Gravity gravity : Gravity.values()) {
            Rate rate = rule().penalty(chain(100, 10), offence(1, gravity, 950)).slash();
            Rate before = last;
            assertTrue(
                    rate.compareTo(before) >= 0, () -> gravity + " costs " + rate + ", what is less grave " + before);
            last = rate;
        }
    }

    /** A penalty that a rule does not find halts the chain at the offence of one. */
    @Test
    default void extremesHaveAPenalty() {
        TestView wave = chain(100, Amounts.MAX / 100);
        for (int n = 1; n <= 100; n++) {
            for (Gravity gravity : Gravity.values()) {
                wave.with(event(offence(n, gravity, 900 + n % 90), 990));
            }
        }
        TestView forgotten = chain(4, 10).forgetSets().decidedBy(1_000, TestView.set(4, 10));
        TestView first = chain(1, 1).height(1).decidedBy(1, TestView.set(1, 1));
        TestView rich = chain(1, Amounts.MAX).with(TestView.validator(1).withPool(new Pool(Amounts.MAX, Amounts.MAX)));
        TestView poor = chain(4, 1).with(TestView.validator(1).withPool(Pool.EMPTY));
        for (TestView view : List.of(wave, forgotten, first, rich, poor, chain(4, 10))) {
            for (Gravity gravity : Gravity.values()) {
                // of a validator, of one that left since, in this block, and at the beginning
                for (int n : new int[] {1, 9_999}) {
                    for (long height : new long[] {1, Math.max(1, view.height() - 1), view.height()}) {
                        Outcome.of(() -> rule().penalty(view, offence(n, gravity, height)))
                                .requirePermitted("the penalty of " + gravity + " at height " + height);
                    }
                }
            }
        }
    }

    private static TestView chain(int validators, long power) {
        TestView view = new TestView().height(1_000);
        ValidatorSet set = TestView.set(validators, power);
        for (int n = 1; n <= validators; n++) {
            view.with(TestView.validator(n));
        }
        for (long height = 800; height <= 1_000; height++) {
            view.decidedBy(height, set);
        }
        return view;
    }

    private static Offence offence(int n, Gravity gravity, long height) {
        return new Offence(
                "slashing.test", "a test", TestView.address(n), height, gravity, Optional.empty(), Optional.empty());
    }

    private static SlashingEvent event(Offence offence, long height) {
        return new SlashingEvent(offence, height, 0, new Rate(50_000), 1, 0, false, 0);
    }
}
