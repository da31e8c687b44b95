package org.hauptbuch.api.vdf;

import org.hauptbuch.api.value.Bytes;

/**
 * What a delay function computed.
 *
 * @param output a form, 1 to {@link #MAX_OUTPUT_BYTES} bytes
 * @param proof in one or several segments, 1 to {@link #MAX_PROOF_BYTES} bytes
 */
public record DelayResult(Bytes output, Bytes proof) {
    /** The most bytes of an output. */
    public static final int MAX_OUTPUT_BYTES = DelayTask.formBytes(DelayTask.MAX_BITS);

    /** The most bytes of a proof. */
    public static final int MAX_PROOF_BYTES = (2 * DelayFunction.MAX_SEGMENTS - 1) * MAX_OUTPUT_BYTES;

    public DelayResult {
        check("output", output, MAX_OUTPUT_BYTES);
        check("proof", proof, MAX_PROOF_BYTES);
    }

    /** Output and proof, one after the other. */
    public Bytes joined() {
        byte[] joined = new byte[output.length() + proof.length()];
        output.copyTo(joined, 0);
        proof.copyTo(joined, output.length());
        return Bytes.of(joined);
    }

    private static void check(String field, Bytes value, int most) {
        if (value.length() < 1 || value.length() > most) {
            throw new IllegalArgumentException(field + ": " + value.length() + " bytes, must be 1 to " + most);
        }
    }
}
