package org.hauptbuch.api.reward;

import java.math.BigInteger;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Bytes;

/**
 * What one share of a pool has earned since the pool began, as a fixed-point number.
 *
 * @param perShare units, times 2<sup>64</sup>; 0 to 2<sup>192</sup>-1
 */
public record Accumulator(BigInteger perShare) {
    /** The number of binary digits behind the point. */
    public static final int SCALE_BITS = 64;

    /** The length of the encoding in bytes. */
    public static final int LENGTH = 24;

    /** Nothing earned. */
    public static final Accumulator ZERO = new Accumulator(BigInteger.ZERO);

    public Accumulator {
        if (perShare.signum() < 0 || perShare.bitLength() > LENGTH * 8) {
            throw new IllegalArgumentException("accumulator: " + perShare + ", must be 0 to 2^192-1");
        }
    }

    /** Writes {@link #LENGTH} bytes, big-endian. */
    public void write(Writer out) {
        byte[] magnitude = perShare.toByteArray();
        byte[] fixed = new byte[LENGTH];
        int length = Math.min(magnitude.length, LENGTH);
        System.arraycopy(magnitude, magnitude.length - length, fixed, LENGTH - length, length);
        out.fixed(Bytes.of(fixed));
    }

    /** Reads what {@link #write} wrote. */
    public static Accumulator read(Reader in) {
        return new Accumulator(new BigInteger(1, in.fixed("accumulator", LENGTH).toArray()));
    }
}
