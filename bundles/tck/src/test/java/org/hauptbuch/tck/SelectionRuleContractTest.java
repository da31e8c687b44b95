package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SelectionRuleContractTest {
    /** In turns, by address. */
    private static class Turns implements SelectionRule {
        @Override
        public List<Member> elect(List<Member> candidates, int maxValidators) {
            return candidates.stream()
                    .sorted(Comparator.comparing(Member::address))
                    .limit(maxValidators)
                    .toList();
        }

        @Override
        public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
            return (height, round) -> validators
                    .members()
                    .get((int) Math.floorMod(height + round, (long) validators.size()))
                    .address();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<SelectionRuleContract>(SelectionRuleContract.class, () -> p -> new Turns())
                .breaks(
                        "itElectsSomeOfTheCandidatesUnchanged",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return candidates; // more than there is room for
                            }
                        })
                .breaks(
                        "itElectsSomeOfTheCandidatesUnchanged",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return List.of();
                            }
                        })
                .breaks(
                        "itElectsSomeOfTheCandidatesUnchanged",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                Member first = candidates.get(0);
                                return List.of(new Member(first.address(), first.key(), 77));
                            }
                        })
                .breaks(
                        "itElectsSomeOfTheCandidatesUnchanged",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return maxValidators == 1
                                        ? candidates.subList(0, 1)
                                        : List.of(candidates.get(0), candidates.get(0));
                            }
                        })
                .breaks(
                        "ofNobodyItElectsNobody",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return List.of(candidates.get(0));
                            }
                        })
                .breaks(
                        "theOrderOfCandidatesDoesNotMatter",
                        () -> p -> new Turns() {
                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return candidates.stream().limit(maxValidators).toList();
                            }
                        })
                .breaks(
                        "theSameQuestionHasTheSameAnswer",
                        () -> p -> new Turns() {
                            private int elections;

                            @Override
                            public List<Member> elect(List<Member> candidates, int maxValidators) {
                                return super.elect(candidates, elections++ % 2 == 0 ? maxValidators : 1);
                            }
                        })
                .breaks(
                        "theSameQuestionHasTheSameAnswer",
                        () -> p -> new Turns() {
                            private int prepared;

                            @Override
                            public PublicSchedule prepare(
                                    long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                                PublicSchedule turns = super.prepare(epoch, firstHeight, validators, seed);
                                int shift = prepared++;
                                return (height, round) -> turns.proposer(height, round + shift);
                            }
                        })
                .breaks(
                        "aScheduleForgetsWhatItWasAsked",
                        () -> p -> new Turns() {
                            @Override
                            public PublicSchedule prepare(
                                    long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                                List<Address> asked = new ArrayList<>();
                                return (height, round) -> {
                                    asked.add(validators
                                            .members()
                                            .get(asked.size() % validators.size())
                                            .address());
                                    return asked.get(asked.size() - 1);
                                };
                            }
                        })
                .breaks(
                        "onlyMembersPropose",
                        () -> p -> new Turns() {
                            @Override
                            public PublicSchedule prepare(
                                    long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                                return (height, round) -> TestView.address(60_000);
                            }
                        })
                .breaks(
                        "roundsComeToEverybody",
                        () -> p -> new Turns() {
                            @Override
                            public PublicSchedule prepare(
                                    long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                                return (height, round) -> validators
                                        .members()
                                        .get((int) (height % validators.size()))
                                        .address();
                            }
                        })
                .breaks(
                        "extremesHaveAnAnswer",
                        () -> p -> new Turns() {
                            @Override
                            public PublicSchedule prepare(
                                    long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                                return (height, round) -> validators
                                        .members()
                                        .get(Math.addExact(round, (int) (height - firstHeight)) % validators.size())
                                        .address();
                            }
                        })
                .tests();
    }
}
