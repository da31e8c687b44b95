package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final Measured MEASURED = new Measured(1_024, 80_000, 40, 0.1, 4);

    @Test
    void halfAnEpochOnTheSlowestMachineIsTheAdvice() {
        // 100 blocks of 12 s: 1,200 s, of which half on a machine ten times slower are 60 s here
        Advice advice = new Advice(80_000, 12_000, 100, 10);
        assertEquals(4_800_000, advice.iterations());
        assertEquals(60, advice.seconds(), 1e-9);
        assertEquals(5, advice.lead(), 1e-9);
        String text = advice.text(MEASURED);
        assertTrue(text.contains("\"vdfIterations\": 4800000"), text);
        assertTrue(text.contains("Evaluate : verify = 15000 : 1"), text);
        assertFalse(text.contains("hides nothing"), text);
    }

    @Test
    void anEpochThatIsTooShortIsNamed() {
        Advice advice = new Advice(80_000, 200, 10, 10);
        assertEquals(8_000, advice.iterations());
        assertEquals(0.5, advice.lead(), 1e-9);
        assertTrue(advice.text(MEASURED).contains("An epoch of 21 blocks or more would."), advice.text(MEASURED));
        assertTrue(new Advice(80_000, 200, 21, 10).lead() > 1);
        assertEquals(1, new Advice(1, 50, 2, 1_000).iterations());
    }

    @Test
    void measuresByTheClockItIsGiven() {
        AtomicLong clock = new AtomicLong();
        Measured measured = Measured.measure(256, 0.001, () -> clock.addAndGet(1_000_000));
        // each look at the clock is a millisecond: 100 squarings a millisecond
        assertEquals(100_000, measured.squaringsPerSecond(), 1);
        assertEquals(0.05, measured.verifyMillis(), 1e-9);
        assertEquals(0.125, measured.discriminantMillis(), 1e-9);
        String json = new Advice(measured.squaringsPerSecond(), 1_000, 20, 4).json(measured);
        assertTrue(json.startsWith("{\"squaringsPerSecond\": 100000, \"bits\": 256, "), json);
        assertTrue(json.contains("\"vdfIterations\": 250000"), json);
    }

    @Test
    void wrongArgumentsAreNamed() {
        refused(
                "option: '--hours', must be --json or one of "
                        + "[--bits, --block-time, --epoch-length, --seconds, --slower]",
                "--hours",
                "1");
        refused("--seconds needs a value", "--seconds");
        refused("--seconds: '1s', must be a whole number", "--seconds", "1s");
        refused("--seconds: 0, must be 1 to 600", "--seconds", "0");
        refused("--bits: 240, must be 256 to 4096", "--bits", "240");
        refused("--bits: 1025, must be a multiple of 16", "--bits", "1025");
        refused("--slower: 0, must be 1 to 1000", "--slower", "0");
    }

    private static void refused(String message, String... arguments) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Measure.run(List.of(arguments)))
                        .getMessage());
    }
}
