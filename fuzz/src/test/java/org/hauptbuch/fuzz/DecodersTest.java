package org.hauptbuch.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

class DecodersTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 20);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    private static final Harness HARNESS = new Harness(Decoders.all()).warm();

    @Test
    void everySeedIsTaken() {
        for (Decoder decoder : HARNESS.decoders()) {
            assertFalse(decoder.seeds().isEmpty(), decoder.name());
            for (Bytes seed : decoder.seeds()) {
                decodes(decoder, seed);
            }
        }
    }

    @Test
    void whatIsCutShortOrGrownOrFlippedBreaksNoPromise() {
        for (Decoder decoder : HARNESS.decoders()) {
            for (Bytes seed : decoder.seeds()) {
                byte[] bytes = seed.toArray();
                int step = Math.max(1, bytes.length / 16);
                for (int at = 0; at < bytes.length; at += step) {
                    Harness.judge(decoder, Bytes.of(bytes, 0, at));
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= (byte) (1 << at % 8);
                    Harness.judge(decoder, Bytes.of(flipped));
                }
                Harness.judge(decoder, Bytes.of(Arrays.copyOf(bytes, bytes.length + 1)));
            }
        }
    }

    @Test
    void theFuzzerFindsNothing() throws Exception {
        Optional<String> unsupported = Fuzzer.unsupported();
        if (unsupported.isPresent()) {
            System.out.println(unsupported.get());
            return;
        }
        Fuzzer fuzzer = new Fuzzer(
                DecodersTarget.class,
                HARNESS,
                Path.of("target", "fuzz", "decoders").toAbsolutePath(),
                SECONDS,
                5,
                List.of());
        Fuzzer.Outcome outcome = fuzzer.run(SEED);
        assertEquals(0, outcome.exit(), () -> fuzzer.report(outcome));
        assertTrue(outcome.runs() > HARNESS.decoders().size(), () -> fuzzer.report(outcome));
        System.out.println(HARNESS.decoders().size() + " decoders, " + outcome.runs() + " inputs in " + SECONDS
                + " s, seed " + SEED + ": no finding");
    }

    /** The input of {@code -Dfuzz.input}; one that is taken where there is none. */
    @Test
    void theGivenInputBreaksNoPromise() {
        String input = System.getProperty("fuzz.input", "");
        assertTrue(HARNESS.again("rate text:3525"));
        if (!input.isEmpty()) {
            System.out.println(input + (HARNESS.again(input) ? " is taken" : " is refused"));
        }
    }

    private static void decodes(Decoder decoder, Bytes seed) {
        try {
            decoder.body().read(seed);
        } catch (Exception e) {
            throw new AssertionError("the seed of " + decoder.name() + " is refused: " + e.getMessage(), e);
        }
        assertTrue(Harness.judge(decoder, seed), decoder.name());
    }
}
