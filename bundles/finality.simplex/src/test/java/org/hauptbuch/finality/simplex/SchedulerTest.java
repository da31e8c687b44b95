package org.hauptbuch.finality.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Machines under a random scheduler: agreement, validity, no self-contradiction, nobody accused but liars, and a
 * decision once the network has healed. {@code -Dsimplex.seed=N} replays one seed, {@code -Dsimplex.seeds=N} runs
 * more of them.
 */
class SchedulerTest {
    private static final long SEEDS = Long.getLong("simplex.seeds", 400);

    /** One test for each hundred seeds: a report of four hundred lines tells nobody anything. */
    @TestFactory
    Stream<DynamicTest> agreement() {
        Long one = Long.getLong("simplex.seed");
        return one != null
                ? Stream.of(DynamicTest.dynamicTest("seed " + one, () -> run(one)))
                : LongStream.range(0, (SEEDS + 99) / 100)
                        .mapToObj(i -> hundred(i * 100, Math.min(SEEDS, i * 100 + 100)));
    }

    private static DynamicTest hundred(long from, long to) {
        return DynamicTest.dynamicTest("seeds " + from + " to " + (to - 1), () -> LongStream.range(from, to)
                .forEach(SchedulerTest::run));
    }

    private static void run(long seed) {
        RandomWorld world = new RandomWorld(seed);
        try {
            world.run();
        } catch (RuntimeException | AssertionError e) {
            fail(
                    "seed " + seed + " (replay with -Dsimplex.seed=" + seed + "): " + e.getMessage() + "\n"
                            + world.describe(),
                    e);
        }
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(new RandomWorld(seed).run(), new RandomWorld(seed).run());
        }
    }

    @Test
    void theSchedulerDoesItsWorst() {
        RandomWorld.Tally all = new RandomWorld.Tally();
        for (long seed = 0; seed < 100; seed++) {
            RandomWorld world = new RandomWorld(seed);
            world.run();
            all.add(world.tally);
        }
        // what the seeds are for did happen in them
        assertTrue(all.crashes > 50, all::toString);
        assertTrue(all.massCrashes > 10, all::toString);
        assertTrue(all.dropped > 1_000, all::toString);
        assertTrue(all.repeated > 1_000, all::toString);
        assertTrue(all.cut > 1_000, all::toString);
        assertTrue(all.accusations > 20, all::toString);
        assertTrue(all.laterRounds > 30, all::toString);
        assertTrue(all.reproposals > 10, all::toString);
        assertTrue(all.proofs > 10, all::toString);
    }
}
