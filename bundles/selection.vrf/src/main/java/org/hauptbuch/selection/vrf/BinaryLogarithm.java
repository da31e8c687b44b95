package org.hauptbuch.selection.vrf;

import java.math.BigInteger;

/**
 * log2 in fixed point, bit by bit: a number in [1, 2) is squared; where the square is 2 or more the next bit is 1 and the
 * square is halved. Source: J. C. Majithia, D. Levan: A Note on Base-2 Logarithm Computations, Proceedings of the IEEE 61
 * (1973). Whole numbers only, so that every node has the same bits.
 */
final class BinaryLogarithm {
    /** Bits after the point of what {@link #of} answers. */
    static final int BITS = 96;

    /**
     * Bits after the point of what is squared. Each squaring doubles the error of what was cut off before, so that 96 of
     * them leave 96 bits right, but for the last.
     */
    private static final int MANTISSA = 208;

    private BinaryLogarithm() {}

    /** floor(log2(x) · 2^96), or one less. @param x 1 or more */
    static BigInteger of(BigInteger x) {
        int whole = x.bitLength() - 1;
        BigInteger mantissa = whole > MANTISSA ? x.shiftRight(whole - MANTISSA) : x.shiftLeft(MANTISSA - whole);
        BigInteger logarithm = BigInteger.valueOf(whole);
        for (int bit = 0; bit < BITS; bit++) {
            mantissa = mantissa.multiply(mantissa).shiftRight(MANTISSA);
            logarithm = logarithm.shiftLeft(1);
            if (mantissa.bitLength() > MANTISSA + 1) {
                mantissa = mantissa.shiftRight(1);
                logarithm = logarithm.setBit(0);
            }
        }
        return logarithm;
    }
}
