package org.hauptbuch.slashing.downtime;

import java.util.Optional;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;

/**
 * Which of the last {@code window} blocks one validator missed. Bit {@code height mod window} is set where it missed that
 * height, so a block that is signed as the one a window ago was changes nothing, and nothing is written. Most validators
 * miss nothing and have no record at all. Immutable.
 *
 * @param window blocks looked back on
 * @param since the first height that counts; {@link #AWAY} while the validator is not judged
 * @param missed the bits, least significant first; empty where none is set
 */
record SigningRecord(int window, long since, Bytes missed) {
    /** No height: heights begin at 1. */
    private static final long AWAY = 0;

    private static final long FIRST = 1;

    private static final int MAX_BYTES = 65_536;

    /** The record of a validator that has none: it was always there and missed nothing. */
    static SigningRecord spotless(int window) {
        return beginning(window, FIRST);
    }

    /** The record of a validator that counts from {@code height} on. */
    static SigningRecord beginning(int window, long height) {
        return new SigningRecord(window, height, Bytes.EMPTY);
    }

    /** The record of a validator that is not judged at present. */
    static SigningRecord away(int window) {
        return beginning(window, AWAY);
    }

    boolean isAway() {
        return since == AWAY;
    }

    /** With what it did at {@code height}, the next after the last that was noted. */
    SigningRecord with(long height, boolean signed) {
        int bit = (int) (height % window);
        if (bitSet(bit) == !signed) {
            return this;
        }
        byte[] bits = new byte[(window + 7) / 8];
        missed.copyTo(bits, 0);
        bits[bit / 8] ^= (byte) (1 << bit % 8);
        for (byte b : bits) {
            if (b != 0) {
                return new SigningRecord(window, since, Bytes.of(bits));
            }
        }
        return new SigningRecord(window, since, Bytes.EMPTY);
    }

    /** Whether a full window counts at {@code height}. */
    boolean isFull(long height) {
        return height - since >= window - 1;
    }

    /** The number of blocks missed in the window. */
    int misses() {
        int count = 0;
        for (int i = 0; i < missed.length(); i++) {
            count += Integer.bitCount(missed.at(i) & 0xff);
        }
        return count;
    }

    /** What to remember after {@code height}; nothing where it says no more than {@link #spotless}. */
    Optional<Bytes> encode(long height) {
        boolean spotless = missed.length() == 0 && !isAway() && (since == FIRST || isFull(height));
        if (spotless) {
            return Optional.empty();
        }
        return Optional.of(new Writer().u32(window).u64(since).bytes(missed).toBytes());
    }

    /** Reads {@link #encode}. */
    static SigningRecord decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.SLASHING_DETECTION_FAILED);
        SigningRecord read = new SigningRecord(in.u32("window"), in.u64("since"), in.bytes("missed", MAX_BYTES));
        in.end();
        return read;
    }

    private boolean bitSet(int bit) {
        return missed.length() > 0 && (missed.at(bit / 8) >>> bit % 8 & 1) == 1;
    }
}
