package org.hauptbuch.api.vdf;

import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A verifiable delay function: Wesolowski, "Efficient Verifiable Delay Functions", EUROCRYPT 2019, over class groups of
 * imaginary quadratic fields. A task's seed gives the discriminant D of {@link DelayTask#bits()} bits, the form x =
 * (2, 1, (1-D)/8) and the output y = x^(2^iterations).
 *
 * <p>The construction and the encoding are Chia's (the reference implementation of its VDF competition, "inkfish"), so
 * that its outputs and proofs are ours: D is the negative of the prime that its create_discriminant finds; a form is a
 * and b, signed, big-endian, {@code (bits + 16) / 16} bytes each; the proof of y is the form x^floor(2^iterations / l)
 * for the challenge l, the first prime among the first 16 bytes of SHA-256("prime", j as 8 bytes, x, y), j = 0, 1, ...
 *
 * <p>Output and proof are unique for a number of segments: every provider gives the same bytes. Thread-safe.
 */
@ConsumerType
public interface DelayFunction {
    /** For a chain without a delay: it refuses to do anything. */
    DelayFunction NONE = new NoDelay();

    /** The most segments of a proof. */
    int MAX_SEGMENTS = 8;

    /**
     * Computes the output and its proof in the calling thread, and leaves it as soon as {@code watch} says so, within a
     * few milliseconds.
     *
     * <p>The challenge depends on the output, so that a proof can begin only when its output is there. With {@code
     * segments} = n &gt; 1 the way is cut into n parts, each but the last half of what is left, and each part's proof is
     * computed beside the next one's evaluation: after the output only the proof of the last 2^-(n-1) of the way is
     * still to do. The price is a proof of 2n-1 forms in place of one (the outputs of the parts travel with it), n
     * times the work for whoever verifies, and a second processor.
     *
     * @param task what to compute
     * @param segments 1 to {@link #MAX_SEGMENTS}; with n of them, the task needs 2^n iterations or more
     * @param watch told of the progress, and asked whether to go on
     * @throws java.util.concurrent.CancellationException where {@code watch} said no
     * @throws IllegalArgumentException for a number of segments out of its range
     */
    DelayResult evaluate(DelayTask task, int segments, DelayWatch watch);

    /**
     * Does in the calling thread what evaluation and verification of {@code task} begin with, such as the search of the
     * group, and remembers it. Nobody has to call it.
     */
    default void prepare(DelayTask task) {}

    /**
     * Whether {@code output} is {@code task}'s and {@code proof} shows it, in however many segments it comes. False for
     * everything malformed, never a throw: the length tells the number of segments, and each form must be the reduced
     * one of its class.
     */
    boolean verify(DelayTask task, Bytes output, Bytes proof);

    /** As the other, for output and proof one after the other, as {@link DelayResult#joined} has them. */
    default boolean verify(DelayTask task, Bytes joined) {
        int width = task.formBytes();
        if (joined.length() <= width) {
            return false;
        }
        byte[] bytes = joined.toArray();
        return verify(task, Bytes.of(bytes, 0, width), Bytes.of(bytes, width, bytes.length - width));
    }
}
