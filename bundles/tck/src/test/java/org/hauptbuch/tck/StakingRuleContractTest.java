package org.hauptbuch.tck;

import java.util.stream.Stream;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.value.Amounts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StakingRuleContractTest {
    /** A minimum of one unit; unbonding takes an epoch. */
    private static class OneUnit implements StakingRule {
        @Override
        public void checkRegister(ChainView view, long stake) {
            require(stake >= 1, PoSError.INSUFFICIENT_STAKE);
        }

        @Override
        public void checkStake(ChainView view, Validator validator, long ownStake, long amount) {
            require(amount >= 1 && amount <= Amounts.MAX - ownStake, PoSError.INVALID_STAKE);
        }

        @Override
        public void checkUnstake(ChainView view, Validator validator, long ownStake, long amount) {
            require(amount >= 1 && amount <= ownStake, PoSError.INSUFFICIENT_STAKE);
        }

        @Override
        public long maturityEpoch(ChainView view) {
            return Math.addExact(view.epoch(), 1);
        }

        @Override
        public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
            return ownStake >= 1 ? ValidatorStatus.ACTIVE : ValidatorStatus.INACTIVE;
        }

        @Override
        public void checkUnjail(ChainView view, Validator validator, long ownStake) {
            require(
                    validator.status() == ValidatorStatus.SLASHED && view.epoch() >= validator.jailedUntilEpoch(),
                    PoSError.INVALID_VALIDATOR_STATUS);
            require(ownStake >= 1, PoSError.INSUFFICIENT_STAKE);
        }

        static void require(boolean holds, PoSError error) {
            if (!holds) {
                throw new PoSException(error, "not so");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<StakingRuleContract>(StakingRuleContract.class, () -> p -> new OneUnit())
                .breaks(
                        "enoughStakeRegistersAndNoneDoesNot",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkRegister(ChainView view, long stake) {
                                require(stake >= 0, PoSError.INSUFFICIENT_STAKE);
                            }
                        })
                .breaks(
                        "enoughStakeRegistersAndNoneDoesNot",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkRegister(ChainView view, long stake) {
                                require(Math.multiplyExact(stake, 2) >= 2, PoSError.INSUFFICIENT_STAKE);
                            }
                        })
                .breaks(
                        "moreStakeIsNeverWorse",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkRegister(ChainView view, long stake) {
                                require(stake == 999_999, PoSError.INSUFFICIENT_STAKE);
                            }
                        })
                .breaks(
                        "moreStakeIsNeverWorse",
                        () -> p -> new OneUnit() {
                            @Override
                            public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
                                return (int) ownStake >= 1 ? ValidatorStatus.ACTIVE : ValidatorStatus.INACTIVE;
                            }
                        })
                .breaks(
                        "eligibilityIsActiveOrInactive",
                        () -> p -> new OneUnit() {
                            @Override
                            public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
                                return ownStake == 1
                                        ? ValidatorStatus.BANNED
                                        : super.eligibility(view, validator, ownStake);
                            }
                        })
                .breaks(
                        "eligibilityIsActiveOrInactive",
                        () -> p -> new OneUnit() {
                            @Override
                            public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
                                return ValidatorStatus.ACTIVE;
                            }
                        })
                .breaks(
                        "stakeStaysWithinWhatAnAmountCanHold",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkStake(ChainView view, Validator validator, long ownStake, long amount) {
                                require(amount >= 1, PoSError.INVALID_STAKE);
                            }
                        })
                .breaks(
                        "stakeStaysWithinWhatAnAmountCanHold",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkUnstake(ChainView view, Validator validator, long ownStake, long amount) {
                                require(amount <= ownStake, PoSError.INSUFFICIENT_STAKE);
                            }
                        })
                .breaks(
                        "nobodyTakesOutMoreThanThereIs",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkUnstake(ChainView view, Validator validator, long ownStake, long amount) {
                                require(amount - 1 <= ownStake, PoSError.INSUFFICIENT_STAKE);
                            }
                        })
                .breaks(
                        "unbondingEndsNowOrLater",
                        () -> p -> new OneUnit() {
                            @Override
                            public long maturityEpoch(ChainView view) {
                                return 1_000;
                            }
                        })
                .breaks(
                        "onlyTheJailedReturnAndNotBeforeTheirTime",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkUnjail(ChainView view, Validator validator, long ownStake) {
                                require(
                                        validator.status() == ValidatorStatus.SLASHED,
                                        PoSError.INVALID_VALIDATOR_STATUS);
                            }
                        })
                .breaks(
                        "onlyTheJailedReturnAndNotBeforeTheirTime",
                        () -> p -> new OneUnit() {
                            @Override
                            public void checkUnjail(ChainView view, Validator validator, long ownStake) {
                                require(
                                        view.epoch() >= validator.jailedUntilEpoch(),
                                        PoSError.INVALID_VALIDATOR_STATUS);
                            }
                        })
                .breaks(
                        "theSameQuestionHasTheSameAnswer",
                        () -> p -> new OneUnit() {
                            private long asked;

                            @Override
                            public long maturityEpoch(ChainView view) {
                                return view.epoch() + asked++;
                            }
                        })
                .tests();
    }
}
