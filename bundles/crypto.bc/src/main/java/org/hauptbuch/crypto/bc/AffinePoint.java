package org.hauptbuch.crypto.bc;

import java.math.BigInteger;

/**
 * A point of edwards25519 (RFC 8032, section 5.1): -x<sup>2</sup> + y<sup>2</sup> = 1 + d x<sup>2</sup> y<sup>2</sup>,
 * by its coordinates and 2dxy, which adding it to another needs. Immutable: nobody writes into the arrays.
 */
record AffinePoint(long[] x, long[] y, long[] xy2d) {
    /** -121665/121666. */
    private static final long[] D = Field25519.of(
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(Field25519.P)));

    /** 2d. */
    static final long[] D2 = new long[Field25519.LIMBS];

    /** The base point, of prime order L: y = 4/5, x even. */
    static final AffinePoint BASE;

    static {
        Field25519.add(D2, D, D);
        Field25519.carry(D2, D2);
        BASE = of(
                Field25519.of(
                        BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(Field25519.P))),
                false);
    }

    /**
     * The point that the 32 bytes from {@code offset} encode; null where no point has them as its one encoding: y is
     * not under p, there is no x, or x is 0 and called odd.
     */
    static AffinePoint decode(byte[] bytes, int offset) {
        long[] y = Field25519.decode(bytes, offset);
        return Field25519.isCanonical(y) ? of(y, bytes[offset + Field25519.BYTES - 1] < 0) : null;
    }

    /** x<sup>2</sup> = (y<sup>2</sup> - 1) / (d y<sup>2</sup> + 1): RFC 8032, section 5.1.3. */
    private static AffinePoint of(long[] y, boolean odd) {
        long[] one = Field25519.one();
        long[] yy = new long[Field25519.LIMBS];
        long[] u = new long[Field25519.LIMBS];
        long[] v = new long[Field25519.LIMBS];
        Field25519.square(yy, y);
        Field25519.subtract(u, yy, one);
        Field25519.mul(v, yy, D);
        Field25519.add(v, v, one);
        long[] x = Field25519.rootOfRatio(u, v);
        if (x == null) {
            return null;
        }
        if (Field25519.isOdd(x) != odd) {
            if (Field25519.isZero(x)) {
                return null;
            }
            Field25519.negate(x, x);
        }
        return of(x, y);
    }

    /** The point with these coordinates, which are those of one. */
    static AffinePoint of(long[] x, long[] y) {
        long[] xy2d = new long[Field25519.LIMBS];
        Field25519.mul(xy2d, x, y);
        Field25519.mul(xy2d, xy2d, D2);
        return new AffinePoint(x, y, xy2d);
    }

    /** Its 32 bytes: RFC 8032, section 5.1.2. */
    byte[] encode() {
        byte[] bytes = Field25519.encode(y);
        bytes[Field25519.BYTES - 1] |= (byte) (Field25519.canonical(x)[0] << 7);
        return bytes;
    }

    /** What it adds up to (0, 1) with. */
    AffinePoint negative() {
        long[] negativeX = new long[Field25519.LIMBS];
        Field25519.negate(negativeX, x);
        return of(negativeX, y);
    }

    /** A sum to begin with. */
    ExtendedPoint extended() {
        ExtendedPoint point = new ExtendedPoint();
        point.set(this, false);
        return point;
    }

    /** Whether it is one of the eight points with 8P = 0. */
    boolean hasSmallOrder() {
        return extended().isOfSmallOrder();
    }
}
