package org.hauptbuch.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

class BenchPartsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void percentilesAreNearestRanks() {
        Latencies latencies = new Latencies();
        assertEquals(0, latencies.percentile(50));
        for (int i = 5000; i >= 1; i--) {
            latencies.add(i);
        }
        assertEquals(2500, latencies.percentile(50));
        assertEquals(4950, latencies.percentile(99));
        assertEquals(5000, latencies.percentile(100));
        assertEquals(1, latencies.percentile(0));
        Latencies other = new Latencies();
        latencies.copyInto(other);
        assertEquals(5000, other.count());
    }

    /** A network that sustains some rate: what is over it piles up, and latency grows with the pile. */
    private static final class Network {
        private final RateControl control = RateControl.seeking(2 * SECOND);
        private double sustained;
        private double pile;
        private double highest;
        private int blocks;

        private Network(double sustained) {
            this.sustained = sustained;
        }

        private void block() {
            double rate = control.rate();
            highest = Math.max(highest, rate);
            pile = Math.max(0, pile + rate - sustained);
            blocks++;
            control.block((long) ((1 + pile / sustained) * SECOND), 0, rate);
        }

        private void untilSettled() {
            while (!control.isSettled()) {
                block();
                assertTrue(blocks < 60, "does not settle at " + sustained + " in time, is at " + control.rate());
            }
        }
    }

    @Test
    void theSearchSettlesALittleBelowWhatIsSustained() {
        for (double sustained : new double[] {30, 90, 150, 1_000, 2_777, 9_999, 60_000}) {
            Network network = new Network(sustained);
            network.untilSettled();
            double rate = network.control.rate();
            assertTrue(rate <= 1.2 * sustained && rate >= 0.65 * sustained, rate + " of " + sustained);
            for (int i = 0; i < 30; i++) {
                network.block();
            }
            assertTrue(network.control.rate() <= sustained, "comes down where it was too much");
            assertTrue(network.highest <= Math.max(200, 4 * sustained), "does not overdo it: " + network.highest);
        }
    }

    @Test
    void oneSlowBlockIsNoReasonAndTwoAre() {
        Network network = new Network(1_000);
        network.untilSettled();
        for (int i = 0; i < 10; i++) {
            network.block();
        }
        double settled = network.control.rate();
        network.control.block(3 * SECOND, 0, settled);
        network.control.block(SECOND, 0, settled);
        network.control.block(3 * SECOND, 0, settled);
        assertEquals(settled, network.control.rate());
        network.control.block(3 * SECOND, 0, settled);
        assertEquals(0.85 * settled, network.control.rate());
        network.control.block(3 * SECOND, 0, settled);
        assertEquals(0.85 * settled, network.control.rate(), "what is final now was sent at the old rate");
        network.sustained = 1_000_000;
        for (int i = 0; i < 30; i++) {
            network.block();
        }
        assertEquals(0.85 * settled, network.control.rate(), "settled is settled");
    }

    @Test
    void theRateDoublesFromALowOneAndBeginsAgainAfterTooMuch() {
        RateControl control = RateControl.seeking(2 * SECOND);
        assertEquals(100, control.rate());
        control.block(SECOND, 0, 100);
        assertEquals(200, control.rate());
        control.block(SECOND, 0, 100);
        assertEquals(200, control.rate(), "what is final now was sent at the old rate");
        control.block(SECOND, 0, 200);
        assertEquals(400, control.rate());
        control.block(SECOND, 0, 400);
        control.block(3 * SECOND, 0, 400);
        assertEquals(100, control.rate(), "until the pile is gone");
        control.block(3 * SECOND, 0, 100);
        control.block(3 * SECOND, 0, 100);
        assertEquals(100, control.rate());
        control.block(SECOND, 0, 100);
        assertEquals(200, control.rate(), "the last that was good");
        control.block(SECOND, 0, 200);
        control.block(SECOND, 0, 200);
        assertEquals(400, control.rate(), "a second time");
        control.block(SECOND, 0, 400);
        control.block(3 * SECOND, 0, 400);
        assertEquals(400, control.rate(), "once is no reason now");
        control.block(3 * SECOND, 0, 400);
        assertEquals(100, control.rate());
        control.block(SECOND, 0, 100);
        control.block(SECOND, 0, 100);
        assertEquals(200, control.rate());
        control.block(SECOND, 0, 200);
        control.block(SECOND, 0, 200);
        assertEquals(240, control.rate(), 1e-9, "in small steps");
    }

    @Test
    void troubleAtTheBeginningIsForgotten() {
        Network network = new Network(3_000);
        network.control.block(9 * SECOND, 0, 100);
        network.untilSettled();
        assertEquals(3_000, network.control.rate(), 900);
    }

    @Test
    void refusalsAndSubmissionsThatFallBehindAreTooMuch() {
        RateControl refusing = RateControl.seeking(SECOND);
        for (int i = 0; i < 30; i++) {
            refusing.block(1, 5, refusing.rate());
        }
        assertEquals(5, refusing.rate(), "the floor");
        RateControl behind = RateControl.seeking(SECOND);
        behind.block(1, 0, 79);
        assertEquals(12.5, behind.rate());
        RateControl enough = RateControl.seeking(SECOND);
        enough.block(1, 0, 81);
        assertEquals(200, enough.rate());
    }

    @Test
    void aSearchThatTakesTooLongIsHeldAtTheBestSoFar() {
        RateControl control = RateControl.seeking(SECOND);
        control.block(1, 0, 100);
        assertFalse(control.isSettled());
        control.hold();
        assertTrue(control.isSettled());
        assertEquals(100, control.rate());
    }

    @Test
    void aFixedRateIsReachedAndStays() {
        RateControl control = RateControl.fixed(1000);
        double[] ramp = {62.5, 125, 250, 500, 1000, 1000, 1000};
        for (double rate : ramp) {
            assertEquals(rate, control.rate());
            assertEquals(rate == 1000, control.isSettled());
            control.block(100 * SECOND, 100, 0);
        }
        control.hold();
        assertEquals(1000, control.rate());
        RateControl early = RateControl.fixed(1000);
        early.hold();
        assertEquals(1000, early.rate());
    }

    @Test
    void theResultHasTheNamesThatProgramsRead() {
        BenchResult result = new BenchResult(
                10,
                4,
                1000,
                30_000,
                5,
                25_000,
                1,
                2,
                2600,
                700_000_000,
                1_500_000_000,
                20_000,
                new TreeMap<>(Map.of("loop", 4 * SECOND, "verify", 12 * SECOND)));
        JsonObject json = result.view().json();
        assertEquals(2500, json.get("finalizedTps").getAsDouble());
        assertEquals(700, json.get("latencyMsP50").getAsDouble());
        assertEquals(1500, json.get("latencyMsP99").getAsDouble());
        assertEquals(20_000, json.get("limitTps").getAsDouble());
        assertEquals(250, json.get("limitBatch").getAsInt());
        assertEquals(0.125, json.get("shareOfLimit").getAsDouble());
        assertEquals(Set.of("loop", "verify"), json.getAsJsonObject("cpuNanos").keySet());
        assertEquals(12 * SECOND, json.getAsJsonObject("cpuNanos").get("verify").getAsLong());
    }

    @Test
    void onlyWhatIsFinalInTheMeasuredTimeCounts() {
        assertEquals(1, measured(5, 0, 10));
        assertEquals(0, measured(5, 6, 10), "before");
        assertEquals(0, measured(5, 0, 5), "after");
    }

    @Test
    void blocksOfOthersAreNoMeasure() {
        InFlight inFlight = new InFlight();
        assertEquals(-1, inFlight.block(block(Hash.ZERO, 5)));
        inFlight.submitting(Hash.ZERO, 2);
        assertEquals(1, inFlight.size());
        assertEquals(3, inFlight.block(block(Hash.ZERO, 5)));
        assertEquals(0, inFlight.size());
        inFlight.submitting(Hash.ZERO, 2);
        inFlight.refused(Hash.ZERO);
        assertEquals(0, inFlight.size());
    }

    private static long measured(long finalAt, long begin, long end) {
        InFlight inFlight = new InFlight();
        inFlight.measure(begin, end);
        inFlight.submitting(Hash.ZERO, 0);
        inFlight.block(block(Hash.ZERO, finalAt));
        return inFlight.finalized();
    }

    private static FinalBlock block(Hash transaction, long nanoTime) {
        Receipt receipt = new Receipt(transaction, 1, 0, 0, Optional.empty(), "");
        Receipt other = new Receipt(Hash.sha256(new byte[1]), 1, 1, 0, Optional.empty(), "");
        return new FinalBlock(null, null, List.of(receipt, other), nanoTime);
    }
}
