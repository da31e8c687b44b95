package org.hauptbuch.finality.simplex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.tck.FinalityTally;
import org.hauptbuch.tck.FinalityWorld;
import org.junit.jupiter.api.Test;

/** The random worlds of the contract do come to what is special in Simplex. */
class SchedulerTest {
    @Test
    void notarizedBlocksAreProposedAgainAndProven() {
        FinalityTally all = new FinalityTally();
        for (long seed = 0; seed < 100; seed++) {
            FinalityWorld world = new FinalityWorld(new SimplexFinality(SimplexParameters.from(Parameters.NONE)), seed);
            world.run();
            all.add(world.tally());
        }
        assertTrue(all.cut > 1_000, all::toString);
        assertTrue(all.reproposals > 10, all::toString);
        assertTrue(all.proofs > 10, all::toString);
    }
}
