package org.hauptbuch.api.block;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * One validator's signed vote.
 *
 * @param phase what it means
 * @param height the height it is about
 * @param round the round it is cast in
 * @param block the block voted for; {@link Hash#ZERO} is a vote for none (nil)
 * @param validator who votes
 * @param signature the validator's signature over {@link #signBytes}
 */
public record Vote(VotePhase phase, long height, int round, Hash block, Address validator, Bytes signature) {
    /** Whether it is a vote for no block. */
    public boolean isNil() {
        return block.isZero();
    }

    /**
     * What every voter for the same thing signs: the same bytes for all, so that a certificate is verified as one
     * batch.
     */
    public static Bytes signBytes(String chainId, VotePhase phase, long height, int round, Hash block) {
        return new Writer()
                .string("hauptbuch/vote/1")
                .string(chainId)
                .u8(phase.ordinal())
                .u64(height)
                .u32(round)
                .fixed(block.bytes())
                .toBytes();
    }

    /** What this vote's signature signs on {@code chainId}. */
    public Bytes signBytes(String chainId) {
        return signBytes(chainId, phase, height, round, block);
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u8(phase.ordinal()).u64(height).u32(round).fixed(block.bytes());
        out.fixed(validator.bytes()).bytes(signature);
    }

    /** Reads what {@link #write} wrote. */
    public static Vote read(Reader in) {
        return new Vote(
                readPhase(in),
                in.u64("vote.height"),
                in.u32("vote.round"),
                in.hash("vote.block"),
                in.address("vote.validator"),
                in.signature("vote.signature"));
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer();
        write(out);
        return out.toBytes();
    }

    /** Reads {@link #encode()}. */
    public static Vote decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.BLOCK_FINALIZATION_FAILED);
        Vote vote = read(in);
        in.end();
        return vote;
    }

    static VotePhase readPhase(Reader in) {
        int phase = in.u8("phase");
        if (phase >= VotePhase.values().length) {
            throw in.refuse("phase", phase, "0 to " + (VotePhase.values().length - 1));
        }
        return VotePhase.values()[phase];
    }
}
