package org.hauptbuch.api.generation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.staking.StakingRule;

/**
 * The rules of one rule set, created with its parameters. Whoever drops the last reference to a generation lets its
 * class loaders go.
 *
 * @param set what these rules are
 * @param selection who validates and proposes
 * @param staking how own stake comes and goes
 * @param delegation how others' stake comes and goes
 * @param reward who earns what
 * @param slashing what is an offence, by rule id
 * @param penalty what an offence costs
 * @param finality when a block is final
 */
public record Generation(
        RuleSet set,
        SelectionRule selection,
        StakingRule staking,
        DelegationRule delegation,
        RewardRule reward,
        SortedMap<String, SlashingRule> slashing,
        PenaltyRule penalty,
        FinalityRule finality) {
    public Generation {
        slashing = Collections.unmodifiableSortedMap(new TreeMap<>(slashing));
    }
}
