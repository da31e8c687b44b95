package org.hauptbuch.fuzz;

import org.hauptbuch.api.value.Bytes;

/** A decoder that does what it must not. */
final class Finding extends AssertionError {
    private static final long serialVersionUID = 1;

    Finding(Decoder decoder, Bytes input, String what, Throwable cause) {
        super(decoder.name() + ": " + what + "; input " + input.hex(), cause);
        if (cause != null) {
            // the fuzzer tells findings apart by where they are, and that is not in the harness
            setStackTrace(cause.getStackTrace());
        }
    }
}
