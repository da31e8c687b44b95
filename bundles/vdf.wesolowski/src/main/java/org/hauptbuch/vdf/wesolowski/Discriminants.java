package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * From a seed the prime whose negative is a discriminant, as Chia's create_discriminant finds it: the first prime of the
 * form n + {@value #STEP}x, where n of the wanted length, 7 mod 8 and without a divisor up to 13, comes out of the
 * seed's digests.
 */
final class Discriminants {
    private static final int STEP = 8 * 3 * 5 * 7 * 11 * 13;
    private static final BigInteger STEPS = BigInteger.valueOf(STEP);
    /** Numbers looked at in one go. */
    private static final int WINDOW = 1 << 12;

    /** The residues of {@link #STEP} that are 7 mod 8 and have no divisor in common with it. */
    private static final int[] RESIDUES = IntStream.range(0, STEP)
            .filter(x -> x % 8 == 7 && x % 3 != 0 && x % 5 != 0 && x % 7 != 0 && x % 11 != 0 && x % 13 != 0)
            .toArray();

    /** The primes from 17 to 2^16, and for each the inverse of {@link #STEP}. */
    private static final int[] PRIMES =
            Arrays.stream(Primes.small()).filter(prime -> prime > 13).toArray();

    private static final int[] INVERSES = Arrays.stream(PRIMES)
            .map(prime -> STEPS.modInverse(BigInteger.valueOf(prime)).intValue())
            .toArray();

    private Discriminants() {}

    /**
     * The prime of {@code bits} (a multiple of 8) that follows from {@code seed}.
     *
     * @throws CancellationException where {@code goesOn}, asked once for each candidate, said no
     */
    static BigInteger prime(byte[] seed, int bits, BooleanSupplier goesOn) {
        byte[] entropy = entropy(seed, bits / 8 + 2);
        BigInteger start = new BigInteger(1, entropy, 0, entropy.length - 2).setBit(bits - 1);
        int choice = (entropy[entropy.length - 2] & 0xFF) << 8 | entropy[entropy.length - 1] & 0xFF;
        start = start.subtract(start.mod(STEPS)).add(BigInteger.valueOf(RESIDUES[choice % RESIDUES.length]));
        while (true) {
            boolean[] composite = sieve(start);
            for (int i = 0; i < WINDOW; i++) {
                if (composite[i]) {
                    continue;
                }
                BigInteger candidate = start.add(BigInteger.valueOf((long) STEP * i));
                if (!goesOn.getAsBoolean()) {
                    throw new CancellationException("the search for a discriminant was ended");
                }
                if (Primes.isPrime(candidate)) {
                    return candidate;
                }
            }
            start = start.add(STEPS.multiply(BigInteger.valueOf(WINDOW)));
        }
    }

    /** Which of the numbers {@code start} + {@link #STEP}i have a divisor below 2^16. */
    private static boolean[] sieve(BigInteger start) {
        boolean[] composite = new boolean[WINDOW];
        for (int k = 0; k < PRIMES.length; k++) {
            int prime = PRIMES[k];
            long rest = start.mod(BigInteger.valueOf(prime)).longValue();
            long first = (prime - rest) % prime * INVERSES[k] % prime;
            for (int i = (int) first; i < WINDOW; i += prime) {
                composite[i] = true;
            }
        }
        return composite;
    }

    /** As many bytes of SHA-256(seed, 0), SHA-256(seed, 1), ...; the counter has two bytes. */
    private static byte[] entropy(byte[] seed, int length) {
        MessageDigest digest = Challenge.sha256();
        byte[] entropy = new byte[length];
        for (int at = 0, counter = 0; at < length; at += 32, counter++) {
            digest.update(seed);
            digest.update((byte) (counter >>> 8));
            digest.update((byte) counter);
            System.arraycopy(digest.digest(), 0, entropy, at, Math.min(32, length - at));
        }
        return entropy;
    }
}
