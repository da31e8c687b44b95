package org.hauptbuch.penalty.correlated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hundred validators of power 10; epochs of 100 blocks; everything happens at height 2001, in epoch 20. */
final class CorrelatedPenaltyTest {
    private static final long NOW = 2001;

    private final TestView view = new TestView();

    @BeforeEach
    void aHundredEqualValidators() {
        view.height(NOW);
        for (long h = 1; h <= NOW; h += 50) {
            view.decidedBy(h, TestView.set(100, 10));
        }
    }

    @Test
    void oneAloneCostsTheFloor() {
        Rate five = Rate.parse("5%");
        assertEquals(new Penalty(five, true, 0, five), penalty(Map.of(), Gravity.ATTACK));
        assertEquals(new Penalty(five, false, 2, five), penalty(Map.of(), Gravity.FAULT));
        assertEquals(
                Rate.parse("3%"), penalty(Map.of("floor", "0%"), Gravity.ATTACK).slash());
        assertEquals(
                Rate.parse("7%"), penalty(Map.of("floor", "7%"), Gravity.ATTACK).slash());
    }

    @Test
    void everyOtherOffenderOfTheWindowAddsThreeTimesItsShare() {
        punished(1, Gravity.ATTACK, NOW);
        assertEquals(Rate.parse("6%"), penalty(Map.of(), Gravity.ATTACK).slash());
        punished(2, Gravity.FAULT, 1951);
        assertEquals(Rate.parse("9%"), penalty(Map.of(), Gravity.FAULT).slash());
        assertEquals(
                Rate.parse("30%"),
                penalty(Map.of("multiplier", "10"), Gravity.FAULT).slash());
    }

    @Test
    void anAttackByAThirdCostsAll() {
        for (int i = 1; i <= 32; i++) {
            punished(i, Gravity.ATTACK, NOW);
        }
        assertEquals(Rate.parse("99%"), penalty(Map.of(), Gravity.ATTACK).slash());
        punished(33, Gravity.ATTACK, NOW);
        assertEquals(Rate.ONE, penalty(Map.of(), Gravity.ATTACK).slash());
        punished(34, Gravity.ATTACK, NOW);
        assertEquals(Rate.ONE, penalty(Map.of(), Gravity.ATTACK).slash());
    }

    @Test
    void eachOffenderCountsOnce() {
        punished(1, Gravity.FAULT, 1951);
        punished(1, Gravity.FAULT, NOW);
        punished(99, Gravity.FAULT, 1951); // the one at hand, before
        assertEquals(Rate.parse("6%"), penalty(Map.of(), Gravity.FAULT).slash());
    }

    @Test
    void negligenceIsNeitherCountedNorMultiplied() {
        for (int i = 1; i <= 50; i++) {
            punished(i, Gravity.NEGLIGENCE, NOW);
        }
        assertEquals(Rate.parse("5%"), penalty(Map.of(), Gravity.ATTACK).slash());
        for (int i = 1; i <= 50; i++) {
            punished(i, Gravity.ATTACK, NOW);
        }
        Penalty negligence = penalty(Map.of(), Gravity.NEGLIGENCE);
        assertEquals(new Penalty(Rate.parse("0.01%"), false, 2, Rate.parse("5%")), negligence);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgiven() {
        punished(1, Gravity.ATTACK, 701); // epoch 7: the window of 14 epochs begins with it
        assertEquals(Rate.parse("6%"), penalty(Map.of(), Gravity.ATTACK).slash());
        view.height(2101);
        view.decidedBy(2101L, TestView.set(100, 10));
        assertEquals(Rate.parse("5%"), penalty(Map.of(), Gravity.ATTACK).slash());
        view.height(NOW);
        assertEquals(
                Rate.parse("5%"),
                penalty(Map.of("windowEpochs", "13"), Gravity.ATTACK).slash());
        assertEquals(
                Rate.parse("6%"),
                penalty(Map.of("windowEpochs", "10000"), Gravity.ATTACK).slash());
    }

    @Test
    void powerCountsAsItWasAtTheOffence() {
        view.decidedBy(
                1951L,
                ValidatorSet.of(List.of(
                        new Member(TestView.address(1), TestView.key(1), 90),
                        new Member(TestView.address(2), TestView.key(2), 10))));
        punished(1, Gravity.ATTACK, 1951);
        assertEquals(Rate.parse("30%"), penalty(Map.of(), Gravity.ATTACK).slash()); // 3 * (90 + 10) / 1000
        // at a height that is forgotten, what it has now
        view.with(TestView.validator(3).withPool(new Pool(50, 50)));
        punished(3, Gravity.ATTACK, 1990);
        assertEquals(Rate.parse("45%"), penalty(Map.of(), Gravity.ATTACK).slash());
        punished(4, Gravity.ATTACK, 1990); // forgotten and gone
        assertEquals(Rate.parse("45%"), penalty(Map.of(), Gravity.ATTACK).slash());
    }

    @Test
    void theLargestPowersDoNotOverflow() {
        view.decidedBy(NOW, TestView.set(100, Long.MAX_VALUE / 100));
        for (int i = 1; i <= 30; i++) {
            punished(i, Gravity.ATTACK, NOW);
        }
        assertEquals(Rate.parse("93%"), penalty(Map.of(), Gravity.ATTACK).slash());
    }

    @Test
    void otherParametersAreThoseOfTheFixedPenalty() {
        Map<String, String> all = Map.of("downtimeRate", "1%", "jailEpochs", "3", "reporterShare", "10%");
        Rate ten = Rate.parse("10%");
        assertEquals(new Penalty(Rate.parse("5%"), true, 0, ten), penalty(all, Gravity.ATTACK));
        assertEquals(new Penalty(Rate.parse("5%"), false, 3, ten), penalty(all, Gravity.FAULT));
        assertEquals(new Penalty(Rate.parse("1%"), false, 3, ten), penalty(all, Gravity.NEGLIGENCE));
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (Map<String, String> wrong : List.of(
                Map.of("floor", "101%"),
                Map.of("multiplier", "0"),
                Map.of("multiplier", "101"),
                Map.of("windowEpochs", "0"),
                Map.of("windowEpochs", "10001"),
                Map.of("downtimeRate", "x"),
                Map.of("jailEpochs", "-1"),
                Map.of("jailEpochs", "10001"),
                Map.of("reporterShare", "2"),
                Map.of("rate", "5%"))) {
            PoSException e = assertThrows(PoSException.class, () -> penalty(wrong, Gravity.FAULT), wrong.toString());
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
            assertTrue(e.getMessage().contains(wrong.keySet().iterator().next()), e.getMessage());
        }
    }

    /** The penalty of validator 99 for something that it does now. */
    private Penalty penalty(Map<String, String> parameters, Gravity gravity) {
        PenaltyRule rule = (PenaltyRule) new CorrelatedPenaltyFactory().create(Parameters.of(parameters));
        return rule.penalty(view, offence(99, gravity, view.height()));
    }

    private void punished(int n, Gravity gravity, long height) {
        view.with(new SlashingEvent(offence(n, gravity, height), height, 0, Rate.parse("5%"), 1, 0, false, 0));
    }

    private static Offence offence(int n, Gravity gravity, long height) {
        return new Offence(
                "slashing.test", "a test", TestView.address(n), height, gravity, Optional.empty(), Optional.empty());
    }
}
