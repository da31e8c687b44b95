package org.hauptbuch.crypto.bc;

/**
 * Arithmetic modulo L, the order of the base point, in a time and with addresses that tell nothing of the numbers. Bytes
 * are the limbs, the least first; reduction subtracts 16 L times the highest limb until 32 are left, with carries that
 * round to the nearest, as in TweetNaCl (D. J. Bernstein and others: TweetNaCl, a crypto library in 100 tweets, 2014).
 */
final class Scalar25519 {
    static final int BYTES = 32;

    private static final int[] L = {
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10
    };

    // limbs of L that are not 0 below its highest, and a few for carries
    private static final int LOW_LIMBS = 20;

    private Scalar25519() {}

    /** The rest of {@code number}, 64 bytes, in 32 bytes under L. */
    static byte[] reduce(byte[] number) {
        long[] limbs = new long[2 * BYTES];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = number[i] & 0xff;
        }
        return reduce(limbs);
    }

    /** {@code a} + {@code b} {@code c} of 32 bytes each, in 32 bytes under L. */
    static byte[] sumOfProduct(byte[] a, byte[] b, byte[] c) {
        long[] limbs = new long[2 * BYTES];
        for (int i = 0; i < BYTES; i++) {
            limbs[i] = a[i] & 0xff;
        }
        for (int i = 0; i < BYTES; i++) {
            for (int j = 0; j < BYTES; j++) {
                limbs[i + j] += (long) (b[i] & 0xff) * (c[j] & 0xff);
            }
        }
        return reduce(limbs);
    }

    private static byte[] reduce(long[] x) {
        // 16 L is 2^256 and 16 times what L has below 2^252: limb i goes away with 2^(8(i-32)) times that
        for (int i = 2 * BYTES - 1; i >= BYTES; i--) {
            int from = i - BYTES;
            long carry = 0;
            for (int j = 0; j < LOW_LIMBS; j++) {
                x[from + j] += carry - 16 * x[i] * L[j];
                carry = x[from + j] + 128 >> 8;
                x[from + j] -= carry << 8;
            }
            x[from + LOW_LIMBS] += carry;
            x[i] = 0;
        }
        // what is left is over -16 L and under 16 L: now over -L
        long most = x[BYTES - 1] >> 4;
        long carry = 0;
        for (int i = 0; i < BYTES; i++) {
            x[i] += carry - most * L[i];
            carry = x[i] >> 8;
            x[i] &= 0xff;
        }
        // and an L back where the carry is -1
        byte[] rest = new byte[BYTES];
        long owed = 0;
        for (int i = 0; i < BYTES; i++) {
            owed += x[i] - carry * L[i];
            rest[i] = (byte) owed;
            owed >>= 8;
        }
        return rest;
    }
}
