package org.hauptbuch.selection.roundrobin;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;

/**
 * The sequence of proposers of one epoch, a function of what it was made from. There is no formula for a step far out,
 * so steps are taken in order and remembered: the first question about a step costs as many steps as were not taken yet
 * (one step takes about a nanosecond for each validator), every other question costs a look into an array. Two bytes for
 * each step: 2 MB for the longest epoch of 1,000,000 blocks. Which questions came before never changes an answer.
 * Thread-safe.
 */
final class RoundRobinSchedule implements PublicSchedule {
    /** A place among the members is remembered in two bytes. */
    static final int MAX_VALIDATORS = 1 << Character.SIZE;

    /**
     * After so many rounds the proposers of a height come again. Timeouts grow, so no chain gets there; but a round is
     * also what a stranger says it is, and a claim must not cost two thousand million steps.
     */
    static final int ROUNDS = 1024;

    /** The longest epoch that a chain may have, see PoSConsensusConfig. */
    static final int MAX_EPOCH = 1_000_000;

    private static final int CHUNK = 4096;

    private final long firstHeight;
    private final List<Member> members;
    private final ProposerPriority priority;
    private final List<char[]> chunks = new ArrayList<>();
    private int taken;

    RoundRobinSchedule(long firstHeight, List<Member> members, ProposerPriority priority) {
        this.firstHeight = firstHeight;
        this.members = members;
        this.priority = priority;
    }

    @Override
    public Address proposer(long height, int round) {
        long last = Math.addExact(firstHeight, MAX_EPOCH - 1);
        if (height < firstHeight || height > last) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "height", height, firstHeight + " to " + last);
        }
        if (round < 0) {
            throw PoSException.outOfRange(PoSError.VALIDATOR_SELECTION_FAILED, "round", round, "0 or more");
        }
        return members.get(place((int) (height - firstHeight) + round % ROUNDS)).address();
    }

    private synchronized int place(int step) {
        while (taken <= step) {
            if (taken % CHUNK == 0) {
                chunks.add(new char[CHUNK]);
            }
            chunks.get(taken / CHUNK)[taken % CHUNK] = (char) priority.step();
            taken++;
        }
        return chunks.get(step / CHUNK)[step % CHUNK];
    }
}
