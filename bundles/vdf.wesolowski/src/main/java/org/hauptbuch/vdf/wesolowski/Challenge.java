package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The challenge of a proof: a prime of 128 bits that follows from the two ends of the way. */
final class Challenge {
    private static final byte[] PREFIX = "prime".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 16;

    private Challenge() {}

    /** The first prime among the digests of "prime", j, {@code from} and {@code to}, as encoded forms. */
    static BigInteger of(byte[] from, byte[] to) {
        MessageDigest digest = sha256();
        for (long j = 0; ; j++) {
            digest.update(PREFIX);
            for (int shift = 56; shift >= 0; shift -= 8) {
                digest.update((byte) (j >>> shift));
            }
            digest.update(from);
            digest.update(to);
            BigInteger candidate = new BigInteger(1, digest.digest(), 0, BYTES);
            if (Primes.isPrime(candidate)) {
                return candidate;
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
