package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Forms kept on the way of one segment, and the proof made of them: x^floor(2^T/l) with T/k + 2^(k+1)g products, k the
 * digit and g the digits between two forms. Wesolowski, "Efficient Verifiable Delay Functions", section 4.1, algorithm 5.
 *
 * <p>A proof needs products in the number of T/k and memory in the number of T/(kg): more forms, fewer products. Here
 * their number is bounded, so that memory does not grow with T, and k is what is then the least work: for a million
 * iterations k = 8, and the proof is an eighth of them in products and 3,900 forms.
 */
final class Checkpoints {
    /** The most forms of one segment: about 3 MB at 1,024 bits. */
    private static final int MOST_FORMS = 4_096;

    private static final int MOST_DIGIT = 12;

    private final long iterations;
    private final int most;
    private final int digit;
    private final long digitsBetween;
    private final List<Form> forms = new ArrayList<>();

    /** For a segment of {@code iterations}. */
    Checkpoints(long iterations) {
        this(iterations, MOST_FORMS);
    }

    /** As the other, with at most {@code most} forms. */
    Checkpoints(long iterations, int most) {
        this.iterations = iterations;
        this.most = most;
        int best = 1;
        for (int k = 2; k <= MOST_DIGIT; k++) {
            best = cost(k) < cost(best) ? k : best;
        }
        digit = best;
        digitsBetween = between(best);
    }

    private long between(int k) {
        return (iterations + (long) k * most - 1) / ((long) k * most);
    }

    private long cost(int k) {
        return iterations / k + between(k) * (2L << k);
    }

    /** Keeps {@code form}, which is {@code done} squarings from the segment's beginning, where it is one to keep. */
    void pass(long done, Form form) {
        if (done < iterations && done % (digit * digitsBetween) == 0) {
            forms.add(form);
        }
    }

    /** Forms that are kept. */
    int size() {
        return forms.size();
    }

    /** The proof for the challenge {@code prime}; {@code watch} is asked between products. */
    Form prove(ClassGroup group, BigInteger prime, Runnable watch) {
        Form proof = group.one();
        BigInteger back = BigInteger.TWO
                .modPow(BigInteger.valueOf(digit * digitsBetween), prime)
                .modInverse(prime);
        for (long j = digitsBetween - 1; j >= 0; j--) {
            for (int i = 0; i < digit; i++) {
                proof = group.square(proof);
            }
            Form[] sums = new Form[1 << digit];
            // 2^(T - k(j + 1)) mod l, the power that the digit at j is cut from; it may be a negative one
            BigInteger power = power(iterations - digit * (j + 1), prime);
            for (int i = 0; i < forms.size(); i++) {
                watch.run();
                int value = digit(iterations - digit * (i * digitsBetween + j), power, prime);
                if (value > 0) {
                    Form form = forms.get(i);
                    sums[value] = sums[value] == null ? form : group.multiply(sums[value], form);
                }
                power = power.multiply(back).mod(prime);
            }
            proof = group.multiply(proof, weighted(group, sums, watch));
        }
        return proof;
    }

    private static BigInteger power(long exponent, BigInteger prime) {
        BigInteger power = BigInteger.TWO.modPow(BigInteger.valueOf(Math.abs(exponent)), prime);
        return exponent < 0 ? power.modInverse(prime) : power;
    }

    /** Digit of floor(2^T/l) below 2^{@code left}: floor(2^left / l) mod 2^k, with {@code power} = 2^(left-k) mod l. */
    private int digit(long left, BigInteger power, BigInteger prime) {
        if (left < digit) {
            return left <= 0
                    ? 0
                    : BigInteger.ONE.shiftLeft((int) left).divide(prime).intValue();
        }
        return power.shiftLeft(digit).divide(prime).intValue();
    }

    /** The product of all {@code sums[i]}^i: running products from the highest on. */
    private static Form weighted(ClassGroup group, Form[] sums, Runnable watch) {
        Form running = null;
        Form all = group.one();
        for (int i = sums.length - 1; i > 0; i--) {
            if (sums[i] != null) {
                running = running == null ? sums[i] : group.multiply(running, sums[i]);
            }
            if (running != null) {
                watch.run();
                all = group.multiply(all, running);
            }
        }
        return all;
    }
}
