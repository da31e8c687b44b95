package org.hauptbuch.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** The two attacks that are measured on schedules. */
class SchedulesTest {
    private static final long SEED = 7;

    private static Sweep sweep(int epochs, Integer... stakes) {
        return new Sweep(List.of(stakes), epochs);
    }

    private static Report grinding(Randomness mitigation, int epochs, Integer... stakes) {
        return new Grinding(mitigation).run(SEED, sweep(epochs, stakes), Progress.SILENT);
    }

    private static Randomness delay(int blocks, int speedUp) {
        return new Randomness(mix -> Draws.hash(mix, "delay", 0), blocks, speedUp);
    }

    @Test
    void grindingWorksWithoutTheDelayAndNotWithIt() {
        Report report = new Grinding().run(SEED, sweep(1_500, 40), Progress.SILENT);
        assertEquals(List.of(40), report.successes(0));
        assertEquals(List.of(), report.successes(1));
        assertTrue(report.holds());
        assertTrue((double) report.rows()
                        .get(0)
                        .outcomes()
                        .get(0)
                        .figure("excessPercent")
                        .value()
                > 1);
    }

    @Test
    void aDelayThatDelaysNothingIsNoticed() {
        assertFalse(grinding(Randomness.RANDAO, 1_500, 40).holds());
        // the machine of this attacker is done within one block
        assertFalse(grinding(delay(50, 50), 1_500, 40).holds());
        assertTrue(grinding(delay(50, 49), 1_500, 40).succeeds(0));
    }

    @Test
    void whoOwnsNothingToSpeakOfGrindsNothing() {
        Report report = grinding(delay(50, 4), 200, 1);
        assertFalse(report.succeeds(0));
        assertFalse(report.holds());
    }

    @Test
    void aDelayIsKnownWhenTheMachineIsDone() {
        assertTrue(delay(50, 4).isKnownWithin(13));
        assertFalse(delay(50, 4).isKnownWithin(12));
        assertTrue(Randomness.RANDAO.isKnownWithin(0));
    }

    @Test
    void aTailIsWhatTheAttackerProposesLast() {
        Electorate electorate = new Electorate(30);
        // rounds 0 and 1 of height 10 and round 0 of height 9 are the attacker's, height 8 is not
        PublicSchedule schedule = (height, round) -> member(
                electorate,
                height == 10 && round < 2 ? 1 + round : height == 9 && round == 0 ? 3 : height == 8 ? 50 : 60);
        Tail tail = new Tail(electorate, schedule, 10, Hash.ZERO);
        assertEquals(2, tail.length());
        List<Hash> options = tail.options(Hash.ZERO);
        assertEquals(2, new HashSet<>(options).size());
        assertFalse(options.contains(tail.givenUp(Hash.ZERO)));
        assertNotEquals(options, tail.options(Hash.sha256(new byte[1])));
        assertEquals(0, new Tail(electorate, (height, round) -> member(electorate, 30), 10, Hash.ZERO).length());
        assertEquals(
                Tail.MAX_HEIGHTS,
                new Tail(electorate, (height, round) -> member(electorate, 0), 100, Hash.ZERO).length());
    }

    private static Address member(Electorate electorate, int place) {
        return electorate.validators().members().get(place).address();
    }

    @Test
    void collusionIsPlannedWithoutRandomnessAndNotWithIt() {
        Report report = new Collusion().run(SEED, sweep(500, 5, 20, 45), Progress.SILENT);
        assertEquals(List.of(5, 20, 45), report.successes(0));
        assertEquals(List.of(), report.successes(1));
        for (Report.Row row : report.rows()) {
            assertEquals(
                    (long) row.stakePercent(),
                    row.outcomes().get(0).figure("longestBlocks").value());
        }
        assertTrue(report.holds());
    }

    @Test
    void aSeedThatNeverChangesIsNoticed() {
        assertFalse(new Collusion(Collusion.drawnOnce())
                .run(SEED, sweep(500, 45), Progress.SILENT)
                .holds());
    }

    @Test
    void runs() {
        boolean[] slots = {true, false, true, true, false, true};
        assertEquals(new Run(2, 2), Run.longest(slots));
        assertEquals(new Run(0, 0), Run.longest(new boolean[3]));
        assertEquals(1, Run.lengthAt(slots, 3));
        assertEquals(0, Run.lengthAt(slots, 4));
        assertEquals((1 + 0 + 2 + 1 + 0 + 1) / 6.0, Run.meanDelay(slots));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Sweep sweep = sweep(300, 10, 40);
        for (Scenario scenario : List.of(new Grinding(), new Collusion())) {
            Report report = scenario.run(SEED, sweep, Progress.SILENT);
            assertEquals(TextReport.of(report), TextReport.of(scenario.run(SEED, sweep, Progress.SILENT)));
            assertEquals(JsonReport.of(report), JsonReport.of(scenario.run(SEED, sweep, Progress.SILENT)));
            assertEquals(SvgChart.of(report), SvgChart.of(scenario.run(SEED, sweep, Progress.SILENT)));
            assertNotEquals(JsonReport.of(report), JsonReport.of(scenario.run(SEED + 1, sweep, Progress.SILENT)));
        }
    }
}
