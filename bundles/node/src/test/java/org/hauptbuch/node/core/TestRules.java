package org.hauptbuch.node.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.simplex.SimplexFinalityFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.hauptbuch.reward.proportional.ProportionalRewardFactory;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.hauptbuch.selection.vrf.VrfSelectionFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.slashing.equivocation.EquivocationSlashingFactory;
import org.hauptbuch.slashing.invalidproposal.InvalidProposalSlashingFactory;
import org.hauptbuch.staking.bonded.BondedStakingFactory;

/** The real rules, without a container. */
public final class TestRules {
    public static final String VERSION = "0.1.0";

    private TestRules() {}

    public static RuleCatalogue.Entry entry(RuleKind kind, String id, RuleFactory factory) {
        return new RuleCatalogue.Entry(kind, id, VERSION, digest(id), id + ".jar", factory);
    }

    public static Hash digest(String id) {
        return Hash.sha256(Bytes.of(id.getBytes(StandardCharsets.UTF_8)));
    }

    public static RuleRef ref(RuleCatalogue.Entry entry) {
        return new RuleRef(entry.kind(), entry.id(), entry.version(), entry.digest(), Parameters.NONE);
    }

    /** One entry for each rule of the default set. */
    public static List<RuleCatalogue.Entry> defaults() {
        List<RuleCatalogue.Entry> entries = new ArrayList<>();
        entries.add(entry(RuleKind.SELECTION, "selection.weighted", new WeightedSelectionFactory()));
        entries.add(entry(RuleKind.STAKING, "staking.bonded", new BondedStakingFactory()));
        entries.add(entry(RuleKind.DELEGATION, "delegation.pooled", new PooledDelegationFactory()));
        entries.add(entry(RuleKind.REWARD, "reward.proportional", new ProportionalRewardFactory()));
        entries.add(entry(RuleKind.SLASHING, "slashing.equivocation", new EquivocationSlashingFactory()));
        entries.add(entry(RuleKind.SLASHING, "slashing.downtime", new DowntimeSlashingFactory()));
        entries.add(entry(RuleKind.SLASHING, "slashing.invalidproposal", new InvalidProposalSlashingFactory()));
        entries.add(entry(RuleKind.PENALTY, "penalty.fixed", new FixedPenaltyFactory()));
        entries.add(entry(RuleKind.FINALITY, "finality.tendermint", new TendermintFinalityFactory()));
        return entries;
    }

    public static RuleCatalogue.Entry roundRobin() {
        return entry(RuleKind.SELECTION, "selection.roundrobin", new RoundRobinSelectionFactory());
    }

    /** Proposers drawn in private. */
    public static RuleCatalogue.Entry drawn() {
        return entry(RuleKind.SELECTION, "selection.vrf", new VrfSelectionFactory());
    }

    /** A jar is the id of its rule. */
    static Bytes jar(RuleCatalogue.Entry entry) {
        return Bytes.of(entry.id().getBytes(StandardCharsets.UTF_8));
    }

    static RuleCatalogue.Entry ofJar(Bytes jar) {
        String id = new String(jar.toArray(), StandardCharsets.UTF_8);
        if (!id.equals("selection.roundrobin")) {
            throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "no rule in this jar");
        }
        return roundRobin();
    }

    public static RuleCatalogue.Entry simplex() {
        return entry(RuleKind.FINALITY, "finality.simplex", new SimplexFinalityFactory());
    }

    public static RuleSet defaultSet() {
        return new RuleSet(defaults().stream().map(TestRules::ref).toList());
    }

    public static RuleCatalogue catalogue() {
        RuleCatalogue catalogue = new RuleCatalogue();
        defaults().forEach(catalogue::add);
        return catalogue;
    }
}
