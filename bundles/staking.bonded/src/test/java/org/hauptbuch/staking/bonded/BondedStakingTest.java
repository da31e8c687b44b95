package org.hauptbuch.staking.bonded;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class BondedStakingTest {
    private static final long MINIMUM = 1_000_000;

    private final TestView view = new TestView();
    private final StakingRule rule = rule(Map.of());
    private final Validator active = TestView.validator(1);
    private final Validator jailed = active.jailedUntil(3);
    private final Validator banned = active.withStatus(ValidatorStatus.BANNED);

    @Test
    void registersWithTheMinimumAndNotWithLess() {
        rule.checkRegister(view, MINIMUM);
        refuses(
                PoSError.INSUFFICIENT_STAKE,
                "999999, must be at least 1000000",
                () -> rule.checkRegister(view, MINIMUM - 1));
    }

    @Test
    void stakesMoreWhileActiveInactiveOrJailedButNotWhenBanned() {
        rule.checkStake(view, active, MINIMUM, 1);
        rule.checkStake(view, active.withStatus(ValidatorStatus.INACTIVE), 0, 1);
        rule.checkStake(view, jailed, 0, 1);
        refuses(PoSError.INVALID_VALIDATOR_STATUS, "v1 is BANNED", () -> rule.checkStake(view, banned, MINIMUM, 1));
    }

    @Test
    void refusesToStakeNothingOrMoreThanAnAmountHolds() {
        refuses(PoSError.INVALID_STAKE, "stake amount is 0", () -> rule.checkStake(view, active, MINIMUM, 0));
        refuses(PoSError.INVALID_STAKE, "stake amount is -1", () -> rule.checkStake(view, active, MINIMUM, -1));
        rule.checkStake(view, active, MINIMUM, Long.MAX_VALUE - MINIMUM);
        refuses(
                PoSError.INVALID_STAKE,
                "must be 1 to " + (Long.MAX_VALUE - MINIMUM),
                () -> rule.checkStake(view, active, MINIMUM, Long.MAX_VALUE - MINIMUM + 1));
    }

    @Test
    void unstakesAllThereIsAndNotMore() {
        rule.checkUnstake(view, active, 5, 5);
        rule.checkUnstake(view, jailed, 5, 5);
        rule.checkUnstake(view, banned, 5, 5);
        refuses(
                PoSError.INSUFFICIENT_STAKE,
                "6, must be at most the own stake of 5",
                () -> rule.checkUnstake(view, active, 5, 6));
        refuses(PoSError.INVALID_STAKE, "unstake amount is 0", () -> rule.checkUnstake(view, active, 5, 0));
    }

    @Test
    void unbondsForTheChainsTimeUnlessAParameterSaysOtherwise() {
        view.height(view.parameters().firstHeight(7));
        assertEquals(7 + 14, rule.maturityEpoch(view));
        assertEquals(7 + 3, rule(Map.of("unbondingEpochs", "3")).maturityEpoch(view));
    }

    @Test
    void isEligibleFromTheMinimumOn() {
        assertEquals(ValidatorStatus.ACTIVE, rule.eligibility(view, active, MINIMUM));
        assertEquals(ValidatorStatus.INACTIVE, rule.eligibility(view, active, MINIMUM - 1));
    }

    @Test
    void unjailsFromTheEpochOnAndNotBefore() {
        view.height(view.parameters().firstHeight(3));
        rule.checkUnjail(view, jailed, MINIMUM);
        view.height(view.height() - 1);
        refuses(
                PoSError.INVALID_VALIDATOR_STATUS,
                "epoch is 2, must be at least 3",
                () -> rule.checkUnjail(view, jailed, MINIMUM));
    }

    @Test
    void unjailsNobodyWithTooLittleStakeOrAnotherStatus() {
        view.height(view.parameters().firstHeight(3));
        refuses(PoSError.INSUFFICIENT_STAKE, "999999", () -> rule.checkUnjail(view, jailed, MINIMUM - 1));
        refuses(PoSError.INVALID_VALIDATOR_STATUS, "is BANNED", () -> rule.checkUnjail(view, banned, MINIMUM));
        refuses(PoSError.INVALID_VALIDATOR_STATUS, "is ACTIVE", () -> rule.checkUnjail(view, active, MINIMUM));
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (String wrong : new String[] {"0", "10001", "-1", "two", ""}) {
            refuses(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "unbondingEpochs",
                    () -> rule(Map.of("unbondingEpochs", wrong)));
        }
        refuses(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "unbondingepochs", () -> rule(Map.of("unbondingepochs", "1")));
        assertDoesNotThrow(() -> rule(Map.of("unbondingEpochs", "10000")));
    }

    private static StakingRule rule(Map<String, String> parameters) {
        return (StakingRule) new BondedStakingFactory().create(Parameters.of(parameters));
    }

    private static void refuses(PoSError error, String part, Executable call) {
        PoSException e = assertThrows(PoSException.class, call);
        assertEquals(error, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
