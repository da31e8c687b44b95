package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.attacks.Report.Chart;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;
import org.hauptbuch.attacks.Report.Side;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;

/**
 * Validator collusion: a cartel leaves somebody's transactions out of its blocks, or orders them to its advantage, for
 * as many blocks as it proposes one after another. It wants to choose the time, and so to know its runs before others
 * can react. Measured on the real schedules. Sources: for committees that are drawn by stake Y. Gilad et al.: Algorand,
 * SOSP 2017; for what it is worth to know proposers beforehand D. Boneh et al.: Single Secret Leader Election, AFT 2020.
 */
final class Collusion implements Scenario {
    private static final int EPOCH_LENGTH = 100;

    /** The seed of an epoch is known two epochs before it ends, no sooner. A cartel plans one epoch further. */
    private static final int AHEAD = 3;

    /** A shorter run of blocks is what anybody's transaction may have to wait. */
    private static final int RUN = 4;

    private static final int COMMITTEE = 32;

    /** How proposers are chosen, and what is known of an epoch's seed beforehand. */
    record Selection(SelectionRule rule, boolean isSeedFixed) {
        private Hash seed(Hash source, int epoch) {
            return isSeedFixed ? Hash.ZERO : Draws.hash(source, "seed", epoch);
        }

        /** What a cartel takes for the seed of an epoch that nobody can know yet. */
        private Hash guess(Hash source, int epoch) {
            return isSeedFixed ? Hash.ZERO : Draws.hash(source, "guess", epoch);
        }
    }

    /** Turns by stake and address, from the same beginning in every epoch, as in CometBFT. */
    private static final Selection PREDICTABLE =
            new Selection((SelectionRule) new RoundRobinSelectionFactory().create(Parameters.NONE), true);

    private static final SelectionRule WEIGHTED =
            (SelectionRule) new WeightedSelectionFactory().create(Parameters.NONE);

    private final Selection mitigation;

    /** Against drawing by stake from a seed that is new in every epoch. */
    Collusion() {
        this(new Selection(WEIGHTED, false));
    }

    Collusion(Selection mitigation) {
        this.mitigation = mitigation;
    }

    /** Draws by stake, from a seed that never changes: no mitigation, though it looks like one. */
    static Selection drawnOnce() {
        return new Selection(WEIGHTED, true);
    }

    @Override
    public String name() {
        return "collusion";
    }

    @Override
    public Report run(long seed, Sweep sweep, Progress progress) {
        // a tenth of the epochs: nothing here is a small effect
        int epochs = Math.max(1, sweep.epochs() / 10);
        List<Row> rows = new ArrayList<>();
        for (int stake : sweep.stakes()) {
            progress.at("stake " + stake + " %", rows.size(), sweep.stakes().size());
            rows.add(new Row(
                    stake,
                    List.of(measure(seed, stake, epochs, PREDICTABLE), measure(seed, stake, epochs, mitigation))));
        }
        return new Report(
                name(),
                "Validator collusion: a cartel censors for as long as it proposes one block after another",
                seed,
                List.of(
                        "%d validators of equal stake, %,d epochs of %d blocks for each stake, by selection.roundrobin and selection.weighted. The cartel's have neighbouring addresses."
                                .formatted(Electorate.VALIDATORS, epochs, EPOCH_LENGTH),
                        "longest: its longest run of blocks; delay: blocks that a transaction which it does not want waits"
                                + " on average.",
                        "planned: %d epochs ahead the cartel names its longest run of an epoch; kept: how many of these"
                                        .formatted(AHEAD)
                                + " blocks in a row are really its own, on average.",
                        "1/3 of %d: committees of %d proposers in a row of which a third or more are the cartel's."
                                .formatted(COMMITTEE, COMMITTEE),
                        "It succeeds where more than half of its plans are of %d blocks or more and come true in full. It loses nothing: leaving out is no offence."
                                .formatted(RUN)),
                List.of(
                        new Side("off", "fixed order (roundrobin, seed 0)"),
                        new Side("on", "drawn by stake and seed (weighted)")),
                rows,
                new Chart("keptBlocks", "Censorship planned three epochs ahead", "blocks in a row, as planned"));
    }

    private Outcome measure(long seed, int stake, int epochs, Selection selection) {
        Electorate electorate = new Electorate(stake);
        Hash source = Draws.of(name(), seed, stake);
        boolean[] all = new boolean[epochs * EPOCH_LENGTH];
        long kept = 0;
        long planned = 0;
        int good = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            boolean[] slots = slots(electorate, selection, epoch, selection.seed(source, epoch));
            System.arraycopy(slots, 0, all, epoch * EPOCH_LENGTH, EPOCH_LENGTH);
            Run plan = Run.longest(slots(electorate, selection, epoch, selection.guess(source, epoch)));
            int came = Math.min(plan.length(), Run.lengthAt(slots, plan.start()));
            planned += plan.length();
            kept += came;
            good += plan.length() >= RUN && came == plan.length() ? 1 : 0;
        }
        return new Outcome(
                2 * good > epochs,
                List.of(
                        Figure.of("longestBlocks", "longest", Run.longest(all).length()),
                        Figure.of("delayBlocks", "delay", Run.meanDelay(all), "%.2f"),
                        Figure.of("plannedBlocks", "planned", (double) planned / epochs, "%.1f"),
                        Figure.of("keptBlocks", "kept", (double) kept / epochs, "%.1f"),
                        Figure.of("committeesPercent", "1/3 of " + COMMITTEE, 100 * committees(all), "%.1f %%")));
    }

    private static boolean[] slots(Electorate electorate, Selection selection, int epoch, Hash seed) {
        long first = (long) epoch * EPOCH_LENGTH + 1;
        return electorate.slots(
                (PublicSchedule) selection.rule.prepare(epoch, first, electorate.validators(), seed),
                first,
                EPOCH_LENGTH);
    }

    /** The share of committees in which the cartel has a third or more. */
    private static double committees(boolean[] slots) {
        int owned = 0;
        int committees = 0;
        for (int start = 0; start + COMMITTEE <= slots.length; start += COMMITTEE) {
            int members = 0;
            for (int i = start; i < start + COMMITTEE; i++) {
                members += slots[i] ? 1 : 0;
            }
            committees++;
            owned += 3 * members >= COMMITTEE ? 1 : 0;
        }
        return committees == 0 ? 0 : (double) owned / committees;
    }
}
