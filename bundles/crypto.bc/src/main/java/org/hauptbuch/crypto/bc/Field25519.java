package org.hauptbuch.crypto.bc;

import java.math.BigInteger;

/**
 * Arithmetic modulo p = 2<sup>255</sup> - 19. An element is five limbs of radix 2<sup>51</sup>, the least first (D. J.
 * Bernstein and others: High-speed high-security signatures, 2012, section 3); here limbs are signed, so that a
 * difference needs no multiple of p. What {@link #mul}, {@link #square} and {@link #carry} return has limbs between
 * -2<sup>16</sup> and 2<sup>51</sup> + 2<sup>16</sup>; what they take may be up to 2<sup>53</sup> either way, so that
 * two of their results may be added or subtracted, and such a sum and a result once more.
 *
 * <p>Nothing here branches on an element or takes memory at an address that depends on one, {@link #isZero} and {@link
 * #isCanonical} as far as their answer goes, so that time does not tell what was computed; {@link #of} and {@link
 * #rootOfRatio} are for what everybody may see. Results may be written over operands.
 */
final class Field25519 {
    static final int LIMBS = 5;
    static final int BYTES = 32;

    /** 2<sup>255</sup> - 19. */
    static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private static final int RADIX = 51;
    private static final long MASK = (1L << RADIX) - 1;

    /** A root of -1: 2<sup>(p-1)/4</sup>. */
    private static final long[] ROOT = of(BigInteger.TWO.modPow(P.shiftRight(2), P));

    // a product of two limbs has its upper part over 2^51 in the upper word of the product of both, shifted by 9 and 4
    private static final int SHIFT_F = 9;
    private static final int SHIFT_G = 4;

    private Field25519() {}

    static long[] one() {
        return new long[] {1, 0, 0, 0, 0};
    }

    /** {@code value} modulo p. */
    static long[] of(BigInteger value) {
        BigInteger rest = value.mod(P);
        long[] element = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            element[i] = rest.longValue() & MASK;
            rest = rest.shiftRight(RADIX);
        }
        return element;
    }

    /** The number of 255 bits in 32 bytes from {@code offset}, the least first; the highest bit is left out. */
    static long[] decode(byte[] bytes, int offset) {
        long w0 = word(bytes, offset);
        long w1 = word(bytes, offset + 8);
        long w2 = word(bytes, offset + 16);
        long w3 = word(bytes, offset + 24);
        return new long[] {
            w0 & MASK,
            (w0 >>> 51 | w1 << 13) & MASK,
            (w1 >>> 38 | w2 << 26) & MASK,
            (w2 >>> 25 | w3 << 39) & MASK,
            w3 >>> 12 & MASK
        };
    }

    /** Whether a number that {@link #decode} read is less than p. */
    static boolean isCanonical(long[] f) {
        return f[0] < MASK - 18 || (f[1] & f[2] & f[3] & f[4]) != MASK;
    }

    /** The one representative from 0 to p - 1, in limbs from 0 to 2<sup>51</sup> - 1. */
    static long[] canonical(long[] f) {
        long[] r = f.clone();
        carryOnce(r);
        carryOnce(r);
        // now 0 to 2^255 - 1: at most one p too much, which shows when 19 is added
        long over = r[0] + 19 >> RADIX;
        for (int i = 1; i < LIMBS; i++) {
            over = r[i] + over >> RADIX;
        }
        r[0] += 19 * over;
        for (int i = 0; i < LIMBS - 1; i++) {
            r[i + 1] += r[i] >> RADIX;
            r[i] &= MASK;
        }
        r[4] &= MASK;
        return r;
    }

    /** The 32 bytes, the least first, of the representative from 0 to p - 1. */
    static byte[] encode(long[] f) {
        long[] r = canonical(f);
        byte[] bytes = new byte[BYTES];
        long[] words = {r[0] | r[1] << 51, r[1] >>> 13 | r[2] << 38, r[2] >>> 26 | r[3] << 25, r[3] >>> 39 | r[4] << 12
        };
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (words[i >> 3] >>> 8 * (i & 7));
        }
        return bytes;
    }

    static boolean isZero(long[] f) {
        long[] r = canonical(f);
        return (r[0] | r[1] | r[2] | r[3] | r[4]) == 0;
    }

    /** Whether the representative from 0 to p - 1 is odd: the "sign" of RFC 8032, section 5.1.2. */
    static boolean isOdd(long[] f) {
        return (canonical(f)[0] & 1) == 1;
    }

    static void add(long[] out, long[] f, long[] g) {
        for (int i = 0; i < LIMBS; i++) {
            out[i] = f[i] + g[i];
        }
    }

    static void subtract(long[] out, long[] f, long[] g) {
        for (int i = 0; i < LIMBS; i++) {
            out[i] = f[i] - g[i];
        }
    }

    static void negate(long[] out, long[] f) {
        for (int i = 0; i < LIMBS; i++) {
            out[i] = -f[i];
        }
    }

    /** The same element with small limbs. */
    static void carry(long[] out, long[] f) {
        reduce(out, f[0], f[1], f[2], f[3], f[4]);
    }

    /**
     * {@code f g}. A product of limbs is a b = 2^51 high + low with low from 0 to 2^51 - 1. The highs are summed from
     * multiplyHigh; the lows are what is left of the sum of products modulo 2^64, which is exact, as five lows need
     * fewer than 64 bits: so no carry is ever taken from one word to the next.
     */
    static void mul(long[] out, long[] f, long[] g) {
        long f0 = f[0];
        long f1 = f[1];
        long f2 = f[2];
        long f3 = f[3];
        long f4 = f[4];
        long g0 = g[0];
        long g1 = g[1];
        long g2 = g[2];
        long g3 = g[3];
        long g4 = g[4];
        // what is beyond 2^255 comes back 19 times
        long w1 = 19 * g1;
        long w2 = 19 * g2;
        long w3 = 19 * g3;
        long w4 = 19 * g4;
        long h0 = high(f0, g0) + high(f1, w4) + high(f2, w3) + high(f3, w2) + high(f4, w1);
        long h1 = high(f0, g1) + high(f1, g0) + high(f2, w4) + high(f3, w3) + high(f4, w2);
        long h2 = high(f0, g2) + high(f1, g1) + high(f2, g0) + high(f3, w4) + high(f4, w3);
        long h3 = high(f0, g3) + high(f1, g2) + high(f2, g1) + high(f3, g0) + high(f4, w4);
        long h4 = high(f0, g4) + high(f1, g3) + high(f2, g2) + high(f3, g1) + high(f4, g0);
        long l0 = f0 * g0 + f1 * w4 + f2 * w3 + f3 * w2 + f4 * w1 - (h0 << RADIX);
        long l1 = f0 * g1 + f1 * g0 + f2 * w4 + f3 * w3 + f4 * w2 - (h1 << RADIX);
        long l2 = f0 * g2 + f1 * g1 + f2 * g0 + f3 * w4 + f4 * w3 - (h2 << RADIX);
        long l3 = f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * w4 - (h3 << RADIX);
        long l4 = f0 * g4 + f1 * g3 + f2 * g2 + f3 * g1 + f4 * g0 - (h4 << RADIX);
        reduce(out, l0 + 19 * h4, l1 + h0, l2 + h1, l3 + h2, l4 + h3);
    }

    /** {@code f}<sup>2</sup>, with 15 products of limbs instead of 25. */
    static void square(long[] out, long[] f) {
        long f0 = f[0];
        long f1 = f[1];
        long f2 = f[2];
        long f3 = f[3];
        long f4 = f[4];
        long d0 = 2 * f0;
        long d1 = 2 * f1;
        long d2 = 2 * f2;
        long d3 = 2 * f3;
        long w3 = 19 * f3;
        long w4 = 19 * f4;
        long h0 = high(f0, f0) + high(d1, w4) + high(d2, w3);
        long h1 = high(d0, f1) + high(d2, w4) + high(f3, w3);
        long h2 = high(d0, f2) + high(f1, f1) + high(d3, w4);
        long h3 = high(d0, f3) + high(d1, f2) + high(f4, w4);
        long h4 = high(d0, f4) + high(d1, f3) + high(f2, f2);
        long l0 = f0 * f0 + d1 * w4 + d2 * w3 - (h0 << RADIX);
        long l1 = d0 * f1 + d2 * w4 + f3 * w3 - (h1 << RADIX);
        long l2 = d0 * f2 + f1 * f1 + d3 * w4 - (h2 << RADIX);
        long l3 = d0 * f3 + d1 * f2 + f4 * w4 - (h3 << RADIX);
        long l4 = d0 * f4 + d1 * f3 + f2 * f2 - (h4 << RADIX);
        reduce(out, l0 + 19 * h4, l1 + h0, l2 + h1, l3 + h2, l4 + h3);
    }

    /** {@code f} to the power of (p - 5) / 8 = 2<sup>252</sup> - 3: what a square root is made of. */
    static long[] powerForRoot(long[] f) {
        long[] t = new long[LIMBS];
        long[] f2 = new long[LIMBS];
        // xN: f^(2^N - 1)
        square(t, f);
        mul(f2, t, f);
        long[] x4 = step(f2, f2, 2);
        long[] x5 = step(x4, f, 1);
        long[] x10 = step(x5, x5, 5);
        long[] x20 = step(x10, x10, 10);
        long[] x40 = step(x20, x20, 20);
        long[] x50 = step(x40, x10, 10);
        long[] x100 = step(x50, x50, 50);
        long[] x200 = step(x100, x100, 100);
        long[] x250 = step(x200, x50, 50);
        return step(x250, f, 2);
    }

    /** 1/{@code f} = {@code f}<sup>p-2</sup>, and 0 of 0. */
    static long[] inverse(long[] f) {
        // p - 2 = 8 (2^252 - 3) + 3
        long[] f3 = new long[LIMBS];
        square(f3, f);
        mul(f3, f3, f);
        return step(powerForRoot(f), f3, 3);
    }

    /**
     * A root of {@code u}/{@code v}, null where there is none: u v<sup>3</sup> (u v<sup>7</sup>)<sup>(p-5)/8</sup>,
     * perhaps times a root of -1 (RFC 8032, section 5.1.3).
     *
     * @param v not 0
     */
    static long[] rootOfRatio(long[] u, long[] v) {
        long[] v3 = new long[LIMBS];
        long[] x = new long[LIMBS];
        square(v3, v);
        mul(v3, v3, v);
        square(x, v3);
        mul(x, x, v);
        mul(x, x, u);
        x = powerForRoot(x);
        mul(x, x, v3);
        mul(x, x, u);

        long[] check = new long[LIMBS];
        long[] difference = new long[LIMBS];
        square(check, x);
        mul(check, check, v);
        subtract(difference, check, u);
        if (isZero(difference)) {
            return x;
        }
        add(difference, check, u);
        if (!isZero(difference)) {
            return null;
        }
        mul(x, x, ROOT);
        return x;
    }

    /** {@code f}<sup>2^squarings</sup> {@code g}. */
    private static long[] step(long[] f, long[] g, int squarings) {
        long[] r = new long[LIMBS];
        square(r, f);
        for (int i = 1; i < squarings; i++) {
            square(r, r);
        }
        mul(r, r, g);
        return r;
    }

    private static long high(long f, long g) {
        return Math.multiplyHigh(f << SHIFT_F, g << SHIFT_G);
    }

    private static void reduce(long[] out, long r0, long r1, long r2, long r3, long r4) {
        out[0] = (r0 & MASK) + 19 * (r4 >> RADIX);
        out[1] = (r1 & MASK) + (r0 >> RADIX);
        out[2] = (r2 & MASK) + (r1 >> RADIX);
        out[3] = (r3 & MASK) + (r2 >> RADIX);
        out[4] = (r4 & MASK) + (r3 >> RADIX);
    }

    private static void carryOnce(long[] r) {
        for (int i = 0; i < LIMBS - 1; i++) {
            r[i + 1] += r[i] >> RADIX;
            r[i] &= MASK;
        }
        r[0] += 19 * (r[4] >> RADIX);
        r[4] &= MASK;
    }

    private static long word(byte[] bytes, int offset) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | bytes[offset + i] & 0xff;
        }
        return word;
    }
}
