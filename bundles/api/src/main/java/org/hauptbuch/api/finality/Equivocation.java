package org.hauptbuch.api.finality;

import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;

/** Evidence of two signatures that contradict each other, in the form in which every protocol reports them. */
public final class Equivocation {
    /** The type of evidence whose payload is two votes. */
    public static final String VOTES = "equivocation.votes";

    /** The type of evidence whose payload is two proposals. */
    public static final String PROPOSALS = "equivocation.proposals";

    private static final int MAX_MESSAGE = 16_384;

    private Equivocation() {}

    /**
     * Two things that one validator signed.
     *
     * @param first the one with the smaller encoding
     * @param second the other
     */
    public record Pair<T>(T first, T second) {}

    /** Evidence of two votes of one validator; the same whichever is named first. */
    public static Evidence of(Vote a, Vote b) {
        return new Evidence(VOTES, a.validator(), a.height(), pair(a.encode(), b.encode()));
    }

    /** Evidence of two proposals of one validator; the same whichever is named first. */
    public static Evidence of(Proposal a, Proposal b) {
        return new Evidence(PROPOSALS, a.proposer(), a.height(), pair(a.encode(), b.encode()));
    }

    /** The votes in evidence of type {@link #VOTES}. */
    public static Pair<Vote> votes(Evidence evidence) {
        Pair<Bytes> pair = split(evidence);
        return new Pair<>(Vote.decode(pair.first), Vote.decode(pair.second));
    }

    /** The proposals in evidence of type {@link #PROPOSALS}. */
    public static Pair<Proposal> proposals(Evidence evidence) {
        Pair<Bytes> pair = split(evidence);
        return new Pair<>(Proposal.decode(pair.first), Proposal.decode(pair.second));
    }

    private static Bytes pair(Bytes a, Bytes b) {
        boolean ordered = a.compareTo(b) <= 0;
        return new Writer().bytes(ordered ? a : b).bytes(ordered ? b : a).toBytes();
    }

    private static Pair<Bytes> split(Evidence evidence) {
        Reader in = new Reader(evidence.payload(), PoSError.SLASHING_DETECTION_FAILED);
        Bytes first = in.bytes("first", MAX_MESSAGE);
        Bytes second = in.bytes("second", MAX_MESSAGE);
        in.end();
        if (first.compareTo(second) >= 0) {
            throw in.refuse("evidence", "two messages out of order or equal", "two different ones, smaller first");
        }
        return new Pair<>(first, second);
    }
}
