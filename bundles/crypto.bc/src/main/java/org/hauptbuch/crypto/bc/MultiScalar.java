package org.hauptbuch.crypto.bc;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of points times numbers, by buckets: for each window of bits, points with the same digit go into one sum, and
 * the sums are weighted by adding them up twice. N. Pippenger: On the evaluation of powers and related problems, 1976;
 * D. J. Bernstein, J. Doumen, T. Lange, J.-J. Oosterwijk: Faster batch forgery identification, 2012, section 4. Digits
 * are signed, which halves the buckets. Running time depends on the numbers: they are nobody's secret.
 */
final class MultiScalar {
    private static final int LEAST_WINDOW = 2;
    private static final int MOST_WINDOW = 12;

    /** A multiplication of a point. @param factor 0 or more */
    record Term(AffinePoint point, BigInteger factor) {}

    private MultiScalar() {}

    static ExtendedPoint sum(List<Term> terms) {
        int window = window(terms);
        short[][] digits = new short[terms.size()][];
        int most = 0;
        for (int i = 0; i < digits.length; i++) {
            digits[i] = digits(terms.get(i).factor, window);
            most = Math.max(most, digits[i].length);
        }
        Buckets buckets = new Buckets(1 << window - 1);
        ExtendedPoint sum = new ExtendedPoint();
        for (int w = most - 1; w >= 0; w--) {
            for (int i = 0; i < window; i++) {
                sum.doubleIt();
            }
            for (int i = 0; i < digits.length; i++) {
                if (w < digits[i].length && digits[i][w] != 0) {
                    buckets.add(digits[i][w], terms.get(i).point);
                }
            }
            buckets.addTo(sum);
        }
        return sum;
    }

    /** The window that costs least: an addition for each digit of each number, and two for each bucket of each window. */
    private static int window(List<Term> terms) {
        int best = LEAST_WINDOW;
        long least = Long.MAX_VALUE;
        for (int window = LEAST_WINDOW; window <= MOST_WINDOW; window++) {
            long cost = 0;
            int most = 0;
            for (Term term : terms) {
                int windows = windows(term.factor, window);
                cost += windows;
                most = Math.max(most, windows);
            }
            // adding two sums costs nine multiplications, adding a point seven
            cost += most * (2L << window - 1) * 9 / 7;
            if (cost < least) {
                least = cost;
                best = window;
            }
        }
        return best;
    }

    // a bit more than the number has: the last digit may owe one to the next
    private static int windows(BigInteger factor, int window) {
        return factor.bitLength() / window + 1;
    }

    /** {@code factor} = sum of digit<sub>i</sub> 2<sup>i window</sup>, digits from -2^(window-1) to 2^(window-1). */
    static short[] digits(BigInteger factor, int window) {
        byte[] bytes = factor.toByteArray();
        short[] digits = new short[windows(factor, window)];
        int owed = 0;
        for (int i = 0; i < digits.length; i++) {
            int digit = bits(bytes, i * window, window) + owed;
            owed = 0;
            if (digit > 1 << window - 1) {
                digit -= 1 << window;
                owed = 1;
            }
            digits[i] = (short) digit;
        }
        return digits;
    }

    /** {@code count} bits, at most 12, from bit {@code from} of a number with its highest byte first. */
    private static int bits(byte[] bytes, int from, int count) {
        int last = bytes.length - 1 - (from >> 3);
        int bits = 0;
        for (int i = 2; i >= 0; i--) {
            bits = bits << 8 | (last - i >= 0 ? bytes[last - i] & 0xff : 0);
        }
        return bits >> (from & 7) & (1 << count) - 1;
    }

    /** The sums of points with the digits 1, 2, 3 and so on. */
    private static final class Buckets {
        private final ExtendedPoint[] sums;
        private final boolean[] used;
        private final ExtendedPoint running = new ExtendedPoint();

        private Buckets(int count) {
            sums = new ExtendedPoint[count];
            Arrays.setAll(sums, i -> new ExtendedPoint());
            used = new boolean[count];
        }

        private void add(int digit, AffinePoint point) {
            int bucket = Math.abs(digit) - 1;
            if (used[bucket]) {
                sums[bucket].add(point, digit < 0);
            } else {
                sums[bucket].set(point, digit < 0);
                used[bucket] = true;
            }
        }

        /** Adds 1 times the first, 2 times the second and so on, and empties all. */
        private void addTo(ExtendedPoint sum) {
            boolean begun = false;
            for (int i = sums.length - 1; i >= 0; i--) {
                if (used[i]) {
                    used[i] = false;
                    if (begun) {
                        running.add(sums[i]);
                    } else {
                        running.set(sums[i]);
                        begun = true;
                    }
                }
                if (begun) {
                    sum.add(running);
                }
            }
        }
    }
}
