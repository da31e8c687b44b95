package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.value.Amounts;
import org.junit.jupiter.api.Test;

/** What every {@link StakingRule} promises. */
public interface StakingRuleContract extends RuleContract {
    /** A fresh rule. */
    default StakingRule rule() {
        return (StakingRule) factory().create(parameters());
    }

    @Test
    default void enoughStakeRegistersAndNoneDoesNot() {
        TestView view = new TestView();
        Outcome.ofCheck(() -> rule().checkRegister(view, 0))
                .requireRefusedAs(PoSError.INSUFFICIENT_STAKE, "a registration with no stake");
        Outcome.ofCheck(() -> rule().checkRegister(view, Amounts.MAX))
                .requirePermitted("a registration with all the stake there can be");
    }

    /** More stake never counts less: not at registration and not in an election. */
    @Test
    default void moreStakeIsNeverWorse() {
        TestView view = new TestView();
        Validator validator = TestView.validator(1);
        boolean permitted = false;
        boolean eligible = false;
        for (long stake : new long[] {0, 1, 999_999, 1_000_000, 1_000_001, 1L << 40, Amounts.MAX}) {
            boolean nowPermitted =
                    !Outcome.ofCheck(() -> rule().checkRegister(view, stake)).refused();
            boolean nowEligible = rule().eligibility(view, validator, stake) == ValidatorStatus.ACTIVE;
            assertTrue(nowPermitted || !permitted, () -> "refused with " + stake + ", permitted with less");
            assertTrue(nowEligible || !eligible, () -> "not eligible with " + stake + ", eligible with less");
            permitted = nowPermitted;
            eligible = nowEligible;
        }
    }

    @Test
    default void eligibilityIsActiveOrInactive() {
        TestView view = new TestView();
        for (ValidatorStatus status : List.of(ValidatorStatus.ACTIVE, ValidatorStatus.INACTIVE)) {
            Validator validator = TestView.validator(1).withStatus(status);
            // a member of the set has power, and power is stake
            assertEquals(ValidatorStatus.INACTIVE, rule().eligibility(view, validator, 0), "without stake");
            assertEquals(
                    ValidatorStatus.ACTIVE, rule().eligibility(view, validator, Amounts.MAX), "with all the stake");
            for (long stake : new long[] {1, 1_000_000}) {
                ValidatorStatus answer = rule().eligibility(view, validator, stake);
                assertTrue(
                        answer == ValidatorStatus.ACTIVE || answer == ValidatorStatus.INACTIVE,
                        () -> "eligibility is " + answer + ", must be ACTIVE or INACTIVE");
            }
        }
    }

    @Test
    default void stakeStaysWithinWhatAnAmountCanHold() {
        TestView view = new TestView();
        Validator validator = TestView.validator(1);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE}) {
            Outcome.ofCheck(() -> rule().checkStake(view, validator, 1_000_000, amount))
                    .requireRefused("staking " + amount);
            Outcome.ofCheck(() -> rule().checkUnstake(view, validator, 1_000_000, amount))
                    .requireRefused("unstaking " + amount);
        }
        Outcome.ofCheck(() -> rule().checkStake(view, validator, Amounts.MAX, 1))
                .requireRefused("one unit more than an amount can hold");
        Outcome.ofCheck(() -> rule().checkStake(view, validator, 1, Amounts.MAX))
                .requireRefused("one unit more than an amount can hold");
    }

    @Test
    default void nobodyTakesOutMoreThanThereIs() {
        TestView view = new TestView();
        for (ValidatorStatus status : ValidatorStatus.values()) {
            Validator validator = TestView.validator(1).withStatus(status);
            for (long own : new long[] {0, 1, 1_000_000, Amounts.MAX - 1}) {
                for (long amount : new long[] {own + 1, Amounts.MAX}) {
                    Outcome.ofCheck(() -> rule().checkUnstake(view, validator, own, amount))
                            .requireRefusedAs(PoSError.INSUFFICIENT_STAKE, "unstaking " + amount + " of " + own);
                }
            }
        }
    }

    @Test
    default void unbondingEndsNowOrLater() {
        for (long height : new long[] {1, 100, 101, 1_000_000_000_000L}) {
            TestView view = new TestView().height(height);
            long epoch = rule().maturityEpoch(view);
            assertTrue(epoch >= view.epoch(), () -> "stake of epoch " + view.epoch() + " is paid out in " + epoch);
        }
    }

    @Test
    default void onlyTheJailedReturnAndNotBeforeTheirTime() {
        TestView view = new TestView().height(201);
        for (ValidatorStatus status : ValidatorStatus.values()) {
            if (status != ValidatorStatus.SLASHED) {
                Outcome.ofCheck(() ->
                                rule().checkUnjail(view, TestView.validator(1).withStatus(status), Amounts.MAX))
                        .requireRefusedAs(PoSError.INVALID_VALIDATOR_STATUS, "unjailing who is " + status);
            }
        }
        Outcome.ofCheck(() -> rule().checkUnjail(view, TestView.validator(1).jailedUntil(3), Amounts.MAX))
                .requireRefusedAs(PoSError.INVALID_VALIDATOR_STATUS, "unjailing in epoch 2 of a jail until 3");
        Outcome.ofCheck(() -> rule().checkUnjail(view, TestView.validator(1).jailedUntil(2), Amounts.MAX))
                .requirePermitted("unjailing in epoch 2 of a jail until 2");
        Outcome.ofCheck(() -> rule().checkUnjail(view, TestView.validator(1).jailedUntil(2), 0))
                .requireRefusedAs(PoSError.INSUFFICIENT_STAKE, "unjailing without stake");
    }

    @Test
    default void theSameQuestionHasTheSameAnswer() {
        TestView view = new TestView().height(201);
        Validator validator = TestView.validator(1).jailedUntil(5);
        StakingRule asked = rule();
        List<Function<StakingRule, Outcome>> questions = List.of(
                r -> Outcome.ofCheck(() -> r.checkRegister(view, 999_999)),
                r -> Outcome.ofCheck(() -> r.checkStake(view, validator, 10, 20)),
                r -> Outcome.ofCheck(() -> r.checkUnstake(view, validator, 10, 20)),
                r -> Outcome.of(() -> r.maturityEpoch(view)),
                r -> Outcome.of(() -> r.eligibility(view, validator, 999_999)),
                r -> Outcome.ofCheck(() -> r.checkUnjail(view, validator, 10)));
        for (Function<StakingRule, Outcome> question : questions) {
            Outcome answer = question.apply(asked);
            assertEquals(answer, question.apply(asked), "asked twice");
            assertEquals(answer, question.apply(rule()), "asked a rule of its own");
        }
    }
}
