package org.hauptbuch.api.vdf;

import org.hauptbuch.api.value.Bytes;

/**
 * What a delay function is to compute.
 *
 * @param seed what the group follows from, 1 to {@link #MAX_SEED_BYTES} bytes
 * @param bits of the discriminant, {@link #MIN_BITS} to {@link #MAX_BITS}, a multiple of 16. Chia uses 1,024 with a
 *     fresh group for each challenge; class groups of 512 bits have been computed, so less than that is for tests only
 * @param iterations squarings, 1 to {@link #MAX_ITERATIONS}
 */
public record DelayTask(Bytes seed, int bits, long iterations) {
    /** The most bytes of a seed. */
    public static final int MAX_SEED_BYTES = 64;

    /** The fewest bits of a discriminant. */
    public static final int MIN_BITS = 256;

    /** The most bits of a discriminant. */
    public static final int MAX_BITS = 4_096;

    /** The most squarings: about a year of them. */
    public static final long MAX_ITERATIONS = 1L << 40;

    public DelayTask {
        check("seed: bytes", seed.length(), 1, MAX_SEED_BYTES);
        check("bits", bits, MIN_BITS, MAX_BITS);
        if (bits % 16 != 0) {
            throw new IllegalArgumentException("bits: " + bits + ", must be a multiple of 16");
        }
        check("iterations", iterations, 1, MAX_ITERATIONS);
    }

    /** The bytes of an output, and of one form of a proof: two numbers of {@code bits / 2} bits and a sign each. */
    public int formBytes() {
        return formBytes(bits);
    }

    /** As the other, for a discriminant of {@code bits}. */
    public static int formBytes(int bits) {
        return 2 * ((bits + 16) / 16);
    }

    /** The bytes of a proof in {@code segments}: a proof for each, and the outputs of all but the last. */
    public int proofBytes(int segments) {
        return (2 * segments - 1) * formBytes();
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
