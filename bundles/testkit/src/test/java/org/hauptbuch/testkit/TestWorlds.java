package org.hauptbuch.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.delegation.pooled.PooledDelegationFactory;
import org.hauptbuch.finality.simplex.SimplexFinalityFactory;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
import org.hauptbuch.penalty.correlated.CorrelatedPenaltyFactory;
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
import org.hauptbuch.store.memory.MemoryStoreFactory;

/** The real rules and chains of them. */
final class TestWorlds {
    static final long BLOCK_TIME = 1_000;
    static final long EPOCH = 3;

    static final RuleRef DRAWN = Rulebook.ref(RuleKind.SELECTION, "selection.vrf", Parameters.NONE);
    static final RuleRef ROUND_ROBIN = Rulebook.ref(RuleKind.SELECTION, "selection.roundrobin", Parameters.NONE);

    private TestWorlds() {}

    static Rulebook rules() {
        List<RuleCatalogue.Entry> entries = List.of(
                Rulebook.entry(RuleKind.SELECTION, "selection.weighted", new WeightedSelectionFactory()),
                Rulebook.entry(RuleKind.STAKING, "staking.bonded", new BondedStakingFactory()),
                Rulebook.entry(RuleKind.DELEGATION, "delegation.pooled", new PooledDelegationFactory()),
                Rulebook.entry(RuleKind.REWARD, "reward.proportional", new ProportionalRewardFactory()),
                Rulebook.entry(RuleKind.SLASHING, "slashing.equivocation", new EquivocationSlashingFactory()),
                Rulebook.entry(RuleKind.SLASHING, "slashing.downtime", new DowntimeSlashingFactory()),
                Rulebook.entry(RuleKind.SLASHING, "slashing.invalidproposal", new InvalidProposalSlashingFactory()),
                Rulebook.entry(RuleKind.PENALTY, "penalty.fixed", new FixedPenaltyFactory()),
                Rulebook.entry(RuleKind.FINALITY, "finality.tendermint", new TendermintFinalityFactory()));
        // short enough that a run of some thirty blocks sees a validator jailed and back
        Map<String, Parameters> configured = Map.of(
                "slashing.downtime", Parameters.of(Map.of("window", "5", "minSigned", "50%")),
                "penalty.fixed", Parameters.of(Map.of("jailEpochs", "1")));
        RuleSet initial = new RuleSet(entries.stream()
                .map(entry ->
                        Rulebook.ref(entry.kind(), entry.id(), configured.getOrDefault(entry.id(), Parameters.NONE)))
                .toList());
        List<RuleCatalogue.Entry> all = new ArrayList<>(entries);
        all.add(Rulebook.entry(RuleKind.SELECTION, "selection.roundrobin", new RoundRobinSelectionFactory()));
        all.add(Rulebook.entry(RuleKind.PENALTY, "penalty.correlated", new CorrelatedPenaltyFactory()));
        all.add(Rulebook.entry(RuleKind.FINALITY, "finality.simplex", new SimplexFinalityFactory()));
        all.add(FailingRule.entry());
        List<RuleRef> alternatives = new ArrayList<>(initial.rules());
        alternatives.add(ROUND_ROBIN);
        alternatives.add(Rulebook.ref(RuleKind.PENALTY, "penalty.correlated", Parameters.NONE));
        alternatives.add(Rulebook.ref(
                RuleKind.FINALITY, "finality.tendermint", Parameters.of(Map.of("propose", "60%", "growth", "50%"))));
        alternatives.add(Rulebook.ref(RuleKind.FINALITY, "finality.simplex", Parameters.NONE));
        return new Rulebook(all, initial, alternatives);
    }

    /** The same, where proposers are drawn in private from the beginning, and may become known and be drawn again. */
    static Rulebook drawing() {
        Rulebook usual = rules();
        List<RuleCatalogue.Entry> entries = new ArrayList<>(usual.entries());
        entries.add(Rulebook.entry(RuleKind.SELECTION, "selection.vrf", new VrfSelectionFactory()));
        List<RuleRef> alternatives = new ArrayList<>(usual.alternatives());
        alternatives.add(DRAWN);
        // as often as all others together, so that it does not go for good
        alternatives.addAll(Collections.nCopies(alternatives.size() / 2, DRAWN));
        return new Rulebook(
                entries, usual.initial().apply(new RuleChange(RuleChange.Operation.ADOPT, DRAWN)), alternatives);
    }

    /** The same, where nobody is jailed for being away and nobody changes the rules. */
    static Rulebook patientDrawing() {
        RuleRef downtime = rules().initial().find("slashing.downtime").orElseThrow();
        return change(drawing(), new RuleChange(RuleChange.Operation.REMOVE, downtime));
    }

    /** The same, where nobody is jailed for being away. */
    static Rulebook patient() {
        RuleRef downtime = rules().initial().find("slashing.downtime").orElseThrow();
        return change(rules(), new RuleChange(RuleChange.Operation.REMOVE, downtime));
    }

    /** The same, with validators that take turns. */
    static Rulebook takingTurns() {
        return takingTurns(rules());
    }

    /** Both. */
    static Rulebook patientTakingTurns() {
        return takingTurns(patient());
    }

    private static Rulebook takingTurns(Rulebook rules) {
        return change(rules, new RuleChange(RuleChange.Operation.ADOPT, ROUND_ROBIN));
    }

    private static Rulebook change(Rulebook rules, RuleChange change) {
        return new Rulebook(rules.entries(), rules.initial().apply(change), rules.alternatives());
    }

    static SimChain chain(SignatureScheme scheme, int size) {
        return new SimChain(scheme, new TestOnlyHashDelay(), rules(), size, BLOCK_TIME, EPOCH);
    }

    static SimChain four() {
        return chain(new TestOnlyKeyedHashScheme(), 4);
    }

    static Store store() {
        return new MemoryStoreFactory().open(Path.of("simulated"));
    }
}
