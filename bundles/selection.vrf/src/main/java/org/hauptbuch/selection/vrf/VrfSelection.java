package org.hauptbuch.selection.vrf;

import java.util.Comparator;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;

/**
 * Elects the candidates with the most stake, the smaller address first among equals, and lets every validator draw for
 * itself who proposes: nobody knows a proposer before it speaks, and so nobody can bribe or silence it in time.
 */
final class VrfSelection implements SelectionRule {
    private static final Comparator<Member> BEST_FIRST =
            Comparator.comparingLong(Member::power).reversed().thenComparing(Member::address);

    private final int candidates;

    /** @param candidates how many may propose in a round at most, on average: τ of {@link VrfSchedule} */
    VrfSelection(int candidates) {
        this.candidates = candidates;
    }

    @Override
    public List<Member> elect(List<Member> standing, int maxValidators) {
        if (maxValidators < 1) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "maxValidators", maxValidators, "1 or more");
        }
        return standing.stream().sorted(BEST_FIRST).limit(maxValidators).toList();
    }

    @Override
    public PrivateSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
        if (validators.size() == 0) {
            throw PoSException.outOfRange(PoSError.VALIDATOR_SELECTION_FAILED, "validators", 0, "1 or more");
        }
        // the seed is in what the validators prove: it decides through their outputs
        return new VrfSchedule(firstHeight, validators, candidates);
    }
}
