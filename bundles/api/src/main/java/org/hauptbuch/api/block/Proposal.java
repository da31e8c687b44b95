package org.hauptbuch.api.block;

import java.util.OptionalInt;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A proposer's signed offer of a block in a round. The block itself travels beside it.
 *
 * @param height the height it is about
 * @param round the round it is made in
 * @param validRound the earlier round in which a quorum accepted this block already, if there was one
 * @param block the block offered
 * @param proposer who offers it
 * @param signature the proposer's signature over {@link #signBytes}
 */
public record Proposal(long height, int round, OptionalInt validRound, Hash block, Address proposer, Bytes signature) {
    public Proposal {
        if (validRound.isPresent() && (validRound.getAsInt() < 0 || validRound.getAsInt() >= round)) {
            throw new IllegalArgumentException(
                    "proposal.validRound: " + validRound.getAsInt() + ", must be 0 to " + (round - 1));
        }
    }

    /** What a proposal's signature signs. */
    public static Bytes signBytes(String chainId, long height, int round, OptionalInt validRound, Hash block) {
        return new Writer()
                .string("hauptbuch/proposal/1")
                .string(chainId)
                .u64(height)
                .u32(round)
                .bool(validRound.isPresent())
                .u32(validRound.orElse(0))
                .fixed(block.bytes())
                .toBytes();
    }

    /** What this proposal's signature signs on {@code chainId}. */
    public Bytes signBytes(String chainId) {
        return signBytes(chainId, height, round, validRound, block);
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u64(height)
                .u32(round)
                .bool(validRound.isPresent())
                .u32(validRound.orElse(0))
                .fixed(block.bytes());
        out.fixed(proposer.bytes()).bytes(signature);
    }

    /** Reads what {@link #write} wrote. */
    public static Proposal read(Reader in) {
        long height = in.u64("proposal.height");
        int round = in.u32("proposal.round");
        boolean valid = in.bool("proposal.hasValidRound");
        int validRound = in.u32("proposal.validRound");
        if (valid ? validRound >= round : validRound != 0) {
            throw in.refuse("proposal.validRound", validRound, valid ? "less than round " + round : "0 where absent");
        }
        return new Proposal(
                height,
                round,
                valid ? OptionalInt.of(validRound) : OptionalInt.empty(),
                in.hash("proposal.block"),
                in.address("proposal.proposer"),
                in.signature("proposal.signature"));
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer();
        write(out);
        return out.toBytes();
    }

    /** Reads {@link #encode()}. */
    public static Proposal decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.INVALID_BLOCK);
        Proposal proposal = read(in);
        in.end();
        return proposal;
    }
}
