package org.hauptbuch.tck;

import java.util.stream.Stream;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PenaltyRuleContractTest {
    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<PenaltyRuleContract>(
                        PenaltyRuleContract.class,
                        contract((view, offence) -> price(offence.gravity().ordinal() * 1_000)))
                .breaks("theSameOffenceCostsTheSame", () -> p -> {
                    int[] asked = new int[1];
                    return (PenaltyRule) (view, offence) -> price(asked[0]++);
                })
                .breaks(
                        "whatIsGraverCostsNoLess",
                        contract((view, offence) -> price(offence.gravity() == Gravity.FAULT ? 5_000 : 1_000)))
                // the set of the offence's height may be forgotten
                .breaks(
                        "extremesHaveAPenalty",
                        contract((view, offence) -> price((int) view.validatorSetAt(offence.height())
                                        .orElseThrow()
                                        .power(offence.offender())
                                % 100)))
                // the offender may be gone
                .breaks(
                        "extremesHaveAPenalty",
                        contract((view, offence) -> price(view.validator(offence.offender())
                                .orElseThrow()
                                .commission()
                                .rate()
                                .ppm())))
                // stake may be nothing
                .breaks(
                        "extremesHaveAPenalty",
                        contract((view, offence) -> price((int) (1_000
                                / view.validator(offence.offender())
                                        .map(v -> v.tokens())
                                        .orElse(1L)))))
                // and as much as there can be
                .breaks(
                        "extremesHaveAPenalty",
                        contract((view, offence) -> price((int) (Math.multiplyExact(
                                        view.validator(offence.offender())
                                                .map(v -> v.tokens())
                                                .orElse(1L),
                                        1_000L)
                                % 1_000))))
                .tests();
    }

    private static PenaltyRuleContract contract(PenaltyRule rule) {
        return () -> p -> rule;
    }

    private static Penalty price(int ppm) {
        return new Penalty(new Rate(ppm), false, 1, Rate.ZERO);
    }
}
