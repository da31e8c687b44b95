package org.hauptbuch.tck;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.EpochSummary.Participant;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.value.Amounts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RewardRuleContractTest {
    /** The same for everybody who has a delegator, and nothing new. */
    private static class Equal implements RewardRule {
        @Override
        public long issuance(EpochSummary epoch) {
            return 0;
        }

        @Override
        public List<Payout> divide(EpochSummary epoch, long pot) {
            List<Payout> payouts = new ArrayList<>();
            for (Participant participant : epoch.participants()) {
                long part = pot / epoch.participants().size();
                boolean held = participant.validator().pool().shares() > 0;
                payouts.add(new Payout(participant.validator().address(), 0, held ? part : 0));
            }
            return payouts;
        }

        @Override
        public Accumulator accrue(Accumulator before, long shares, long amount) {
            return new Accumulator(before.perShare().add(scaled(amount).divide(BigInteger.valueOf(shares))));
        }

        @Override
        public long owed(Accumulator entry, Accumulator now, long shares) {
            return now.perShare()
                    .subtract(entry.perShare())
                    .multiply(BigInteger.valueOf(shares))
                    .shiftRight(Accumulator.SCALE_BITS)
                    .longValueExact();
        }

        static BigInteger scaled(long amount) {
            return BigInteger.valueOf(amount).shiftLeft(Accumulator.SCALE_BITS);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<RewardRuleContract>(RewardRuleContract.class, () -> p -> new Equal())
                .breaks(
                        "issuanceStaysWithinWhatAnAmountCanHold",
                        () -> p -> new Equal() {
                            @Override
                            public long issuance(EpochSummary epoch) {
                                return epoch.blockReward() * epoch.blocks();
                            }
                        })
                .breaks(
                        "noMoreIsPaidThanThereIs",
                        () -> p -> new Equal() {
                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                return epoch.participants().stream()
                                        .map(a -> new Payout(a.validator().address(), pot / 2 + 1, 0))
                                        .toList();
                            }
                        })
                .breaks(
                        "noMoreIsPaidThanThereIs",
                        () -> p -> new Equal() {
                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                return List.of(new Payout(TestView.address(60_000), 0, 0));
                            }
                        })
                .breaks(
                        "noMoreIsPaidThanThereIs",
                        () -> p -> new Equal() {
                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                List<Payout> twice = new ArrayList<>();
                                epoch.participants().stream().limit(1).forEach(a -> {
                                    twice.add(new Payout(a.validator().address(), 0, 0));
                                    twice.add(new Payout(a.validator().address(), 0, 0));
                                });
                                return twice;
                            }
                        })
                .breaks(
                        "noMoreIsPaidThanThereIs",
                        () -> p -> new Equal() {
                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                return epoch.participants().stream()
                                        .map(a -> new Payout(
                                                a.validator().address(),
                                                0,
                                                pot / epoch.participants().size()))
                                        .toList();
                            }
                        })
                .breaks(
                        "theOrderOfParticipantsDoesNotMatter",
                        () -> p -> new Equal() {
                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                return epoch.participants().stream()
                                        .limit(1)
                                        .map(a -> new Payout(a.validator().address(), pot, 0))
                                        .toList();
                            }
                        })
                .breaks(
                        "theSameEpochPaysTheSame",
                        () -> p -> new Equal() {
                            private long last;

                            @Override
                            public List<Payout> divide(EpochSummary epoch, long pot) {
                                return super.divide(epoch, pot - last++);
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Equal() {
                            @Override
                            public long owed(Accumulator entry, Accumulator now, long shares) {
                                return super.owed(entry, now, shares) + 1;
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Equal() {
                            @Override
                            public Accumulator accrue(Accumulator before, long shares, long amount) {
                                BigInteger up = scaled(amount)
                                        .add(BigInteger.valueOf(shares - 1))
                                        .divide(BigInteger.valueOf(shares));
                                return new Accumulator(before.perShare()
                                        .add(up.shiftRight(60)
                                                .add(BigInteger.ONE)
                                                .shiftLeft(60)));
                            }
                        })
                .breaks(
                        "roundingIsNeverForTheClaimer",
                        () -> p -> new Equal() {
                            @Override
                            public long owed(Accumulator entry, Accumulator now, long shares) {
                                return 0;
                            }
                        })
                .breaks(
                        "extremesOfAPoolHaveAnAnswer",
                        () -> p -> new Equal() {
                            @Override
                            public Accumulator accrue(Accumulator before, long shares, long amount) {
                                return new Accumulator(before.perShare().add(scaled(amount / shares)));
                            }
                        })
                .breaks(
                        "extremesOfAPoolHaveAnAnswer",
                        () -> p -> new Equal() {
                            @Override
                            public long owed(Accumulator entry, Accumulator now, long shares) {
                                return Amounts.MAX;
                            }
                        })
                .tests();
    }
}
