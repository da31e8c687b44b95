package org.hauptbuch.rules;

import java.util.List;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.simplex.SimplexFinalityFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.penalty.correlated.CorrelatedPenaltyFactory;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.hauptbuch.selection.vrf.VrfSelectionFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;

/** The rules of the distribution. */
public final class OwnRules {
    /** What a new chain begins with. */
    public static final List<RuleFactory> FIRST = List.of(
            new WeightedSelectionFactory(),
            new BondedStakingFactory(),
            new PooledDelegationFactory(),
            new ProportionalRewardFactory(),
            new EquivocationSlashingFactory(),
            new DowntimeSlashingFactory(),
            new InvalidProposalSlashingFactory(),
            new FixedPenaltyFactory(),
            new TendermintFinalityFactory());

    /** With the other selection, penalty and protocol, and without slashing conditions. */
    static final List<RuleFactory> OTHER = List.of(
            new RoundRobinSelectionFactory(),
            new BondedStakingFactory(),
            new PooledDelegationFactory(),
            new ProportionalRewardFactory(),
            new CorrelatedPenaltyFactory(),
            new SimplexFinalityFactory());

    /** With proposers that are drawn in private. */
    static final List<RuleFactory> DRAWN = List.of(
            new VrfSelectionFactory(),
            new BondedStakingFactory(),
            new PooledDelegationFactory(),
            new ProportionalRewardFactory(),
            new CorrelatedPenaltyFactory(),
            new SimplexFinalityFactory());

    private OwnRules() {}

    /** The entry of a factory, named as the annotation of its class says, which is not there at run time. */
    public static RuleCatalogue.Entry entry(RuleFactory factory) {
        String id = factory.getClass().getPackageName().substring("org.hauptbuch.".length());
        String kind = id.substring(0, id.indexOf('.'));
        return TestRules.entry(RuleKind.ofText(kind).orElseThrow(), id, "0.1.0", factory);
    }
}
