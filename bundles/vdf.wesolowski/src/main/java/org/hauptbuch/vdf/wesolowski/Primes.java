package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Whether a number is prime, by the Miller-Rabin test to fixed bases, so that every node answers the same. The numbers
 * asked about come out of a hash function, for which the bounds of Damgård, Landrock and Pomerance ("Average case error
 * estimates for the strong probable prime test", 1993) hold: with the bases taken here an error is less likely than
 * 2^-80.
 */
final class Primes {
    /** Bases for a number of up to 256 bits, and for a longer one. */
    private static final int SHORT_ROUNDS = 32;

    private static final int LONG_ROUNDS = 12;

    private static final int SIEVED = 15;
    private static final int[] SMALL = below(1 << 16);
    /** The product of 3 to 47, the most that fits a long. */
    private static final long SIEVE = product(SIEVED);

    private Primes() {}

    /** The primes below 2^16, 2 first. */
    static int[] small() {
        return SMALL.clone();
    }

    /** Whether {@code number} (odd, over 2^16) is prime. */
    static boolean isPrime(BigInteger number) {
        if (!number.testBit(0)) {
            return false;
        }
        long rest = number.mod(BigInteger.valueOf(SIEVE)).longValue();
        for (int i = 1; i < SIEVED; i++) {
            if (rest % SMALL[i] == 0) {
                return false;
            }
        }
        BigInteger minusOne = number.subtract(BigInteger.ONE);
        int twos = minusOne.getLowestSetBit();
        BigInteger oddPart = minusOne.shiftRight(twos);
        int rounds = number.bitLength() <= 256 ? SHORT_ROUNDS : LONG_ROUNDS;
        for (int i = 0; i < rounds; i++) {
            if (!passes(BigInteger.valueOf(SMALL[i]), number, minusOne, oddPart, twos)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(
            BigInteger base, BigInteger number, BigInteger minusOne, BigInteger oddPart, int twos) {
        BigInteger power = base.modPow(oddPart, number);
        if (power.equals(BigInteger.ONE) || power.equals(minusOne)) {
            return true;
        }
        for (int i = 1; i < twos; i++) {
            power = power.multiply(power).mod(number);
            if (power.equals(minusOne)) {
                return true;
            }
        }
        return false;
    }

    private static long product(int count) {
        long product = 1;
        for (int i = 1; i < count; i++) {
            product = Math.multiplyExact(product, (long) SMALL[i]);
        }
        return product;
    }

    private static int[] below(int limit) {
        boolean[] composite = new boolean[limit];
        int[] primes = new int[limit];
        int count = 0;
        for (int i = 2; i < limit; i++) {
            if (!composite[i]) {
                primes[count++] = i;
                for (long j = (long) i * i; j < limit; j += i) {
                    composite[(int) j] = true;
                }
            }
        }
        return Arrays.copyOf(primes, count);
    }
}
