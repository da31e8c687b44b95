package org.hauptbuch.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.benchmarks.SwapPause.Sample;
import org.junit.jupiter.api.Test;

final class SwapPauseTest {
    /** 100 heights without a swap, 1 ms to 100 ms, and two with one. */
    private static List<Sample> samples(long extraMicros) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            samples.add(new Sample("alice", i, false, i % 10 == 1, i % 4 == 0, 0, 150_000, 500, i * 1_000L));
        }
        samples.add(new Sample("alice", 101, true, true, true, 0, 150_000, 2_000, 50_000));
        samples.add(new Sample("alice", 111, true, true, false, 1, 150_000, 2_000, 99_000 + extraMicros));
        return samples;
    }

    @Test
    void readsWhatTheCommandPrints() {
        String json = "{\"timings\":[{\"height\":21,\"ruleSetId\":\"ab12\",\"swapped\":true,\"own\":false,\"round\":1,"
                + "\"waitMillis\":150,\"readyMicros\":1234,\"proposalMicros\":151000},{\"height\":22,\"ruleSetId\":\"ab12\","
                + "\"swapped\":false,\"own\":true,\"round\":0,\"waitMillis\":0,\"readyMicros\":4,\"proposalMicros\":5}]}";
        assertEquals(
                List.of(
                        new Sample("bob", 21, true, true, false, 1, 150_000, 1_234, 151_000),
                        new Sample("bob", 22, false, false, true, 0, 0, 4, 5)),
                SwapPause.read("bob", json, 10));
        assertThrows(IllegalArgumentException.class, () -> SwapPause.read("bob", "{\"timings\":[]}", 10));
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        List<Sample> rest = SwapPause.where(samples(0), sample -> !sample.swap());
        assertEquals(50, SwapPause.percentile(50, rest, Sample::proposal));
        assertEquals(99, SwapPause.percentile(99, rest, Sample::proposal));
        assertEquals(100, SwapPause.percentile(100, rest, Sample::proposal));
        assertEquals(0, SwapPause.percentile(99, List.of(), Sample::proposal));
    }

    @Test
    void theSummarySaysWhetherTheBarIsKept() {
        assertTrue(SwapPause.summary(samples(49_900)).contains("extra pause at p99: 49.9 ms (under the bar of 50 ms)"));
        String over = SwapPause.summary(samples(50_000));
        assertTrue(over.contains("extra pause at p99: 50.0 ms (OVER the bar of 50 ms)"), over);
        assertTrue(over.contains("highest round: 1 with a swap, 0 without"), over);
    }

    @Test
    void thePictureAndTheFileHoldEverySample() {
        List<Sample> samples = samples(1_000);
        String json = SwapPause.json("{\"cores\":2}", samples);
        assertTrue(json.contains("[\"alice\",111,1,1,0,1,150000,2000,100000]"), json);
        assertEquals(samples.size() + 4, json.lines().count());
        String svg = SwapPausePlot.svg(samples, 200);
        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>\n"));
        assertTrue(svg.contains("with a swap: 2 heights, 2 samples"), svg);
        assertTrue(svg.contains("1.0 ms more at p99"), svg);
        assertTrue(svg.contains("block time, 200 ms"), svg);
    }
}
