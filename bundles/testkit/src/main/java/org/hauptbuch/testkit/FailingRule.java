package org.hauptbuch.testkit;

import java.util.Map;
import java.util.Set;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.rules.RuleCatalogue;

/** A slashing condition with which everything is fine until it is active: from some height on, it throws. */
public final class FailingRule implements SlashingRule {
    /** Its id. */
    public static final String ID = "slashing.failing";

    private static final String FROM = "failsFrom";

    private final long failsFrom;

    private FailingRule(Parameters parameters) {
        failsFrom = parameters.whole(FROM, 1, 1, Long.MAX_VALUE);
    }

    /** Its code. */
    public static RuleCatalogue.Entry entry() {
        return Rulebook.entry(RuleKind.SLASHING, ID, FailingRule::new);
    }

    /** The rule that throws at {@code height} and after it. */
    public static RuleRef from(long height) {
        return Rulebook.ref(RuleKind.SLASHING, ID, Parameters.of(Map.of(FROM, Long.toString(height))));
    }

    @Override
    public Set<String> evidenceTypes() {
        return Set.of();
    }

    @Override
    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
        throw new UnsupportedOperationException("it has no evidence");
    }

    @Override
    public Observation observe(ChainView view, BlockFacts facts) {
        if (view.height() >= failsFrom) {
            throw new ArithmeticException("this rule fails from height " + failsFrom + " on");
        }
        return Observation.NOTHING;
    }
}
