package org.hauptbuch.crypto.bc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** What is constant in time gives what the platform's big numbers and the other multiplication give. */
class Scalar25519Test {
    private static final long SEED = 11;
    private static final BigInteger L = BatchVerifier.L;

    @Test
    void reducesAsBigNumbersDo() {
        Random random = new Random(SEED);
        BigInteger[] edges = {
            BigInteger.ZERO,
            BigInteger.ONE,
            L.subtract(BigInteger.ONE),
            L,
            L.add(BigInteger.ONE),
            L.shiftLeft(4),
            L.shiftLeft(4).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(252),
            BigInteger.ONE.shiftLeft(255),
            BigInteger.ONE.shiftLeft(512).subtract(BigInteger.ONE),
            L.shiftLeft(259),
            L.shiftLeft(259).subtract(BigInteger.ONE)
        };
        for (int i = 0; i < 5_000; i++) {
            BigInteger number = i < edges.length ? edges[i] : new BigInteger(random.nextInt(513), random);
            assertEquals(
                    bytes(number.mod(L), 32),
                    Bytes.of(Scalar25519.reduce(bytes(number, 64).toArray())),
                    "" + number);
        }
    }

    @Test
    void addsAProductAsBigNumbersDo() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            int bits = i == 0 ? 0 : 256;
            BigInteger a = i == 1 ? max() : new BigInteger(bits, random);
            BigInteger b = i == 1 ? max() : new BigInteger(bits, random);
            BigInteger c = i == 1 ? max() : new BigInteger(bits, random);
            byte[] sum = Scalar25519.sumOfProduct(
                    bytes(a, 32).toArray(), bytes(b, 32).toArray(), bytes(c, 32).toArray());
            assertEquals(bytes(a.add(b.multiply(c)).mod(L), 32), Bytes.of(sum), "seed " + SEED + " case " + i);
        }
    }

    @Test
    void multipliesAsTheSumByBucketsDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            BigInteger factor = i < 20 ? BigInteger.valueOf(i) : new BigInteger(256, random);
            AffinePoint point = MultiScalar.sum(
                            List.of(new MultiScalar.Term(AffinePoint.BASE, new BigInteger(252, random))))
                    .affine();
            ExtendedPoint product = point.extended().times(bytes(factor, 32).toArray());
            ExtendedPoint expected = MultiScalar.sum(List.of(new MultiScalar.Term(point, factor)));
            assertEquals(Bytes.of(expected.encode()), Bytes.of(product.encode()), "seed " + SEED + " case " + i);
        }
    }

    private static BigInteger max() {
        return BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    }

    private static Bytes bytes(BigInteger number, int length) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[Math.max(length, big.length)];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return Bytes.of(Arrays.copyOf(little, length));
    }
}
