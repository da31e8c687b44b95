package org.hauptbuch.vdf.wesolowski;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PrimesTest {
    @Test
    void agreesWithTheLibraryOnRandomNumbers() {
        Random random = new Random(11);
        int primes = 0;
        for (int i = 0; i < 3_000; i++) {
            BigInteger number = new BigInteger(64 + random.nextInt(100), random).setBit(63);
            assertEquals(number.isProbablePrime(60), Primes.isPrime(number), number.toString());
            primes += Primes.isPrime(number) ? 1 : 0;
        }
        assertTrue(primes > 30, primes + " primes");
    }

    /** Composites that pass the test to base 2, to bases 2 to 7, and to every base up to 37 (Sorenson and Webster). */
    @Test
    void refusesStrongPseudoprimes() {
        for (String number : new String[] {"3215031751", "3825123056546413051", "3317044064679887385961981"}) {
            assertFalse(Primes.isPrime(new BigInteger(number)), number);
        }
        // Carmichael's numbers (6k + 1)(12k + 1)(18k + 1) with three prime factors
        for (long k = 1_000_000, found = 0; found < 3; k++) {
            BigInteger p = BigInteger.valueOf(6 * k + 1);
            BigInteger q = BigInteger.valueOf(12 * k + 1);
            BigInteger r = BigInteger.valueOf(18 * k + 1);
            if (p.isProbablePrime(60) && q.isProbablePrime(60) && r.isProbablePrime(60)) {
                assertFalse(Primes.isPrime(p.multiply(q).multiply(r)), "k = " + k);
                found++;
            }
        }
    }

    @Test
    void aDiscriminantHasItsLengthAndResidueAndFollowsFromTheSeed() {
        for (int bits : new int[] {256, 272, 512}) {
            BigInteger prime = Groups.prime(9, bits);
            assertEquals(bits, prime.bitLength());
            assertEquals(7, prime.intValue() & 7);
            assertTrue(prime.isProbablePrime(60));
            assertEquals(prime, Groups.prime(9, bits));
            assertFalse(prime.equals(Groups.prime(10, bits)));
        }
    }

    @Test
    void theSearchForADiscriminantCanBeEnded() {
        assertThrows(CancellationException.class, () -> Discriminants.prime(new byte[] {1}, 4_096, () -> false));
    }
}
