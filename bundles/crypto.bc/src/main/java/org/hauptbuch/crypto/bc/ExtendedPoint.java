package org.hauptbuch.crypto.bc;

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

    /** Whether eight times it is the neutral element (0, 1). */
    boolean isOfSmallOrder() {
        ExtendedPoint eightfold = new ExtendedPoint();
        eightfold.set(this);
        for (int i = 0; i < 3; i++) {
            eightfold.doubleIt();
        }
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
