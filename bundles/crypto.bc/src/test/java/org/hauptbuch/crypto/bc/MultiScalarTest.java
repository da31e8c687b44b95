package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Points and their sums against the definition of the curve's addition, in whole numbers. */
class MultiScalarTest {
    private static final long SEED = 52;
    private static final BigInteger P = Field25519.P;
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    private final Random random = new Random(SEED);

    private record Plain(BigInteger x, BigInteger y) {
        private static final Plain NEUTRAL = new Plain(BigInteger.ZERO, BigInteger.ONE);

        private static Plain of(AffinePoint point) {
            return new Plain(value(point.x()), value(point.y()));
        }

        private Plain plus(Plain other) {
            BigInteger dxy = D.multiply(x)
                    .multiply(other.x)
                    .multiply(y)
                    .multiply(other.y)
                    .mod(P);
            BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
            BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
            return new Plain(
                    sumX.multiply(BigInteger.ONE.add(dxy).modInverse(P)).mod(P),
                    sumY.multiply(BigInteger.ONE.subtract(dxy).modInverse(P)).mod(P));
        }

        private Plain times(BigInteger factor) {
            Plain sum = NEUTRAL;
            for (int i = factor.bitLength() - 1; i >= 0; i--) {
                sum = sum.plus(sum);
                if (factor.testBit(i)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        private Plain negative() {
            return new Plain(x.negate().mod(P), y);
        }

        private byte[] encoded() {
            byte[] bytes = new byte[32];
            for (int i = 0; i < 32; i++) {
                bytes[i] = y.shiftRight(8 * i).byteValue();
            }
            bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return bytes;
        }

        private boolean is(ExtendedPoint point) {
            ExtendedPoint same = new ExtendedPoint();
            same.set(AffinePoint.decode(encoded(), 0), false);
            return point.isSame(same);
        }
    }

    @Test
    void theBasePointIsTheStandardsAndHasTheOrderL() {
        // RFC 8032, section 5.1
        assertEquals(
                new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
                value(AffinePoint.BASE.x()));
        assertEquals(
                new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"),
                value(AffinePoint.BASE.y()));
        assertTrue(MultiScalar.sum(List.of(new MultiScalar.Term(AffinePoint.BASE, BatchVerifier.L)))
                .isNeutral());
    }

    @Test
    void everyPointIsDecodedFromItsOneEncoding() {
        for (int i = 0; i < 50; i++) {
            Plain point = Plain.of(AffinePoint.BASE).times(new BigInteger(252, random));
            assertEquals(point, Plain.of(AffinePoint.decode(point.encoded(), 0)), "seed " + SEED);
            byte[] flipped = point.encoded();
            flipped[31] ^= (byte) 0x80;
            assertEquals(point.negative(), Plain.of(AffinePoint.decode(flipped, 0)), "seed " + SEED);
        }
    }

    @Test
    void whatIsNoPointOrNotItsOneEncodingIsRefused() {
        // x = 0, called odd: y = 1 and y = -1
        assertNull(decode("0100000000000000000000000000000000000000000000000000000000000080"));
        assertNull(decode("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"));
        // y = p + 1
        assertNull(decode("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));
        int refused = 0;
        for (int y = 0; y < 64; y++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) y;
            BigInteger square = BigInteger.valueOf(y).pow(2);
            BigInteger xx = square.subtract(BigInteger.ONE)
                    .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
                    .mod(P);
            boolean hasRoot = xx.modPow(P.shiftRight(1), P).equals(BigInteger.ONE) || xx.signum() == 0;
            assertEquals(hasRoot, AffinePoint.decode(bytes, 0) != null, "y = " + y);
            refused += hasRoot ? 0 : 1;
        }
        assertTrue(refused > 20);
    }

    @Test
    void theEightPointsOfSmallOrderAreFound() {
        // of order 8: a point that is no multiple of the base point, times L
        Plain eighth = Plain.NEUTRAL;
        for (int y = 2; eighth.times(BigInteger.valueOf(4)).equals(Plain.NEUTRAL); y++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) y;
            AffinePoint point = AffinePoint.decode(bytes, 0);
            eighth = point == null ? eighth : Plain.of(point).times(BatchVerifier.L);
        }
        Plain base = Plain.of(AffinePoint.BASE);
        for (int i = 0; i < 8; i++) {
            Plain small = eighth.times(BigInteger.valueOf(i));
            assertTrue(AffinePoint.decode(small.encoded(), 0).hasSmallOrder(), "order of " + small);
            assertFalse(AffinePoint.decode(small.plus(base).encoded(), 0).hasSmallOrder(), "order of " + small);
        }
    }

    @Test
    void additionsAgreeWithTheDefinition() {
        List<Plain> points = points();
        for (Plain p : points) {
            for (Plain q : points) {
                AffinePoint affine = AffinePoint.decode(q.encoded(), 0);
                ExtendedPoint sum = new ExtendedPoint();
                sum.set(AffinePoint.decode(p.encoded(), 0), false);
                sum.add(affine, false);
                assertTrue(p.plus(q).is(sum), p + " + " + q);
                sum.add(affine, true);
                assertTrue(p.is(sum), p + " + " + q + " - " + q);
                sum.doubleIt();
                assertTrue(p.plus(p).is(sum), "2 " + p);
                ExtendedPoint other = new ExtendedPoint();
                other.set(affine, true);
                other.doubleIt();
                sum.add(other);
                assertTrue(p.plus(p).plus(q.negative()).plus(q.negative()).is(sum), "2 " + p + " - 2 " + q);
                assertEquals(p.plus(p).equals(q.plus(q)), sum.isNeutral());
            }
        }
    }

    @Test
    void digitsMakeTheNumber() {
        for (int window = 2; window <= 12; window++) {
            for (int i = 0; i < 300; i++) {
                BigInteger factor = i < 3
                        ? BigInteger.valueOf(i)
                        : i < 10
                                ? BigInteger.ONE.shiftLeft(120 + i).subtract(BigInteger.ONE)
                                : new BigInteger(random.nextInt(254), random);
                BigInteger sum = BigInteger.ZERO;
                short[] digits = MultiScalar.digits(factor, window);
                for (int d = digits.length - 1; d >= 0; d--) {
                    assertTrue(Math.abs(digits[d]) <= 1 << window - 1);
                    sum = sum.shiftLeft(window).add(BigInteger.valueOf(digits[d]));
                }
                assertEquals(factor, sum, "window " + window + ", seed " + SEED);
            }
        }
    }

    @Test
    void sumsAgreeWithTheDefinition() {
        List<Plain> points = points();
        for (int size : new int[] {0, 1, 2, 3, 17}) {
            List<MultiScalar.Term> terms = new ArrayList<>();
            Plain expected = Plain.NEUTRAL;
            for (int i = 0; i < size; i++) {
                Plain point = points.get(random.nextInt(points.size()));
                BigInteger factor = new BigInteger(i % 3 == 0 ? 253 : i % 3 == 1 ? 128 : 2, random);
                terms.add(new MultiScalar.Term(AffinePoint.decode(point.encoded(), 0), factor));
                expected = expected.plus(point.times(factor));
            }
            assertTrue(expected.is(MultiScalar.sum(terms)), size + " terms, seed " + SEED);
        }
        // enough terms for large windows: i times the base point, i times
        List<MultiScalar.Term> many = new ArrayList<>();
        Plain point = Plain.NEUTRAL;
        for (int i = 0; i < 2_000; i++) {
            many.add(new MultiScalar.Term(AffinePoint.decode(point.encoded(), 0), BigInteger.valueOf(i)));
            point = i < 40 ? point.plus(Plain.of(AffinePoint.BASE)) : point;
        }
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < 2_000; i++) {
            total = total.add(BigInteger.valueOf((long) i * Math.min(i, 40)));
        }
        assertTrue(Plain.of(AffinePoint.BASE).times(total).is(MultiScalar.sum(many)));
    }

    private List<Plain> points() {
        Plain base = Plain.of(AffinePoint.BASE);
        List<Plain> points = new ArrayList<>(List.of(
                Plain.NEUTRAL,
                base,
                base.negative(),
                base.plus(base),
                new Plain(BigInteger.ZERO, P.subtract(BigInteger.ONE))));
        for (int i = 0; i < 5; i++) {
            points.add(base.times(new BigInteger(252, random)));
        }
        return points;
    }

    private static AffinePoint decode(String hex) {
        return AffinePoint.decode(HexFormat.of().parseHex(hex), 0);
    }

    private static BigInteger value(long[] f) {
        long[] canonical = Field25519.canonical(f);
        BigInteger value = BigInteger.ZERO;
        for (int i = 4; i >= 0; i--) {
            value = value.shiftLeft(51).add(BigInteger.valueOf(canonical[i]));
        }
        return value;
    }
}
