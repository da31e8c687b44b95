package org.hauptbuch.node.signing;

import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * Where a message stands among all that a validator may sign, as one number that grows with height, round and phase: the
 * height times 2<sup>25</sup>, the round times 2<sup>3</sup>, and a code. The numbers of EIP-3076 are made of these.
 */
final class Position {
    /** A proposal; a vote has its phase's ordinal and one. */
    private static final int PROPOSAL = 0;

    /** A vote to go back, which ends the first rounds; also the end of a height. */
    private static final int LAST = 7;

    private static final int CODE_BITS = 3;
    private static final int ROUND_BITS = 22;
    private static final int MAX_ROUND = (1 << ROUND_BITS) - 1;
    private static final long MAX_HEIGHT = Long.MAX_VALUE >> CODE_BITS + ROUND_BITS;

    private Position() {}

    static long ofProposal(long height, int round) {
        return of(height, round, PROPOSAL);
    }

    static long ofVote(long height, int round, VotePhase phase) {
        return of(height, round, phase.ordinal() + 1);
    }

    static long ofRollbackVote(long height) {
        return of(height, RollbackCertificate.FIRST_ROUND - 1, LAST);
    }

    /** Before everything that is signed at a height. */
    static long begin(long height) {
        return of(height, 0, PROPOSAL);
    }

    /** After everything that is signed at a height. */
    static long end(long height) {
        return of(height, MAX_ROUND, LAST);
    }

    /** Whether a round has a number of its own: later ones share the last. */
    static boolean isExact(int round) {
        return round < MAX_ROUND;
    }

    /** The height of what stands there. */
    static long height(long position) {
        return position >> CODE_BITS + ROUND_BITS;
    }

    private static long of(long height, int round, int code) {
        if (height < 0 || height > MAX_HEIGHT) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED, "height of a signing record", height, "0 to " + MAX_HEIGHT);
        }
        return (height << ROUND_BITS | Math.min(round, MAX_ROUND)) << CODE_BITS | code;
    }
}
