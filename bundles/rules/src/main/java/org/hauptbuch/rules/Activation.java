package org.hauptbuch.rules;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.staking.StakingRule;

/** Creates the rules of one set, each of the interface that belongs to its kind. */
final class Activation {
    private final RuleCatalogue catalogue;

    Activation(RuleCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    Generation of(RuleSet set) {
        SortedMap<String, SlashingRule> slashing = new TreeMap<>();
        for (RuleRef ref : set.all(RuleKind.SLASHING)) {
            slashing.put(ref.id(), create(ref, SlashingRule.class));
        }
        return new Generation(
                set,
                create(set.only(RuleKind.SELECTION), SelectionRule.class),
                create(set.only(RuleKind.STAKING), StakingRule.class),
                create(set.only(RuleKind.DELEGATION), DelegationRule.class),
                create(set.only(RuleKind.REWARD), RewardRule.class),
                slashing,
                create(set.only(RuleKind.PENALTY), PenaltyRule.class),
                create(set.only(RuleKind.FINALITY), FinalityRule.class));
    }

    void check(RuleRef ref) {
        create(ref, typeOf(ref.kind()));
    }

    private static Class<? extends Rule> typeOf(RuleKind kind) {
        return switch (kind) {
            case SELECTION -> SelectionRule.class;
            case STAKING -> StakingRule.class;
            case DELEGATION -> DelegationRule.class;
            case REWARD -> RewardRule.class;
            case SLASHING -> SlashingRule.class;
            case PENALTY -> PenaltyRule.class;
            case FINALITY -> FinalityRule.class;
        };
    }

    private <R extends Rule> R create(RuleRef ref, Class<R> type) {
        RuleFactory factory = catalogue
                .find(ref)
                .orElseThrow(() -> refuse(ref, "has just gone away", null))
                .factory();
        Rule rule;
        try {
            rule = factory.create(ref.parameters());
        } catch (RuntimeException | LinkageError e) {
            // foreign code: whatever it throws, this node does not go on with a part of a rule set
            throw refuse(ref, "cannot be created with parameters " + ref.parameters() + ": " + why(e), e);
        }
        if (!type.isInstance(rule)) {
            String made = rule == null ? "nothing" : "a " + rule.getClass().getName();
            throw refuse(ref, "makes " + made + ", must make a " + type.getName(), null);
        }
        return type.cast(rule);
    }

    private static String why(Throwable failure) {
        return failure instanceof PoSException ? failure.getMessage() : failure.toString();
    }

    private static PoSException refuse(RuleRef ref, String detail, Throwable cause) {
        return new PoSException(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule " + RuleCatalogue.inFull(ref) + " " + detail, cause);
    }
}
