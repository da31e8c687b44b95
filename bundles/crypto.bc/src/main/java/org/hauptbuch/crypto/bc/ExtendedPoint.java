package org.hauptbuch.crypto.bc;

import java.util.Arrays;

/**
 * A point that sums are made in: x = X/Z, y = Y/Z, xy = T/Z. The formulas hold for all pairs of points, equal and
 * neutral ones too. H. Hisil, K. Wong, G. Carter, E. Dawson: Twisted Edwards curves revisited, 2008, sections 3.1 to
 * 3.3, with a = -1. One thread.
 */
final class ExtendedPoint {
    private final long[] x = new long[Field25519.LIMBS];
    private final long[] y = Field25519.one();
    private final long[] z = Field25519.one();
    private final long[] t = new long[Field25519.LIMBS];

    // of every operation anew
    private final long[] a = new long[Field25519.LIMBS];
    private final long[] b = new long[Field25519.LIMBS];
    private final long[] c = new long[Field25519.LIMBS];
    private final long[] e = new long[Field25519.LIMBS];
    private final long[] f = new long[Field25519.LIMBS];
    private final long[] g = new long[Field25519.LIMBS];
    private final long[] h = new long[Field25519.LIMBS];

    /** Becomes {@code point}, or its negative. */
    void set(AffinePoint point, boolean negative) {
        if (negative) {
            Field25519.negate(x, point.x());
        } else {
            copy(point.x(), x);
        }
        copy(point.y(), y);
        copy(Field25519.one(), z);
        Field25519.mul(t, x, y);
    }

    private static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, Field25519.LIMBS);
    }

    /** Becomes {@code point}. */
    void set(ExtendedPoint point) {
        copy(point.x, x);
        copy(point.y, y);
        copy(point.z, z);
        copy(point.t, t);
    }

    /** Adds {@code point}, or its negative: seven multiplications. */
    void add(AffinePoint point, boolean negative) {
        long[] px = point.x();
        long[] py = point.y();
        Field25519.subtract(e, y, x);
        Field25519.add(f, y, x);
        Field25519.subtract(g, py, px);
        Field25519.add(h, py, px);
        Field25519.mul(a, e, negative ? h : g);
        Field25519.mul(b, f, negative ? g : h);
        Field25519.mul(c, t, point.xy2d());
        Field25519.subtract(e, b, a);
        Field25519.add(h, b, a);
        Field25519.add(b, z, z);
        Field25519.subtract(negative ? g : f, b, c);
        Field25519.add(negative ? f : g, b, c);
        finish();
    }

    /** Adds {@code point}: nine multiplications. */
    void add(ExtendedPoint point) {
        Field25519.subtract(e, y, x);
        Field25519.add(f, y, x);
        Field25519.subtract(g, point.y, point.x);
        Field25519.add(h, point.y, point.x);
        Field25519.mul(a, e, g);
        Field25519.mul(b, f, h);
        Field25519.mul(c, t, point.t);
        Field25519.mul(c, c, AffinePoint.D2);
        Field25519.subtract(e, b, a);
        Field25519.add(h, b, a);
        Field25519.mul(b, z, point.z);
        Field25519.add(b, b, b);
        Field25519.subtract(f, b, c);
        Field25519.add(g, b, c);
        finish();
    }

    /** Doubles it: four multiplications and four squares. */
    void doubleIt() {
        Field25519.square(a, x);
        Field25519.square(b, y);
        Field25519.square(c, z);
        Field25519.add(e, x, y);
        Field25519.square(e, e);
        Field25519.add(h, a, b);
        Field25519.subtract(e, h, e);
        Field25519.subtract(g, a, b);
        Field25519.add(f, c, c);
        Field25519.add(f, f, g);
        finish();
    }

    private void finish() {
        Field25519.mul(x, e, f);
        Field25519.mul(y, g, h);
        Field25519.mul(t, e, h);
        Field25519.mul(z, f, g);
    }

    /** Becomes eight times what it was. */
    void timesEight() {
        for (int i = 0; i < 3; i++) {
            doubleIt();
        }
    }

    /**
     * {@code factor} times it, in a time and with addresses that tell nothing of the factor: for each half byte, the
     * highest first, four doublings, a look at all of the sixteen multiples that it may stand for, and an addition. What
     * is not wanted of the sixteen is masked out.
     *
     * @param factor any 32 bytes, the least first
     */
    ExtendedPoint times(byte[] factor) {
        ExtendedPoint[] multiples = new ExtendedPoint[16];
        multiples[0] = new ExtendedPoint();
        for (int i = 1; i < multiples.length; i++) {
            multiples[i] = new ExtendedPoint();
            multiples[i].set(multiples[i - 1]);
            multiples[i].add(this);
        }
        ExtendedPoint product = new ExtendedPoint();
        ExtendedPoint chosen = new ExtendedPoint();
        for (int i = 2 * Field25519.BYTES - 1; i >= 0; i--) {
            for (int j = 0; j < 4; j++) {
                product.doubleIt();
            }
            chosen.choose(multiples, factor[i >> 1] >> 4 * (i & 1) & 15);
            product.add(chosen);
        }
        return product;
    }

    private void choose(ExtendedPoint[] points, int index) {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        Arrays.fill(z, 0);
        Arrays.fill(t, 0);
        for (int i = 0; i < points.length; i++) {
            // all ones where i is the index, and 0 otherwise
            long mask = (i ^ index) - 1L >> 63;
            for (int j = 0; j < Field25519.LIMBS; j++) {
                x[j] |= points[i].x[j] & mask;
                y[j] |= points[i].y[j] & mask;
                z[j] |= points[i].z[j] & mask;
                t[j] |= points[i].t[j] & mask;
            }
        }
    }

    /** Its coordinates, without a common denominator. */
    AffinePoint affine() {
        long[] inverse = Field25519.inverse(z);
        long[] affineX = new long[Field25519.LIMBS];
        long[] affineY = new long[Field25519.LIMBS];
        Field25519.mul(affineX, x, inverse);
        Field25519.mul(affineY, y, inverse);
        return AffinePoint.of(affineX, affineY);
    }

    /** Its 32 bytes: RFC 8032, section 5.1.2. */
    byte[] encode() {
        return affine().encode();
    }

    /** Whether eight times it is the neutral element (0, 1). */
    boolean isOfSmallOrder() {
        ExtendedPoint eightfold = new ExtendedPoint();
        eightfold.set(this);
        eightfold.timesEight();
        return eightfold.isNeutral();
    }

    /** Whether it is (0, 1). */
    boolean isNeutral() {
        Field25519.subtract(a, y, z);
        return Field25519.isZero(x) && Field25519.isZero(a);
    }

    /** Whether both are the same point. */
    boolean isSame(ExtendedPoint point) {
        Field25519.mul(a, x, point.z);
        Field25519.mul(b, point.x, z);
        Field25519.subtract(a, a, b);
        if (!Field25519.isZero(a)) {
            return false;
        }
        Field25519.mul(a, y, point.z);
        Field25519.mul(b, point.y, z);
        Field25519.subtract(a, a, b);
        return Field25519.isZero(a);
    }
}
