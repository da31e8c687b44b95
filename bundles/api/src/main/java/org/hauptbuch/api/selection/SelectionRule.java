package org.hauptbuch.api.selection;

import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.value.Hash;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides who may validate in an epoch and who proposes. */
@ConsumerType
public interface SelectionRule extends Rule {
    /**
     * The validators of the next epoch.
     *
     * @param candidates the eligible validators with their stake as power, by ascending address
     * @param maxValidators the most members, 1 or more
     * @return a part of {@code candidates}, each at most once, in any order, with unchanged key and power
     */
    List<ValidatorSet.Member> elect(List<ValidatorSet.Member> candidates, int maxValidators);

    /**
     * The schedule of an epoch: a function of its arguments alone.
     *
     * @param epoch the epoch, 0 or more
     * @param firstHeight its first block
     * @param validators who votes in it, at least one
     * @param seed its randomness
     */
    Schedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed);
}
