package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.attacks.Report.Chart;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;
import org.hauptbuch.attacks.Report.Side;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;

/**
 * Stake grinding: who proposes last in an epoch knows what seed its reveal will make, and may withhold it. Measured is
 * what that does to the real schedules of {@code selection.weighted}. Sources: K. Alpturer, S. M. Weinberg: Optimal
 * RANDAO Manipulation in Ethereum, AFT 2024; for the mitigation D. Boneh, J. Bonneau, B. Bünz, B. Fisch: Verifiable
 * Delay Functions, CRYPTO 2018.
 */
final class Grinding implements Scenario {
    /** Blocks in an epoch, as in the specification. */
    static final int EPOCH_LENGTH = 100;

    /** Chance alone gets below it once in a million: five standard deviations. */
    static final double SIGNIFICANT = 1e-6;

    private static final int DELAY_BLOCKS = 50;
    private static final int SPEED_UP = 4;

    private final SelectionRule rule = (SelectionRule) new WeightedSelectionFactory().create(Parameters.NONE);
    private final Randomness mitigation;

    /** Against a delay of half an epoch and an attacker whose machine is four times faster. */
    Grinding() {
        this(new Randomness(mix -> Draws.hash(mix, "delay", 0), DELAY_BLOCKS, SPEED_UP));
    }

    Grinding(Randomness mitigation) {
        this.mitigation = mitigation;
    }

    @Override
    public String name() {
        return "grinding";
    }

    @Override
    public Report run(long seed, Sweep sweep, Progress progress) {
        List<Row> rows = new ArrayList<>();
        for (int stake : sweep.stakes()) {
            progress.at("stake " + stake + " %", rows.size(), sweep.stakes().size());
            rows.add(new Row(
                    stake,
                    List.of(
                            measure(seed, stake, sweep.epochs(), Randomness.RANDAO),
                            measure(seed, stake, sweep.epochs(), mitigation))));
        }
        return new Report(
                name(),
                "Stake grinding: the last proposers of an epoch withhold their reveals to choose the seed",
                seed,
                List.of(
                        "%d validators of equal stake, %,d epochs of %d blocks for each stake, schedules by selection.weighted."
                                .formatted(Electorate.VALIDATORS, sweep.epochs(), EPOCH_LENGTH),
                        "The attacker tries every seed that it can reach and know, and gives up its last block where a"
                                + " seed that it does not know is worth more.",
                        "slots: its share of all proposer slots; excess: over what its stake is due; p: how often chance"
                                + " alone deviates so far (chi-squared, one degree of freedom).",
                        "given up, net gain: blocks for each 100 epochs. It succeeds where the excess is positive and p"
                                + " is below %.0e.".formatted(SIGNIFICANT),
                        "The VDF is modelled by its time: %d blocks on an honest machine, the attacker's is %d times faster."
                                .formatted(mitigation.delayBlocks(), mitigation.speedUp())),
                List.of(new Side("off", "RANDAO alone"), new Side("on", "RANDAO and VDF")),
                rows,
                new Chart(
                        "excessPercent", "Proposer slots that grinding adds", "more slots than the stake is due (%)"));
    }

    private Outcome measure(long seed, int stake, int epochs, Randomness randomness) {
        Electorate electorate = new Electorate(stake);
        Hash source = Draws.of(name(), seed, stake);
        Hash current = Draws.hash(source, "seed", 0);
        Hash next = Draws.hash(source, "seed", 1);
        long attackers = 0;
        long givenUp = 0;
        // the seeds of the first two epochs are nobody's choice
        for (int epoch = 0; epoch < epochs + 2; epoch++) {
            PublicSchedule schedule = schedule(electorate, epoch, current);
            if (epoch >= 2) {
                attackers += slots(electorate, schedule, epoch);
            }
            Choice choice = choose(electorate, source, epoch, schedule, randomness);
            givenUp += choice.givenUp ? 1 : 0;
            current = next;
            next = randomness.seed(choice.mix);
        }
        return outcome(stake, epochs, attackers, givenUp);
    }

    private record Choice(Hash mix, boolean givenUp) {}

    private Choice choose(
            Electorate electorate, Hash source, int epoch, PublicSchedule schedule, Randomness randomness) {
        Hash mix = Draws.hash(source, "revealed before", epoch);
        Tail tail = new Tail(electorate, schedule, firstHeight(epoch + 1) - 1, source);
        if (tail.length() == 0) {
            return new Choice(mix, false);
        }
        // it starts with the last reveal of others, and must have decided when its last slot comes
        boolean knows = randomness.isKnownWithin(tail.length());
        Hash best = null;
        int most = -1;
        for (Hash option : tail.options(mix)) {
            Hash guess = knows ? randomness.seed(option) : option;
            int slots = slots(electorate, schedule(electorate, epoch + 2, guess), epoch + 2);
            if (slots > most) {
                most = slots;
                best = option;
            }
        }
        double due = EPOCH_LENGTH * electorate.share();
        return most >= due - 1 ? new Choice(best, false) : new Choice(tail.givenUp(mix), true);
    }

    private PublicSchedule schedule(Electorate electorate, int epoch, Hash seed) {
        return (PublicSchedule) rule.prepare(epoch, firstHeight(epoch), electorate.validators(), seed);
    }

    private static int slots(Electorate electorate, PublicSchedule schedule, int epoch) {
        int count = 0;
        for (boolean own : electorate.slots(schedule, firstHeight(epoch), EPOCH_LENGTH)) {
            count += own ? 1 : 0;
        }
        return count;
    }

    private static long firstHeight(int epoch) {
        return (long) epoch * EPOCH_LENGTH + 1;
    }

    private static Outcome outcome(int stake, int epochs, long attackers, long givenUp) {
        long all = (long) epochs * EPOCH_LENGTH;
        double due = all * (stake / 100.0);
        double chiSquared = Statistics.chiSquared(attackers, all, stake / 100.0);
        double p = Statistics.pValue(chiSquared, 1);
        double net = (attackers - due - givenUp) * 100 / epochs;
        return new Outcome(
                p < SIGNIFICANT && attackers > due,
                List.of(
                        Figure.of("slotsPercent", "slots", 100.0 * attackers / all, "%.2f %%"),
                        Figure.of("excessPercent", "excess", 100 * (attackers - due) / due, "%+.2f %%"),
                        Figure.of("chiSquared", "chi2", chiSquared, "%.1f"),
                        new Figure("p", "p", p, p(p)),
                        Figure.of("givenUpPer100Epochs", "given up", 100.0 * givenUp / epochs, "%.1f"),
                        Figure.of("netPer100Epochs", "net gain", net, "%+.1f")));
    }

    private static String p(double p) {
        if (p < 1e-300) {
            return "<1e-300";
        }
        return String.format(Locale.ROOT, p < 0.001 ? "%.0e" : "%.3f", p);
    }
}
