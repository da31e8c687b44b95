package org.hauptbuch.selection.weighted;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * Draws the ticket of a height and round from SHA-256(seed ‖ epoch ‖ height ‖ round), integers big-endian in 8, 8 and 4
 * bytes.
 *
 * <p>The digest is read as four 64-bit words x. With n tickets, the ticket is the upper word of the 128-bit product x·n
 * unless the lower word is less than 2^64 mod n; then the next word is tried, and after the fourth the digest of the
 * digest. Every ticket is left with exactly floor(2^64 / n) words: no bias at all, given uniform words. Source: D.
 * Lemire: Fast Random Integer Generation in an Interval, ACM Transactions on Modeling and Computer Simulation 29 (2019).
 * A word is refused with probability below n / 2^64, which is at most one half and for any real stake next to nothing.
 */
final class WeightedSchedule implements PublicSchedule {
    private static final int WORDS = Hash.LENGTH / Long.BYTES;

    private final long firstHeight;
    private final GuideTable table;
    private final byte[] prefix;
    private final long refusedBelow;

    WeightedSchedule(long epoch, long firstHeight, GuideTable table, Hash seed) {
        this.firstHeight = firstHeight;
        this.table = table;
        this.prefix = new Writer(64).fixed(seed.bytes()).u64(epoch).toArray();
        // 2^64 mod n, as (2^64 - n) mod n in unsigned arithmetic
        this.refusedBelow = Long.remainderUnsigned(-table.tickets(), table.tickets());
    }

    @Override
    public Address proposer(long height, int round) {
        if (height < firstHeight) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "height", height, "at least " + firstHeight);
        }
        if (round < 0) {
            throw PoSException.outOfRange(PoSError.VALIDATOR_SELECTION_FAILED, "round", round, "0 or more");
        }
        byte[] input = Arrays.copyOf(prefix, prefix.length + Long.BYTES + Integer.BYTES);
        ByteBuffer.wrap(input, prefix.length, Long.BYTES + Integer.BYTES)
                .putLong(height)
                .putInt(round);
        return table.owner(ticket(input, table.tickets(), refusedBelow));
    }

    /** The ticket that {@code input} draws among {@code tickets}. */
    static long ticket(byte[] input, long tickets, long refusedBelow) {
        byte[] digest = Hash.newDigest().digest(input);
        while (true) {
            for (int i = 0; i < WORDS; i++) {
                long word = word(digest, i * Long.BYTES);
                if (Long.compareUnsigned(word * tickets, refusedBelow) >= 0) {
                    return upperWord(word, tickets);
                }
            }
            digest = Hash.newDigest().digest(digest);
        }
    }

    /** The upper 64 bits of the product of an unsigned word and a positive number. */
    static long upperWord(long word, long positive) {
        // multiplyHigh takes the word as signed: where its top bit is set, that is 2^64 too little
        return Math.multiplyHigh(word, positive) + (word >> 63 & positive);
    }

    private static long word(byte[] bytes, int from) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | bytes[from + i] & 0xff;
        }
        return word;
    }
}
