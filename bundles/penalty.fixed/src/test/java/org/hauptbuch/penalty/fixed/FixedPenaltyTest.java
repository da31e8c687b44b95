package org.hauptbuch.penalty.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.Test;

final class FixedPenaltyTest {
    private final TestView view = new TestView();

    @Test
    void costsTheSpecificationsFivePercentByDefault() {
        Rate five = Rate.parse("5%");
        assertEquals(new Penalty(five, true, 0, five), penalty(Map.of(), Gravity.ATTACK));
        assertEquals(new Penalty(five, false, 2, five), penalty(Map.of(), Gravity.FAULT));
        assertEquals(new Penalty(Rate.parse("0.01%"), false, 2, five), penalty(Map.of(), Gravity.NEGLIGENCE));
    }

    @Test
    void parametersWinOverTheChains() {
        Map<String, String> all = Map.of("rate", "7%", "downtimeRate", "1%", "jailEpochs", "3", "reporterShare", "10%");
        Rate ten = Rate.parse("10%");
        assertEquals(new Penalty(Rate.parse("7%"), true, 0, ten), penalty(all, Gravity.ATTACK));
        assertEquals(new Penalty(Rate.parse("7%"), false, 3, ten), penalty(all, Gravity.FAULT));
        assertEquals(new Penalty(Rate.parse("1%"), false, 3, ten), penalty(all, Gravity.NEGLIGENCE));
        assertEquals(Rate.ZERO, penalty(Map.of("rate", "0%"), Gravity.ATTACK).slash());
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (Map<String, String> wrong : List.of(
                Map.of("rate", "100.0001%"),
                Map.of("rate", "-0.1"),
                Map.of("rate", ""),
                Map.of("downtimeRate", "2"),
                Map.of("jailEpochs", "-1"),
                Map.of("jailEpochs", "10001"),
                Map.of("jailEpochs", "1.5"),
                Map.of("reporterShare", "half"),
                Map.of("slashingPenalty", "5%"))) {
            PoSException e = assertThrows(PoSException.class, () -> penalty(wrong, Gravity.FAULT), wrong.toString());
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
            assertTrue(e.getMessage().contains(wrong.keySet().iterator().next()), e.getMessage());
        }
    }

    private Penalty penalty(Map<String, String> parameters, Gravity gravity) {
        PenaltyRule rule = (PenaltyRule) new FixedPenaltyFactory().create(Parameters.of(parameters));
        return rule.penalty(
                view,
                new Offence(
                        "slashing.test",
                        "a test",
                        TestView.address(1),
                        1,
                        gravity,
                        Optional.empty(),
                        Optional.empty()));
    }
}
