package org.hauptbuch.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Worlds.Penalties;
import org.junit.jupiter.api.Test;

/** The two attacks that are carried out against real nodes. */
class NodesTest {
    private static final long SEED = 7;

    private static final SignatureScheme SCHEME = new TestOnlyKeyedHashScheme();

    private static Scenario nothingAtStake() {
        return new NothingAtStake(SCHEME, Penalties.CORRELATED);
    }

    private static Scenario longRange() {
        return new LongRange(SCHEME, Newcomer.trusting());
    }

    private static Sweep sweep(Integer... stakes) {
        return new Sweep(List.of(stakes), 1);
    }

    private static Object value(Report report, int row, int side, String figure) {
        return outcome(report, row, side).figure(figure).value();
    }

    private static Outcome outcome(Report report, int row, int side) {
        return report.rows().get(row).outcomes().get(side);
    }

    @Test
    void signingOnBothSidesIsFreeWithoutSlashingAndRuinousWithIt() {
        Report report = nothingAtStake().run(SEED, sweep(30, 35), Progress.SILENT);
        // below a third there is no second final block, with or without slashing: but trying costs nothing without it
        assertEquals(List.of(35), report.successes(0));
        assertEquals(0L, value(report, 0, 0, "netUnits"));
        assertEquals(-27_000_000L, value(report, 0, 2, "netUnits"));
        // from a third on both merchants are paid; slashing cannot undo that, and makes it a bad bargain
        assertEquals(NothingAtStake.PAYMENT, value(report, 1, 0, "netUnits"));
        assertEquals(true, value(report, 1, 2, "forked"));
        assertEquals(true, value(report, 1, 2, "found"));
        assertEquals(NothingAtStake.PAYMENT - 35_000_000L, value(report, 1, 2, "netUnits"));
        assertTrue(report.holds());
        // and 5 % of the stake is less than the payment
        assertEquals(List.of(35), report.successes(1));
    }

    @Test
    void aPenaltyThatDetersNobodyIsNoticed() {
        Report report = new NothingAtStake(SCHEME, Penalties.NONE).run(SEED, sweep(40), Progress.SILENT);
        assertFalse(report.holds());
        assertEquals(List.of(40), report.successes(2));
    }

    @Test
    void aSecondHistoryIsTakenByWhoTrustsGenesisAloneAndRefusedByWhoHasACheckpoint() {
        Report report = longRange().run(SEED, sweep(15, 20), Progress.SILENT);
        // 65 % of the old keys are no quorum, 70 % are one
        assertEquals(List.of(20), report.successes(0));
        assertEquals(LongRange.PAYMENT, value(report, 1, 0, "gainUnits"));
        assertEquals(List.of(), report.successes(1));
        assertTrue(report.holds());
        for (int row = 0; row < 2; row++) {
            for (int side = 0; side < 2; side++) {
                assertEquals(true, value(report, row, side, "joins"));
            }
        }
        // proof of both signatures comes too late: that is why slashing does not help
        String answer = (String) value(report, 1, 0, "evidence");
        assertTrue(answer.contains("evidence height is 1, must be"), answer);
        assertEquals(0L, value(report, 1, 0, "lossUnits"));
    }

    @Test
    void aCheckpointThatChecksNothingIsNoticedAndSoIsOneThatKeepsEverybodyOut() {
        assertFalse(new LongRange(SCHEME, Newcomer.fromGenesis())
                .run(SEED, sweep(20), Progress.SILENT)
                .holds());
        Report report = new LongRange(SCHEME, (chain, checkpoint) -> false).run(SEED, sweep(20), Progress.SILENT);
        assertEquals(false, value(report, 0, 1, "taken"));
        assertEquals(false, value(report, 0, 1, "joins"));
        assertFalse(report.holds());
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        for (Scenario scenario : List.of(nothingAtStake(), longRange())) {
            String report = JsonReport.of(scenario.run(SEED, sweep(20), Progress.SILENT));
            assertEquals(report, JsonReport.of(scenario.run(SEED, sweep(20), Progress.SILENT)));
        }
    }
}
