package org.hauptbuch.testkit;

import java.util.Optional;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * What a consensus signature says, read from the bytes that are signed.
 *
 * @param slot where a validator may say one thing only: kind, height, round
 * @param content what it says there
 * @param height the height that it is about
 * @param force what it binds its signer to
 */
record Statement(String slot, String content, long height, Force force) {
    /** What a statement of one height means for the others of that height. */
    enum Force {
        /** Of a round before any rollback; makes nothing final. */
        FIRST,
        /** Of a round before any rollback; could make a block final. */
        DECIDES,
        /** A vote to go back: nothing of the rounds before is signed after it, and nothing that decides was. */
        GOES_BACK,
        /** Of a round after a rollback. */
        AFTER;

        private static Force of(int round, boolean decides) {
            return round >= RollbackCertificate.FIRST_ROUND ? AFTER : decides ? DECIDES : FIRST;
        }
    }

    /** The statement that {@code signed} is; empty where it is neither a vote nor a proposal. */
    static Optional<Statement> of(Bytes signed) {
        Reader in = new Reader(signed, PoSError.SECURITY_VALIDATION_FAILED);
        try {
            String domain = in.string("domain", 64);
            in.string("chainId", 64);
            return switch (domain) {
                case "hauptbuch/vote/1" -> Optional.of(vote(in));
                case "hauptbuch/proposal/1" -> Optional.of(proposal(in));
                case "hauptbuch/rollback/1" -> Optional.of(rollback(in));
                default -> Optional.empty();
            };
        } catch (PoSException otherDomain) {
            return Optional.empty();
        }
    }

    private static Statement vote(Reader in) {
        int phase = in.u8("phase");
        long height = in.u64("height");
        int round = in.u32("round");
        Hash block = in.hash("block");
        boolean decides = VotePhase.values()[phase].decides() && !block.isZero();
        String slot = "vote of phase " + phase + " at " + height + "/" + round;
        return new Statement(slot, block.toString(), height, Force.of(round, decides));
    }

    private static Statement proposal(Reader in) {
        long height = in.u64("height");
        int round = in.u32("round");
        String validRound = in.bool("hasValidRound") + " " + in.u32("validRound");
        String content = in.hash("block") + " valid round " + validRound;
        return new Statement("proposal at " + height + "/" + round, content, height, Force.of(round, false));
    }

    private static Statement rollback(Reader in) {
        long height = in.u64("height");
        String content = in.hash("from") + " to " + in.hash("to");
        return new Statement("vote to go back at " + height, content, height, Force.GOES_BACK);
    }
}
