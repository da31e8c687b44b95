package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.function.LongSupplier;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;

/**
 * What one machine does, in one thread.
 *
 * @param bits of the discriminant
 * @param squaringsPerSecond after a warm-up
 * @param discriminantMillis the mean time to find a discriminant, for one node and epoch
 * @param proofShare the time for a proof of one segment, as a share of the time for its squarings
 * @param verifyMillis the time of one verification where the discriminant is known
 */
record Measured(
        int bits, double squaringsPerSecond, double discriminantMillis, double proofShare, double verifyMillis) {
    private static final int CHUNK = 100;
    private static final int DISCRIMINANTS = 8;
    private static final int VERIFICATIONS = 20;

    /** Measures for {@code seconds}, and about one and a half times as long for the rest, by {@code nanos}. */
    static Measured measure(int bits, double seconds, LongSupplier nanos) {
        ClassGroup group = new ClassGroup(Discriminants.prime(new byte[] {1}, bits, () -> true));
        Form form = squareFor(group, group.generator(), seconds / 2, nanos).form();
        Squared squared = squareFor(group, form, seconds, nanos);
        double rate = squared.count() / squared.seconds();

        long begin = nanos.getAsLong();
        for (int i = 0; i < DISCRIMINANTS; i++) {
            Discriminants.prime(new byte[] {2, (byte) i}, bits, () -> true);
        }
        double discriminantMillis = (nanos.getAsLong() - begin) / 1e6 / DISCRIMINANTS;

        long iterations = Math.max(1_000, (long) (rate * seconds / 4));
        DelayTask task = new DelayTask(Bytes.of(new byte[] {3}), bits, iterations);
        BigInteger prime = Discriminants.prime(new byte[] {3}, bits, () -> true);
        begin = nanos.getAsLong();
        DelayResult result = new Evaluation(prime, task, 1, DelayWatch.NEVER_ENDING).run();
        double evaluated = (nanos.getAsLong() - begin) / 1e9;

        WesolowskiDelay delay = new WesolowskiDelay();
        verify(delay, task, result);
        begin = nanos.getAsLong();
        for (int i = 0; i < VERIFICATIONS; i++) {
            verify(delay, task, result);
        }
        double verifyMillis = (nanos.getAsLong() - begin) / 1e6 / VERIFICATIONS;
        double proofShare = Math.max(0, evaluated * rate / iterations - 1);
        return new Measured(bits, rate, discriminantMillis, proofShare, verifyMillis);
    }

    private record Squared(Form form, long count, double seconds) {}

    private static Squared squareFor(ClassGroup group, Form from, double seconds, LongSupplier nanos) {
        Form form = from;
        long count = 0;
        long begin = nanos.getAsLong();
        long end = begin + (long) (seconds * 1e9);
        long now = begin;
        while (now < end) {
            for (int i = 0; i < CHUNK; i++) {
                form = group.square(form);
            }
            count += CHUNK;
            now = nanos.getAsLong();
        }
        return new Squared(form, count, (now - begin) / 1e9);
    }

    private static void verify(WesolowskiDelay delay, DelayTask task, DelayResult result) {
        if (!delay.verify(task, result.output(), result.proof())) {
            throw new IllegalStateException("a proof that was just made does not hold: " + task);
        }
    }
}
