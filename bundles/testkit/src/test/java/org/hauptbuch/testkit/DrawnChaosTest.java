package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.hauptbuch.testkit.Chaos.Report;
import org.junit.jupiter.api.Test;

/**
 * The worlds of {@link ChaosTest} with proposers that are drawn in private, and with plans that make them known and draw
 * them again. {@code -Dsim.drawnSeeds=N} runs more seeds, {@code -Dsim.seed=N} replays one.
 */
class DrawnChaosTest {
    private static final long SEEDS = Long.getLong("sim.drawnSeeds", 40);
    private static final long FAULT_MILLIS = 25_000;

    private static Report run(long seed) {
        return Chaos.run(
                s -> new SimChain(
                        new TestOnlyKeyedHashScheme(),
                        new TestOnlyHashDelay(),
                        TestWorlds.drawing(),
                        s % 11 == 10 ? 7 : 4,
                        TestWorlds.BLOCK_TIME,
                        TestWorlds.EPOCH),
                TestWorlds::store,
                seed,
                FAULT_MILLIS);
    }

    @Test
    void safeAndLive() {
        List<Report> reports = new ArrayList<>();
        Long one = Long.getLong("sim.seed");
        if (one != null) {
            System.out.println(run(one));
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            reports.add(run(seed));
        }
        assertTrue(sum(reports, Report::blocks) > 8 * SEEDS);
        assertTrue(sum(reports, Report::crashes) > 4 * SEEDS);
        assertTrue(sum(reports, Report::partitions) > SEEDS);
        assertTrue(sum(reports, Report::lostMessages) > 10 * SEEDS);
        assertTrue(sum(reports, report -> report.changes().swaps()) > SEEDS / 2);
        assertTrue(sum(reports, report -> report.changes().simplex()) > SEEDS);
        assertTrue(sum(reports, report -> report.changes().tendermint()) > SEEDS);
        System.out.printf(
                "drawn in private, %d seeds: %,d blocks, %,d after round 0, %,d crashes, %,d partitions, %,d messages"
                        + " lost, %,d swaps, %,d blocks of Simplex, %,d penalties%n",
                SEEDS,
                sum(reports, Report::blocks),
                sum(reports, Report::laterRounds),
                sum(reports, Report::crashes),
                sum(reports, Report::partitions),
                sum(reports, Report::lostMessages),
                sum(reports, report -> report.changes().swaps()),
                sum(reports, report -> report.changes().simplex()),
                sum(reports, Report::slashings));
    }

    private static long sum(List<Report> reports, ToLongFunction<Report> figure) {
        return reports.stream().mapToLong(figure).sum();
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 3; seed++) {
            assertEquals(run(seed), run(seed), "seed " + seed);
        }
    }
}
