package org.hauptbuch.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.WeakSubjectivity;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    @Test
    void theTextOfACheckpointIsReadBack() {
        Checkpoint checkpoint = new Checkpoint(1_400, Hash.sha256(new byte[] {1}));
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.toString()));
        for (String wrong : List.of(
                "",
                "7",
                "7:",
                ":" + Hash.ZERO,
                "0:" + Hash.ZERO,
                "-1:" + Hash.ZERO,
                "+7:" + Hash.ZERO,
                "x:" + Hash.ZERO,
                "7:" + Hash.ZERO + "00",
                "7:zz",
                "7 :" + Hash.ZERO,
                "99999999999999999999:" + Hash.ZERO)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(wrong), wrong);
            assertTrue(refused.getMessage().contains("'" + wrong + "'"), refused.getMessage());
            assertTrue(refused.getMessage().contains("HEIGHT:HASH"), refused.getMessage());
        }
    }

    @Test
    void theWeakSubjectivityPeriodIsTwoThirdsOfTheTimeInWhichAnOffenceIsPunished() {
        ChainParameters defaults = ChainParameters.defaults();
        assertEquals(1_400, WeakSubjectivity.liableBlocks(defaults));
        assertEquals(933, WeakSubjectivity.periodBlocks(defaults));
        assertEquals(9, WeakSubjectivity.periodEpochs(defaults));
        assertEquals(933 * 12_000L, WeakSubjectivity.periodMillis(defaults));
        // evidence is refused before the stake is free: what cannot be punished any more does not count
        assertEquals(300, WeakSubjectivity.liableBlocks(with(14, 100, 300, 12_000)));
        assertEquals(200, WeakSubjectivity.periodBlocks(with(14, 100, 300, 12_000)));
        assertEquals(400, WeakSubjectivity.liableBlocks(with(14, 100, 300, 400 * 12_000)));
    }

    @Test
    void thePeriodIsAlwaysLessThanTheUnbondingTime() {
        for (long unbonding = 1; unbonding <= 40; unbonding++) {
            for (long epoch = 2; epoch <= 40; epoch++) {
                ChainParameters parameters = with(unbonding, epoch, 10_000, 1);
                long period = WeakSubjectivity.periodBlocks(parameters);
                assertTrue(period >= 0 && period < unbonding * epoch, unbonding + " epochs of " + epoch);
                assertTrue(WeakSubjectivity.periodEpochs(parameters) < unbonding);
            }
        }
    }

    private static ChainParameters with(long unbonding, long epochLength, long blocks, long millis) {
        return new ChainParameters(
                new PoSConsensusConfig(1_000_000, 100, 12_000, epochLength, new Rate(50_000), true, true),
                unbonding,
                blocks,
                millis,
                100,
                1,
                20_000_000_000L,
                8 << 20,
                GasSchedule.SPECIFICATION);
    }
}
