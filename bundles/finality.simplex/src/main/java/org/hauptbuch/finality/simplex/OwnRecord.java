package org.hauptbuch.finality.simplex;

import java.util.SortedSet;
import java.util.TreeSet;
import org.hauptbuch.api.block.VotePhase;

/** Where this validator has signed at this height, in this life or an earlier one: it signs there once. */
final class OwnRecord {
    private final SortedSet<Integer> proposals = new TreeSet<>();
    private final SortedSet<Integer> notarized = new TreeSet<>();
    private final SortedSet<Integer> finalized = new TreeSet<>();

    boolean hasProposed(int round) {
        return proposals.contains(round);
    }

    boolean hasVoted(VotePhase phase, int round) {
        return votes(phase).contains(round);
    }

    /** Notes a proposal; returns whether it is the first of its round. */
    boolean propose(int round) {
        return proposals.add(round);
    }

    /** Notes a vote; returns whether it is the first of its round and phase. */
    boolean vote(VotePhase phase, int round) {
        return votes(phase).add(round);
    }

    private SortedSet<Integer> votes(VotePhase phase) {
        return phase == VotePhase.NOTARIZE ? notarized : finalized;
    }
}
