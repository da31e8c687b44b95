package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Euclid's remainders of two numbers, with the multiples of the second that they are, by Lehmer's method: many steps are
 * found on the leading 63 bits and done at once on the whole numbers. Magnitudes only; signs alternate, so that the
 * number of steps tells them. Knuth, "The Art of Computer Programming" 2, section 4.5.2, algorithm L; when a step on the
 * leading bits may be trusted: Jebelean, "A Double-Digit Lehmer-Euclid Algorithm", 1995.
 *
 * <p>Keeps its room between runs, for one thread.
 */
final class Euclid {
    private static final long LOW = 0xFFFF_FFFFL;
    /** Multipliers stay below this, so that two products of one with a 32-bit word still fit. */
    private static final long MOST = 1L << 31;

    private int[] x = new int[0];
    private int[] y = x;
    private int[] u = x;
    private int[] v = x;
    private int xSize;
    private int ySize;
    private int uSize;
    private int vSize;
    private boolean odd;
    private boolean moved;

    // the steps found on leading bits, as one matrix of magnitudes
    private long a0;
    private long b0;
    private long a1;
    private long b1;
    private boolean flipped;

    /**
     * Takes remainders of {@code first} &gt; {@code second} &ge; 0 until one is below 2^{@code bits}; 0 bits go on to
     * zero.
     */
    void run(BigInteger first, BigInteger second, int bits) {
        ensureRoom(first.bitLength() / 32 + 2);
        xSize = read(first, x);
        ySize = read(second, y);
        Arrays.fill(u, 0);
        Arrays.fill(v, 0);
        uSize = 0;
        v[0] = 1;
        vSize = 1;
        odd = false;
        moved = false;
        while (ySize > 0 && bitLength(y, ySize) > bits) {
            moved = true;
            if (lead(bits)) {
                step();
            } else {
                divide();
            }
        }
    }

    /** The last remainder but one. */
    BigInteger previous() {
        return value(x, xSize);
    }

    /** The last remainder. */
    BigInteger last() {
        return value(y, ySize);
    }

    /** The multiple of the second number that {@link #previous()} is, modulo the first; minus after an even number of steps. */
    BigInteger previousFactor() {
        return value(u, uSize);
    }

    /** The multiple of the second number that {@link #last()} is, modulo the first; minus after an odd number of steps. */
    BigInteger lastFactor() {
        return value(v, vSize);
    }

    /** Whether the number of steps is odd. */
    boolean odd() {
        return odd;
    }

    /** Whether there was a step. */
    boolean moved() {
        return moved;
    }

    /** Finds steps on the leading bits; false where not even one is sure. */
    private boolean lead(int bits) {
        int top = xSize - 1;
        int zeros = Integer.numberOfLeadingZeros(x[top]);
        long xh = window(x, top, zeros);
        long yh = window(y, top, zeros);
        int shift = 32 * xSize - zeros - 63;
        boolean exact = shift <= 0;
        if (exact) {
            // short numbers stand in the window as they are
            xh >>>= -shift;
            yh >>>= -shift;
        }
        int stop = bits - Math.max(shift, 0);
        long least = stop <= 0 ? 1 : stop >= 63 ? Long.MAX_VALUE : 1L << stop;
        long c0 = 1;
        long d0 = 0;
        long c1 = 0;
        long d1 = 1;
        boolean flip = false;
        while (yh >= least) {
            long rest = xh - yh;
            long quotient = 1;
            if (rest >= yh) {
                rest -= yh;
                quotient = 2;
                if (rest >= yh) {
                    quotient = xh / yh;
                    rest = xh - quotient * yh;
                }
            }
            if (quotient >= MOST) {
                break;
            }
            long c2 = c0 + quotient * c1;
            long d2 = d0 + quotient * d1;
            if (c2 >= MOST || d2 >= MOST) {
                break;
            }
            if (!exact) {
                // the true remainder differs from this one by less than the larger multiplier
                long slack = Math.max(c2, d2);
                if (rest < slack || yh - rest < slack + Math.max(c1, d1)) {
                    break;
                }
            }
            c0 = c1;
            d0 = d1;
            c1 = c2;
            d1 = d2;
            xh = yh;
            yh = rest;
            flip = !flip;
        }
        a0 = c0;
        b0 = d0;
        a1 = c1;
        b1 = d1;
        flipped = flip;
        return d0 != 0;
    }

    /** Bits of {@code words} from the first after {@code zeros} of the word {@code top}, 63 of them. */
    private static long window(int[] words, int top, int zeros) {
        long high = words[top] & LOW;
        long middle = top > 0 ? words[top - 1] & LOW : 0;
        long low = top > 1 ? words[top - 2] & LOW : 0;
        long both = high << 32 | middle;
        return (zeros == 0 ? both : both << zeros | low >>> (32 - zeros)) >>> 1;
    }

    private void step() {
        long p = flipped ? -a0 : a0;
        long q = flipped ? -b0 : b0;
        long r = flipped ? -a1 : a1;
        long s = flipped ? -b1 : b1;
        long carryX = 0;
        long carryY = 0;
        for (int i = 0; i < xSize; i++) {
            long xi = x[i] & LOW;
            long yi = y[i] & LOW;
            carryX += p * xi - q * yi;
            carryY += s * yi - r * xi;
            x[i] = (int) carryX;
            y[i] = (int) carryY;
            carryX >>= 32;
            carryY >>= 32;
        }
        ySize = trim(y, xSize);
        xSize = trim(x, xSize);
        long carryU = 0;
        long carryV = 0;
        for (int i = 0; i < vSize; i++) {
            long ui = u[i] & LOW;
            long vi = v[i] & LOW;
            carryU += a0 * ui + b0 * vi;
            carryV += a1 * ui + b1 * vi;
            u[i] = (int) carryU;
            v[i] = (int) carryV;
            carryU >>>= 32;
            carryV >>>= 32;
        }
        u[vSize] = (int) carryU;
        v[vSize] = (int) carryV;
        uSize = trim(u, vSize + 1);
        vSize = trim(v, vSize + 1);
        odd ^= flipped;
    }

    /** One step with a quotient of any size: rare, but the first one of a small number is. */
    private void divide() {
        BigInteger[] parts = previous().divideAndRemainder(last());
        BigInteger factor = previousFactor().add(parts[0].multiply(lastFactor()));
        int[] free = x;
        x = y;
        xSize = ySize;
        y = free;
        ySize = read(parts[1], y);
        free = u;
        u = v;
        uSize = vSize;
        v = free;
        vSize = read(factor, v);
        odd = !odd;
    }

    private void ensureRoom(int words) {
        if (x.length < words) {
            x = new int[words];
            y = new int[words];
            u = new int[words];
            v = new int[words];
        }
    }

    /** Words of {@code value}, the lowest first, and zeros after them; returns how many there are. */
    private static int read(BigInteger value, int[] words) {
        byte[] bytes = value.toByteArray();
        int end = bytes.length;
        int size = 0;
        while (end > 0) {
            int word = 0;
            for (int i = Math.max(0, end - 4); i < end; i++) {
                word = word << 8 | bytes[i] & 0xFF;
            }
            words[size++] = word;
            end -= 4;
        }
        Arrays.fill(words, size, words.length, 0);
        return trim(words, size);
    }

    private static BigInteger value(int[] words, int size) {
        byte[] bytes = new byte[4 * size];
        for (int i = 0; i < size; i++) {
            int word = words[i];
            int at = 4 * (size - 1 - i);
            bytes[at] = (byte) (word >>> 24);
            bytes[at + 1] = (byte) (word >>> 16);
            bytes[at + 2] = (byte) (word >>> 8);
            bytes[at + 3] = (byte) word;
        }
        return new BigInteger(1, bytes);
    }

    private static int trim(int[] words, int size) {
        int trimmed = size;
        while (trimmed > 0 && words[trimmed - 1] == 0) {
            trimmed--;
        }
        return trimmed;
    }

    private static int bitLength(int[] words, int size) {
        return size == 0 ? 0 : 32 * size - Integer.numberOfLeadingZeros(words[size - 1]);
    }
}
