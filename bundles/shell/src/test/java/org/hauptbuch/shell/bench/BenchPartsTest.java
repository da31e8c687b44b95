package org.hauptbuch.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @Test
    void theRateDoublesUntilItIsTooMuchAndThenCreepsUp() {
        RateControl control = RateControl.seeking(100, 2 * SECOND);
        control.block(SECOND, 0);
        assertEquals(200, control.rate());
        control.block(SECOND, 0);
        assertEquals(200, control.rate(), "what is final now was sent at the old rate");
        control.block(SECOND, 0);
        assertEquals(400, control.rate());
        control.block(SECOND, 0);
        control.block(3 * SECOND, 0);
        assertEquals(300, control.rate());
        control.block(3 * SECOND, 0);
        control.block(3 * SECOND, 0);
        assertEquals(300, control.rate(), "once for one cause");
        control.block(SECOND, 0);
        assertEquals(315, control.rate());
        control.block(SECOND * 19 / 10, 0);
        assertEquals(315, control.rate(), "near the limit it stays");
    }

    @Test
    void refusalsAreTooMuchAndTheRateHasAFloor() {
        RateControl control = RateControl.seeking(1, SECOND);
        assertEquals(20, control.rate());
        for (int i = 0; i < 30; i++) {
            control.block(1, 5);
        }
        assertEquals(20, control.rate());
    }

    @Test
    void aFixedRateStays() {
        RateControl control = RateControl.fixed(1000);
        control.block(100 * SECOND, 100);
        assertEquals(1000, control.rate());
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
