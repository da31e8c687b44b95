package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;
import org.junit.jupiter.api.Test;

class WesolowskiDelayTest {
    private static final Bytes SEED = Bytes.fromHex("0102030405060708");

    private final WesolowskiDelay delay = new WesolowskiDelay();
    private final DelayTask task = new DelayTask(SEED, 256, 600);

    @Test
    void everyNumberOfSegmentsGivesTheSameOutputAndAProofThatHolds() {
        DelayResult one = delay.evaluate(task, 1, DelayWatch.NEVER_ENDING);
        for (int segments = 1; segments <= DelayFunction.MAX_SEGMENTS; segments++) {
            DelayResult result = delay.evaluate(task, segments, DelayWatch.NEVER_ENDING);
            assertEquals(one.output(), result.output());
            assertEquals(task.proofBytes(segments), result.proof().length());
            assertTrue(delay.verify(task, result.output(), result.proof()), segments + " segments");
            assertEquals(result, new WesolowskiDelay().evaluate(task, segments, DelayWatch.NEVER_ENDING));
        }
    }

    @Test
    void whatIsDoneInAdvanceChangesNothing() {
        DelayResult plain = delay.evaluate(task, 1, DelayWatch.NEVER_ENDING);
        WesolowskiDelay prepared = new WesolowskiDelay();
        prepared.prepare(task);
        assertEquals(plain, prepared.evaluate(task, 1, DelayWatch.NEVER_ENDING));
        assertTrue(prepared.verify(task, plain.output(), plain.proof()));
        assertFalse(prepared.verify(new DelayTask(SEED, 256, 601), plain.output(), plain.proof()));
    }

    @Test
    void theShortestWaysHaveProofs() {
        for (int iterations = 1; iterations <= 40; iterations++) {
            DelayTask little = new DelayTask(SEED, 256, iterations);
            DelayResult result = delay.evaluate(little, 1, DelayWatch.NEVER_ENDING);
            assertTrue(delay.verify(little, result.output(), result.proof()), iterations + " iterations");
        }
    }

    /** However few forms are kept, and however long the digits: the proof is x^floor(2^T/l). */
    @Test
    void theProofDoesNotDependOnWhatIsKept() {
        ClassGroup group = Groups.group(2, 256);
        BigInteger prime = Challenge.of(new byte[] {1}, new byte[] {2});
        for (long iterations : new long[] {1, 128, 129, 777}) {
            Form expected = Powers.product(
                    group,
                    group.generator(),
                    BigInteger.ONE.shiftLeft((int) iterations).divide(prime),
                    group.one(),
                    BigInteger.ZERO);
            for (int most : new int[] {1, 2, 9, 4_096}) {
                Checkpoints kept = new Checkpoints(iterations, most);
                Form form = group.generator();
                for (long i = 0; i < iterations; i++) {
                    kept.pass(i, form);
                    form = group.square(form);
                }
                assertTrue(kept.size() <= most, kept.size() + " forms of at most " + most);
                assertEquals(expected, kept.prove(group, prime, () -> {}), iterations + " iterations, " + most);
            }
        }
    }

    @Test
    void everythingButOutputAndProofOfTheTaskIsRefused() {
        for (int segments : new int[] {1, 3}) {
            DelayResult right = delay.evaluate(task, segments, DelayWatch.NEVER_ENDING);
            Bytes output = right.output();
            Bytes proof = right.proof();
            assertTrue(delay.verify(task, output, proof));
            // another task
            assertFalse(delay.verify(new DelayTask(Bytes.fromHex("0102030405060709"), 256, 600), output, proof));
            assertFalse(delay.verify(new DelayTask(SEED, 256, 599), output, proof));
            assertFalse(delay.verify(new DelayTask(SEED, 256, 601), output, proof));
            assertFalse(delay.verify(new DelayTask(SEED, 272, 600), output, proof));
            assertFalse(delay.verify(new DelayTask(SEED, 256, 1), output, proof));
            // another form in each place, of the right group
            ClassGroup group = new ClassGroup(Discriminants.prime(SEED.toArray(), 256, () -> true));
            for (Form wrong : List.of(group.one(), group.generator(), Groups.some(group, new Random(1)))) {
                Bytes form = Bytes.of(group.encode(wrong));
                assertFalse(delay.verify(task, form, proof));
                for (int i = 0; i < 2 * segments - 1; i++) {
                    assertFalse(delay.verify(task, output, replaced(proof, i, form)), "form " + i);
                }
            }
            Bytes inverse =
                    Bytes.of(group.encode(group.decode(output).orElseThrow().inverse()));
            assertFalse(delay.verify(task, inverse, proof));
            // too short, too long, nothing
            for (Bytes other : otherLengths(proof)) {
                assertFalse(delay.verify(task, output, other), other.length() + " bytes of proof");
            }
            for (Bytes other : otherLengths(output)) {
                assertFalse(delay.verify(task, other, proof), other.length() + " bytes of output");
            }
            assertFalse(delay.verify(task, proof, output));
        }
    }

    @Test
    void aFlippedBitIsRefused() {
        DelayResult right = delay.evaluate(task, 2, DelayWatch.NEVER_ENDING);
        for (int bit = 0; bit < 8 * right.output().length(); bit += 3) {
            assertFalse(delay.verify(task, flipped(right.output(), bit), right.proof()), "bit " + bit + " of output");
        }
        for (int bit = 0; bit < 8 * right.proof().length(); bit += 3) {
            assertFalse(delay.verify(task, right.output(), flipped(right.proof(), bit)), "bit " + bit + " of proof");
        }
    }

    @Test
    void aSegmentThatIsRightByItselfIsRefusedInAnotherPlace() {
        DelayResult right = delay.evaluate(task, 3, DelayWatch.NEVER_ENDING);
        byte[] bytes = right.proof().toArray();
        int two = 2 * task.formBytes();
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, 0, swapped, two, two);
        System.arraycopy(bytes, two, swapped, 0, two);
        assertFalse(delay.verify(task, right.output(), Bytes.of(swapped)));
        // the last one alone, the first one left out
        assertFalse(delay.verify(task, right.output(), Bytes.of(bytes, 2 * two, two / 2)));
        assertFalse(delay.verify(task, right.output(), Bytes.of(bytes, two, bytes.length - two)));
    }

    @Test
    void tooManySegmentsAreRefused() {
        DelayTask little = new DelayTask(SEED, 256, 4);
        assertTrue(delay.evaluate(little, 3, DelayWatch.NEVER_ENDING).proof().length() > 0);
        assertThrows(IllegalArgumentException.class, () -> delay.evaluate(little, 4, DelayWatch.NEVER_ENDING));
        assertThrows(IllegalArgumentException.class, () -> delay.evaluate(task, 0, DelayWatch.NEVER_ENDING));
        assertThrows(IllegalArgumentException.class, () -> delay.evaluate(task, 9, DelayWatch.NEVER_ENDING));
        Bytes output = delay.evaluate(little, 1, DelayWatch.NEVER_ENDING).output();
        for (int segments = 4; segments <= 12; segments++) {
            assertFalse(delay.verify(little, output, Bytes.of(new byte[little.proofBytes(segments)])));
        }
        assertFalse(delay.verify(task, output, Bytes.of(new byte[task.proofBytes(9)])));
    }

    @Test
    void theWatchSeesTheProgressAndEndsTheEvaluation() {
        DelayTask longer = new DelayTask(SEED, 256, 2_000);
        for (int segments : new int[] {1, 3}) {
            List<Long> seen = new ArrayList<>();
            delay.evaluate(longer, segments, done -> seen.add(done));
            assertEquals(seen.stream().sorted().toList(), seen);
            assertEquals(2_000, seen.get(seen.size() - 1));
            assertTrue(seen.stream().distinct().count() > 20, "seen " + seen.size());
            // while it squares, and while it makes the proof
            for (int end = 0; end < seen.size(); end += 1 + seen.size() / 12) {
                int[] left = {end};
                assertThrows(
                        CancellationException.class,
                        () -> delay.evaluate(longer, segments, done -> left[0]-- > 0),
                        "ended at question " + end);
            }
        }
    }

    @Test
    void tasksOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(Bytes.EMPTY, 256, 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(Bytes.of(new byte[65]), 256, 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(SEED, 240, 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(SEED, 4_112, 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(SEED, 264, 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(SEED, 256, 0));
        assertThrows(IllegalArgumentException.class, () -> new DelayTask(SEED, 256, (1L << 40) + 1));
        assertThrows(IllegalArgumentException.class, () -> new DelayResult(Bytes.EMPTY, SEED));
        assertThrows(IllegalArgumentException.class, () -> new DelayResult(SEED, Bytes.of(new byte[7_711])));
        assertEquals(7_710, DelayResult.MAX_PROOF_BYTES);
    }

    private static List<Bytes> otherLengths(Bytes right) {
        byte[] bytes = right.toArray();
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 0, bytes.length);
        byte[] shifted = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, shifted, 1, bytes.length);
        byte[] twice = new byte[2 * bytes.length];
        System.arraycopy(bytes, 0, twice, 0, bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        return List.of(
                Bytes.EMPTY,
                Bytes.of(bytes, 0, 1),
                Bytes.of(bytes, 0, bytes.length - 1),
                Bytes.of(bytes, 1, bytes.length - 1),
                Bytes.of(longer),
                Bytes.of(shifted),
                Bytes.of(twice));
    }

    private Bytes replaced(Bytes proof, int index, Bytes form) {
        byte[] bytes = proof.toArray();
        form.copyTo(bytes, index * task.formBytes());
        return Bytes.of(bytes);
    }

    private static Bytes flipped(Bytes bytes, int bit) {
        byte[] flipped = bytes.toArray();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.of(flipped);
    }
}
