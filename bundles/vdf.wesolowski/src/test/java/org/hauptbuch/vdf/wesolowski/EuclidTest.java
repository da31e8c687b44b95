package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The remainders and their factors against Euclid by hand. */
class EuclidTest {
    private final Euclid euclid = new Euclid();

    @Test
    void inversesAreWhatTheLibrarySays() {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            BigInteger first = new BigInteger(1 + random.nextInt(700), random).setBit(0);
            BigInteger second = new BigInteger(1 + random.nextInt(700), random).mod(first);
            euclid.run(first, second, 0);

            BigInteger common = first.gcd(second);
            assertEquals(common, euclid.previous(), "seed " + seed);
            assertEquals(BigInteger.ZERO, euclid.last(), "seed " + seed);
            BigInteger factor = euclid.odd()
                    ? euclid.previousFactor()
                    : euclid.previousFactor().negate();
            assertEquals(common.mod(first), factor.multiply(second).mod(first), "seed " + seed);
        }
    }

    @Test
    void stopsAtTheFirstRemainderBelowTheBound() {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            BigInteger first = new BigInteger(300 + random.nextInt(300), random).setBit(299);
            BigInteger second = new BigInteger(1 + random.nextInt(600), random).mod(first);
            int bits = random.nextInt(310);
            euclid.run(first, second, bits);

            BigInteger previous = first;
            BigInteger last = second;
            BigInteger previousFactor = BigInteger.ZERO;
            BigInteger lastFactor = BigInteger.ONE;
            int steps = 0;
            while (last.bitLength() > bits) {
                BigInteger[] parts = previous.divideAndRemainder(last);
                BigInteger factor = previousFactor.add(parts[0].multiply(lastFactor));
                previous = last;
                last = parts[1];
                previousFactor = lastFactor;
                lastFactor = factor;
                steps++;
            }
            assertEquals(previous, euclid.previous(), "seed " + seed);
            assertEquals(last, euclid.last(), "seed " + seed);
            assertEquals(previousFactor, euclid.previousFactor(), "seed " + seed);
            assertEquals(lastFactor, euclid.lastFactor(), "seed " + seed);
            assertEquals(steps % 2 == 1, euclid.odd(), "seed " + seed);
            assertEquals(steps > 0, euclid.moved(), "seed " + seed);
        }
    }

    @Test
    void takesQuotientsOfAnySizeAndTheLongestWay() {
        BigInteger large = BigInteger.ONE.shiftLeft(500).subtract(BigInteger.ONE);
        euclid.run(large, BigInteger.valueOf(3), 0);
        assertEquals(large.gcd(BigInteger.valueOf(3)), euclid.previous());
        // neighbours among Fibonacci's numbers: every quotient is 1
        BigInteger small = BigInteger.ONE;
        BigInteger big = BigInteger.TWO;
        for (int i = 0; i < 1_000; i++) {
            BigInteger sum = big.add(small);
            small = big;
            big = sum;
        }
        euclid.run(big, small, 0);
        assertEquals(BigInteger.ONE, euclid.previous());
        assertEquals(big, euclid.lastFactor());
        // the same room again, for numbers of one word
        euclid.run(BigInteger.valueOf(10), BigInteger.valueOf(4), 0);
        assertEquals(BigInteger.TWO, euclid.previous());
        assertTrue(euclid.moved());
    }
}
