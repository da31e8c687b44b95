package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Field25519Test {
    private static final long SEED = 51;
    private static final BigInteger P = Field25519.P;
    /** The largest limb that an operation takes. */
    private static final long LARGEST = 1L << 53;

    private final Random random = new Random(SEED);

    @Test
    void agreesWithBigIntegersOnEdgeAndRandomValues() {
        List<long[]> values = values();
        for (long[] f : values) {
            check(f, f);
            for (int i = 0; i < 40; i++) {
                check(f, values.get(random.nextInt(values.size())));
            }
        }
    }

    @Test
    void resultsMayBeAddedAndUsedAgain() {
        for (long[] f : values()) {
            long[] out = new long[5];
            Field25519.mul(out, f, f);
            assertSmall(out);
            Field25519.square(out, f);
            assertSmall(out);
            Field25519.carry(out, f);
            assertSmall(out);
            assertEquals(value(f), value(out));
        }
    }

    @Test
    void powerForARootIsThePower() {
        BigInteger exponent = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
        for (int i = 0; i < 20; i++) {
            long[] f = random(51, true);
            assertEquals(value(f).modPow(exponent, P), value(Field25519.powerForRoot(f)), "seed " + SEED);
        }
    }

    @Test
    void encodingsAreReadAndThoseOverTheModulusAreNotCanonical() {
        for (int offset = -25; offset < 25; offset++) {
            BigInteger number = P.add(BigInteger.valueOf(offset));
            BigInteger bits = number.mod(BigInteger.ONE.shiftLeft(255));
            long[] f = Field25519.decode(littleEndian(bits), 0);
            assertEquals(bits.mod(P), value(f));
            assertEquals(bits.compareTo(P) < 0, Field25519.isCanonical(f), "p + " + offset);
        }
        byte[] ones = littleEndian(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        assertEquals(BigInteger.valueOf(18), value(Field25519.decode(ones, 0)), "the sign is left out");
        for (int i = 0; i < 200; i++) {
            BigInteger number = new BigInteger(255, random);
            byte[] shifted = new byte[40];
            System.arraycopy(littleEndian(number), 0, shifted, 3, 32);
            assertEquals(number.mod(P), value(Field25519.decode(shifted, 3)), "seed " + SEED);
        }
    }

    private void check(long[] f, long[] g) {
        BigInteger a = value(f);
        BigInteger b = value(g);
        String name = a + ", " + b + ", seed " + SEED;
        long[] out = new long[5];
        Field25519.mul(out, f, g);
        assertEquals(a.multiply(b).mod(P), value(out), name);
        Field25519.square(out, f);
        assertEquals(a.multiply(a).mod(P), value(out), name);
        Field25519.add(out, f, g);
        assertEquals(a.add(b).mod(P), value(out), name);
        Field25519.subtract(out, f, g);
        assertEquals(a.subtract(b).mod(P), value(out), name);
        Field25519.negate(out, f);
        assertEquals(a.negate().mod(P), value(out), name);
        assertArrayEquals(Field25519.of(a), Field25519.canonical(f), name);
        assertEquals(a.signum() == 0, Field25519.isZero(f), name);
        assertEquals(a.testBit(0), Field25519.isOdd(f), name);
        long[] inPlace = f.clone();
        Field25519.mul(inPlace, inPlace, g);
        assertEquals(a.multiply(b).mod(P), value(inPlace), name);
    }

    private static void assertSmall(long[] f) {
        for (long limb : f) {
            assertEquals(0, limb < -(1 << 16) || limb > (1L << 51) + (1 << 16) ? limb : 0);
        }
    }

    private List<long[]> values() {
        List<long[]> values = new ArrayList<>();
        for (int offset = -20; offset <= 20; offset++) {
            values.add(Field25519.of(BigInteger.valueOf(offset)));
            // not the one representative: up to 2^255 + 1
            values.add(Field25519.decode(littleEndian(P.add(BigInteger.valueOf(Math.min(18, offset)))), 0));
        }
        for (long limb : new long[] {LARGEST - 1, 1 - LARGEST, (1L << 51) - 1, 1L << 51, 0, -1}) {
            values.add(new long[] {limb, limb, limb, limb, limb});
            values.add(new long[] {limb, -limb, limb, -limb, limb});
            for (int i = 0; i < 5; i++) {
                long[] one = new long[5];
                one[i] = limb;
                values.add(one);
            }
        }
        for (int i = 0; i < 200; i++) {
            values.add(random(53, false));
            values.add(random(51, true));
        }
        return values;
    }

    private long[] random(int bits, boolean positive) {
        long[] f = new long[5];
        for (int i = 0; i < 5; i++) {
            f[i] = random.nextLong() >>> 64 - bits;
            if (!positive && random.nextBoolean()) {
                f[i] = -f[i];
            }
        }
        return f;
    }

    private static BigInteger value(long[] f) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 4; i >= 0; i--) {
            value = value.shiftLeft(51).add(BigInteger.valueOf(f[i]));
        }
        return value.mod(P);
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
