package org.hauptbuch.selection.roundrobin;

import java.util.Comparator;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;

/**
 * Elects the candidates with the most stake, the smaller address first among equals, and lets them take turns by the
 * proposer priority of CometBFT ({@code spec/consensus/proposer-selection.md}). Height {@code firstHeight + i} in round
 * r is step i + r of one sequence: a failed round moves on to whom the next height would have begun with.
 *
 * <p>An epoch begins where its seed says, see {@link ProposerPriority#shuffle}; with a seed of zero it begins with
 * priorities of zero, as CometBFT does.
 */
final class RoundRobinSelection implements SelectionRule {
    private static final Comparator<Member> BEST_FIRST =
            Comparator.comparingLong(Member::power).reversed().thenComparing(Member::address);

    @Override
    public List<Member> elect(List<Member> candidates, int maxValidators) {
        if (maxValidators < 1) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "maxValidators", maxValidators, "1 or more");
        }
        return candidates.stream().sorted(BEST_FIRST).limit(maxValidators).toList();
    }

    @Override
    public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
        if (validators.size() == 0 || validators.size() > RoundRobinSchedule.MAX_VALIDATORS) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED,
                    "validators",
                    validators.size(),
                    "1 to " + RoundRobinSchedule.MAX_VALIDATORS);
        }
        ProposerPriority priority = new ProposerPriority(validators.members());
        if (!seed.isZero()) {
            priority.shuffle(epoch, seed);
        }
        return new RoundRobinSchedule(firstHeight, validators.members(), priority);
    }
}
