package org.hauptbuch.crypto.bc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hashes bytes to a point of edwards25519 of prime order: encode_to_curve of the suite
 * edwards25519_XMD:SHA-512_ELL2_NU_ (RFC 9380, section 8.5), under the domain of ECVRF. Both its inputs are public, so
 * time may depend on them.
 */
final class Elligator {
    /** RFC 9381, section 5.4.1.2: "ECVRF_", the suite of RFC 9380, the suite of ECVRF. */
    private static final byte[] DOMAIN =
            "ECVRF_edwards25519_XMD:SHA-512_ELL2_NU_\4".getBytes(StandardCharsets.US_ASCII);

    /** The block of SHA-512 in bytes. */
    private static final int BLOCK = 128;

    /** 48 bytes modulo p are 128 bits more than p has: no element is likelier than another by what anyone notices. */
    private static final int UNIFORM = 48;

    /** curve25519 is t<sup>2</sup> = s<sup>3</sup> + J s<sup>2</sup> + s. */
    private static final long[] J = Field25519.of(BigInteger.valueOf(486_662));

    /** The even root of -486664, which takes curve25519 to edwards25519: RFC 9380, section G.2.2. */
    private static final long[] ROOT = root(Field25519.of(BigInteger.valueOf(-486_664)), false);

    private Elligator() {}

    /** The point for {@code salt}, then {@code alpha}. */
    static ExtendedPoint encodeToCurve(byte[] salt, byte[] alpha) {
        ExtendedPoint point = map(hashToField(salt, alpha)).extended();
        point.timesEight();
        return point;
    }

    /** expand_message_xmd for one element, whose bytes one block of SHA-512 gives: RFC 9380, sections 5.2 and 5.3.1. */
    private static long[] hashToField(byte[] salt, byte[] alpha) {
        byte[] domain = Arrays.copyOf(DOMAIN, DOMAIN.length + 1);
        domain[DOMAIN.length] = (byte) DOMAIN.length;
        MessageDigest sha512 = Sha512.digest();
        sha512.update(new byte[BLOCK]);
        sha512.update(salt);
        sha512.update(alpha);
        sha512.update(new byte[] {0, UNIFORM, 0});
        byte[] first = sha512.digest(domain);
        sha512.update(first);
        sha512.update((byte) 1);
        byte[] uniform = sha512.digest(domain);
        return Field25519.of(new BigInteger(1, uniform, 0, UNIFORM));
    }

    /** Elligator 2 to curve25519, and from there to edwards25519: RFC 9380, sections 6.7.1, 6.8.1 and D.1. */
    static AffinePoint map(long[] u) {
        long[] one = Field25519.one();
        long[] d = new long[Field25519.LIMBS];
        long[] s = new long[Field25519.LIMBS];
        // s = -J / (1 + 2 u^2), whose denominator is never 0: -1/2 is no square
        Field25519.square(d, u);
        Field25519.add(d, d, d);
        Field25519.add(d, d, one);
        Field25519.mul(s, J, Field25519.inverse(d));
        Field25519.negate(s, s);
        long[] t = root(curve(s), true);
        if (t == null) {
            Field25519.add(s, s, J);
            Field25519.negate(s, s);
            t = root(curve(s), false);
        }

        // x = root(-486664) s / t and y = (s - 1) / (s + 1), and the neutral point where either is not there
        long[] denominator = new long[Field25519.LIMBS];
        Field25519.add(d, s, one);
        Field25519.mul(denominator, t, d);
        if (Field25519.isZero(denominator)) {
            return AffinePoint.of(new long[Field25519.LIMBS], one);
        }
        long[] inverse = Field25519.inverse(denominator);
        long[] x = new long[Field25519.LIMBS];
        long[] y = new long[Field25519.LIMBS];
        Field25519.mul(x, ROOT, s);
        Field25519.mul(x, x, d);
        Field25519.mul(x, x, inverse);
        Field25519.subtract(y, s, one);
        Field25519.mul(y, y, t);
        Field25519.mul(y, y, inverse);
        return AffinePoint.of(x, y);
    }

    /** s<sup>3</sup> + J s<sup>2</sup> + s. */
    private static long[] curve(long[] s) {
        long[] r = new long[Field25519.LIMBS];
        Field25519.add(r, s, J);
        Field25519.mul(r, r, s);
        Field25519.add(r, r, Field25519.one());
        Field25519.mul(r, r, s);
        return r;
    }

    /** The root of {@code square} that is odd or not; null where there is none. */
    private static long[] root(long[] square, boolean odd) {
        long[] root = Field25519.rootOfRatio(square, Field25519.one());
        if (root != null && Field25519.isOdd(root) != odd) {
            Field25519.negate(root, root);
        }
        return root;
    }
}
