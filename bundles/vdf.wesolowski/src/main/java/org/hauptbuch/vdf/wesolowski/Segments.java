package org.hauptbuch.vdf.wesolowski;

/** How the way to the output is cut: each part is half of what is left, and the last one is the rest. */
final class Segments {
    private Segments() {}

    /** Whether {@code iterations} can be cut into {@code segments} parts of one iteration or more. */
    static boolean fit(long iterations, int segments) {
        return segments >= 1 && iterations >> (segments - 1) >= 1;
    }

    /** The iterations of each part. */
    static long[] lengths(long iterations, int segments) {
        long[] lengths = new long[segments];
        long left = iterations;
        for (int i = 0; i < segments - 1; i++) {
            lengths[i] = left / 2;
            left -= lengths[i];
        }
        lengths[segments - 1] = left;
        return lengths;
    }
}
