package org.hauptbuch.selection.weighted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;

/**
 * Elects the candidates with the most stake, the smaller address first among equals, and draws the proposer of every
 * height and round with a probability that is its share of the stake, independently of every other draw.
 */
final class WeightedSelection implements SelectionRule {
    private static final Comparator<Member> BEST_FIRST =
            Comparator.comparingLong(Member::power).reversed().thenComparing(Member::address);

    @Override
    public List<Member> elect(List<Member> candidates, int maxValidators) {
        if (maxValidators < 1) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "maxValidators", maxValidators, "1 or more");
        }
        // the best so far with the worst of them on top: one pass, whatever the number of candidates
        PriorityQueue<Member> best = new PriorityQueue<>(BEST_FIRST.reversed());
        for (Member candidate : candidates) {
            if (best.size() < maxValidators) {
                best.add(candidate);
            } else if (BEST_FIRST.compare(candidate, best.element()) < 0) {
                best.remove();
                best.add(candidate);
            }
        }
        List<Member> elected = new ArrayList<>(best);
        elected.sort(BEST_FIRST);
        return List.copyOf(elected);
    }

    @Override
    public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
        if (validators.size() == 0) {
            throw PoSException.outOfRange(PoSError.VALIDATOR_SELECTION_FAILED, "validators", 0, "1 or more");
        }
        return new WeightedSchedule(epoch, firstHeight, GuideTable.of(validators.members()), seed);
    }
}
