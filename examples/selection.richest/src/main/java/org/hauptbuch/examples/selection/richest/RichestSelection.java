package org.hauptbuch.examples.selection.richest;

import java.util.Comparator;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;

/**
 * The richest propose first: the one with the most stake at an epoch's first height, then the next, and so on in turns;
 * a failed round moves on to the next as well. Easy to follow with one's eyes, and a bad idea on a real network:
 * everybody knows in advance whom to attack, and small validators propose as often as large ones in long epochs.
 */
final class RichestSelection implements SelectionRule {
    /** By stake, and the smaller address among equals: every node must come to the same order. */
    private static final Comparator<Member> RICHEST_FIRST =
            Comparator.comparingLong(Member::power).reversed().thenComparing(Member::address);

    @Override
    public List<Member> elect(List<Member> candidates, int maxValidators) {
        return candidates.stream().sorted(RICHEST_FIRST).limit(maxValidators).toList();
    }

    /** A rule keeps no state; what an epoch needs again and again is prepared once, in an immutable schedule. */
    @Override
    public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
        List<Member> turns = validators.members().stream().sorted(RICHEST_FIRST).toList();
        return (height, round) -> {
            long turn = Math.addExact(Math.subtractExact(height, firstHeight), round);
            return turns.get(Math.floorMod(turn, turns.size())).address();
        };
    }
}
