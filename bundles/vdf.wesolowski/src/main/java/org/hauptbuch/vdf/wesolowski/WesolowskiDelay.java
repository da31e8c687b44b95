package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;
import org.osgi.service.component.annotations.Component;

/**
 * Wesolowski's delay function in plain Java.
 *
 * <p>The challenge has 128 bits, as Chia's reference has it. Whoever forges a proof in advance of a challenge gains from
 * a short one, about 2^61 trials with 128 bits, and would have to do them within the delay, since the group is known no
 * sooner than the seed. Boneh, Bünz and Fisch, "A Survey of Two Verifiable Delay Functions", 2018, section 3.3.
 */
@Component(service = DelayFunction.class)
public final class WesolowskiDelay implements DelayFunction {
    private final KnownPrimes primes = new KnownPrimes();

    @Override
    public DelayResult evaluate(DelayTask task, int segments, DelayWatch watch) {
        if (segments < 1 || segments > MAX_SEGMENTS || !Segments.fit(task.iterations(), segments)) {
            throw new IllegalArgumentException("segments: " + segments + ", must be 1 to " + MAX_SEGMENTS
                    + ", and 1 more than the binary logarithm of the " + task.iterations() + " iterations at most");
        }
        return new Evaluation(primes.of(task, () -> watch.goesOn(0)), task, segments, watch).run();
    }

    @Override
    public void prepare(DelayTask task) {
        primes.of(task, () -> true);
    }

    @Override
    public boolean verify(DelayTask task, Bytes output, Bytes proof) {
        int segments = segments(task, output, proof);
        if (segments == 0) {
            return false;
        }
        ClassGroup group = new ClassGroup(primes.of(task, () -> true));
        long[] lengths = Segments.lengths(task.iterations(), segments);
        byte[] bytes = proof.toArray();
        int width = task.formBytes();
        Form from = group.generator();
        for (int i = 0; i < segments; i++) {
            boolean last = i == segments - 1;
            // output and proof of each segment, then the proof of the last
            int at = 2 * i * width;
            Optional<Form> to = group.decode(last ? output : Bytes.of(bytes, at, width));
            Optional<Form> quotient = group.decode(Bytes.of(bytes, last ? at : at + width, width));
            if (to.isEmpty() || quotient.isEmpty() || !holds(group, from, to.get(), quotient.get(), lengths[i])) {
                return false;
            }
            from = to.get();
        }
        return true;
    }

    /** How many segments the lengths tell; 0 where they cannot be a result. */
    private static int segments(DelayTask task, Bytes output, Bytes proof) {
        int width = task.formBytes();
        int forms = proof.length() / width;
        int segments = (forms + 1) / 2;
        boolean whole = output.length() == width && proof.length() % width == 0 && forms % 2 == 1;
        return whole && segments <= MAX_SEGMENTS && Segments.fit(task.iterations(), segments) ? segments : 0;
    }

    /** Whether quotient^l * from^(2^iterations mod l) is {@code to}. */
    private static boolean holds(ClassGroup group, Form from, Form to, Form quotient, long iterations) {
        BigInteger prime = Challenge.of(group.encode(from), group.encode(to));
        BigInteger rest = BigInteger.TWO.modPow(BigInteger.valueOf(iterations), prime);
        return Powers.product(group, quotient, prime, from, rest).equals(to);
    }
}
