package org.hauptbuch.rules;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.value.Hash;

/** Rules that are only there: nobody calls them. */
public final class TestRules {
    private TestRules() {}

    static Class<? extends Rule> typeOf(RuleKind kind) {
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

    /** A rule of this kind that does nothing. */
    public static Rule rule(RuleKind kind) {
        return (Rule) Proxy.newProxyInstance(
                TestRules.class.getClassLoader(), new Class<?>[] {typeOf(kind)}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** The digest of the jar that {@code text} stands for. */
    public static Hash digest(String text) {
        return Hash.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static RuleCatalogue.Entry entry(RuleKind kind, String id, String version, RuleFactory factory) {
        return new RuleCatalogue.Entry(kind, id, version, digest(id + version), "mvn:" + id, factory);
    }

    static RuleCatalogue.Entry entry(RuleKind kind, String id, String version) {
        return entry(kind, id, version, parameters -> rule(kind));
    }

    public static RuleRef ref(RuleCatalogue.Entry e) {
        return new RuleRef(e.kind(), e.id(), e.version(), e.digest(), Parameters.NONE);
    }

    /** One rule of every kind, version 0.1.0. */
    static List<RuleCatalogue.Entry> oneOfEach() {
        List<RuleCatalogue.Entry> entries = new ArrayList<>();
        for (RuleKind kind : RuleKind.values()) {
            entries.add(entry(kind, kind.text() + ".test", "0.1.0"));
        }
        return entries;
    }

    public static RuleSet setOf(List<RuleCatalogue.Entry> entries) {
        return new RuleSet(entries.stream().map(TestRules::ref).toList());
    }
}
