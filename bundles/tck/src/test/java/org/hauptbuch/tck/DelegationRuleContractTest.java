package org.hauptbuch.tck;

import java.util.stream.Stream;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DelegationRuleContractTest {
    /** Shares of a pool. */
    private static class Shares implements DelegationRule {
        @Override
        public long sharesFor(Pool pool, long tokens) {
            require(tokens >= 1 && (pool.tokens() >= 1 || pool.shares() == 0));
            return pool.shares() == 0 ? tokens : atLeastOne(quotient(tokens, pool.shares(), pool.tokens()));
        }

        @Override
        public long tokensFor(Pool pool, long shares) {
            require(shares >= 0 && shares <= pool.shares());
            return shares == 0 ? 0 : Amounts.mulDivFloor(shares, pool.tokens(), pool.shares());
        }

        @Override
        public long sharesToRedeem(Pool pool, long tokens) {
            require(tokens >= 1 && tokens <= pool.tokens());
            return Amounts.mulDivCeil(tokens, pool.shares(), pool.tokens());
        }

        @Override
        public void checkDelegate(ChainView view, Address delegator, Validator validator, long amount) {
            require(amount >= 1);
        }

        @Override
        public void checkRedelegate(ChainView view, Address delegator, Validator from, Validator to, long amount) {
            require(amount >= 1);
            require(view.redelegations(delegator).stream()
                    .noneMatch(r -> r.to().equals(from.address()) && r.maturityEpoch() >= view.epoch()));
        }

        @Override
        public long maturityEpoch(ChainView view) {
            return Math.addExact(view.epoch(), 1);
        }

        @Override
        public void checkCommission(ChainView view, Validator validator, Rate newRate) {
            require(newRate.compareTo(validator.commission().maximum()) <= 0);
            require(Math.abs(newRate.ppm() - validator.commission().rate().ppm())
                    <= validator.commission().maxDailyChange().ppm());
            require(view.timeMillis() - validator.commission().changedAtMillis() >= 86_400_000);
        }

        static long atLeastOne(long shares) {
            require(shares >= 1);
            return shares;
        }

        static long quotient(long a, long b, long c) {
            try {
                long shares = Amounts.mulDivFloor(a, b, c);
                Amounts.add(shares, b);
                return shares;
            } catch (ArithmeticException e) {
                throw new PoSException(PoSError.DELEGATION_FAILED, "too many shares", e);
            }
        }

        static void require(boolean holds) {
            if (!holds) {
                throw new PoSException(PoSError.DELEGATION_FAILED, "not so");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<DelegationRuleContract>(DelegationRuleContract.class, () -> p -> new Shares())
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Shares() {
                            @Override
                            public long sharesFor(Pool pool, long tokens) {
                                return super.sharesFor(pool, tokens) + 1;
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Shares() {
                            @Override
                            public long sharesToRedeem(Pool pool, long tokens) {
                                require(tokens >= 1 && tokens <= pool.tokens());
                                return Amounts.mulDivFloor(tokens, pool.shares(), pool.tokens());
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Shares() {
                            @Override
                            public long sharesFor(Pool pool, long tokens) {
                                require(tokens >= 1);
                                return pool.shares() == 0 ? tokens : tokens * pool.shares() / pool.tokens();
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Shares() {
                            @Override
                            public long sharesFor(Pool pool, long tokens) {
                                require(tokens >= 1 && (pool.tokens() >= 1 || pool.shares() == 0));
                                return pool.shares() == 0 ? tokens : quotient(tokens, pool.shares(), pool.tokens());
                            }
                        })
                .breaks(
                        "sharesAreWorthNoMoreThanThePool",
                        () -> p -> new Shares() {
                            @Override
                            public long tokensFor(Pool pool, long shares) {
                                require(shares >= 0 && shares <= pool.shares());
                                return shares == 0 ? 0 : Amounts.mulDivCeil(shares, pool.tokens(), pool.shares());
                            }
                        })
                .breaks(
                        "sharesAreWorthNoMoreThanThePool",
                        () -> p -> new Shares() {
                            @Override
                            public long tokensFor(Pool pool, long shares) {
                                return shares <= 0 || pool.shares() == 0
                                        ? 0
                                        : Amounts.mulDivFloor(
                                                Math.min(shares, pool.shares()), pool.tokens(), pool.shares());
                            }
                        })
                .breaks(
                        "nothingAndLessThanNothingAreRefused",
                        () -> p -> new Shares() {
                            @Override
                            public void checkDelegate(
                                    ChainView view, Address delegator, Validator validator, long amount) {
                                require(amount >= 0);
                            }
                        })
                .breaks(
                        "nothingAndLessThanNothingAreRefused",
                        () -> p -> new Shares() {
                            @Override
                            public void checkDelegate(
                                    ChainView view, Address delegator, Validator validator, long amount) {
                                require(amount > 1_000_000);
                            }
                        })
                .breaks(
                        "aSecondHopWaitsForTheFirst",
                        () -> p -> new Shares() {
                            @Override
                            public void checkRedelegate(
                                    ChainView view, Address delegator, Validator from, Validator to, long amount) {
                                require(amount >= 1);
                            }
                        })
                .breaks(
                        "aSecondHopWaitsForTheFirst",
                        () -> p -> new Shares() {
                            @Override
                            public void checkRedelegate(
                                    ChainView view, Address delegator, Validator from, Validator to, long amount) {
                                require(view.redelegations(delegator).isEmpty());
                            }
                        })
                .breaks(
                        "liabilityEndsNowOrLater",
                        () -> p -> new Shares() {
                            @Override
                            public long maturityEpoch(ChainView view) {
                                return 1_000;
                            }
                        })
                .breaks(
                        "aCommissionChangesWithinItsBounds",
                        () -> p -> new Shares() {
                            @Override
                            public void checkCommission(ChainView view, Validator validator, Rate newRate) {
                                require(newRate.compareTo(validator.commission().maximum()) <= 0);
                            }
                        })
                .breaks(
                        "theSameQuestionHasTheSameAnswer",
                        () -> p -> new Shares() {
                            private long asked;

                            @Override
                            public long sharesFor(Pool pool, long tokens) {
                                return super.sharesFor(pool, tokens) - asked++ % 2;
                            }
                        })
                .tests();
    }
}
