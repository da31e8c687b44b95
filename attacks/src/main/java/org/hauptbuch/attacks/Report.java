package org.hauptbuch.attacks;

import java.util.List;
import java.util.Locale;

/**
 * What came of an attack. The first side is without the mitigation, the last one is this chain's with it; one between
 * them is a weaker form of the mitigation.
 *
 * @param attack the attack's name on the command line
 * @param title the attack in words
 * @param seed what everything was drawn from
 * @param model what was simulated, one sentence each
 * @param sides without and with the mitigation
 * @param rows what happened, by ascending stake
 * @param chart what to draw
 */
record Report(
        String attack, String title, long seed, List<String> model, List<Side> sides, List<Row> rows, Chart chart) {
    /**
     * The chain without the mitigation, or with it.
     *
     * @param key {@code off}, {@code on}, or another word for what is between them
     * @param label in words
     */
    record Side(String key, String label) {}

    /**
     * One number.
     *
     * @param key its name for programs
     * @param heading its name for people
     * @param value a Long, Double, Boolean or String; null where there is no bound
     * @param text the value for people
     */
    record Figure(String key, String heading, Object value, String text) {
        static Figure of(String key, String heading, long value) {
            return new Figure(key, heading, value, String.format(Locale.ROOT, "%,d", value));
        }

        static Figure of(String key, String heading, double value, String format) {
            return new Figure(key, heading, value, String.format(Locale.ROOT, format, value));
        }

        static Figure of(String key, String heading, boolean value) {
            return new Figure(key, heading, value, value ? "yes" : "no");
        }
    }

    /**
     * What one attacker reached on one side.
     *
     * @param succeeds whether that is what it wanted
     * @param figures the same ones in every row of a side
     */
    record Outcome(boolean succeeds, List<Figure> figures) {
        Outcome {
            figures = List.copyOf(figures);
        }

        Figure figure(String key) {
            return figures.stream().filter(f -> f.key.equals(key)).findFirst().orElseThrow();
        }
    }

    /**
     * One attacker.
     *
     * @param stakePercent its stake, percent of all stake
     * @param outcomes one for each side
     */
    record Row(int stakePercent, List<Outcome> outcomes) {
        Row {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * A picture of one figure by stake, a line for each side.
     *
     * @param figure its key
     * @param title what it shows
     * @param axis the label of its axis, with the unit
     */
    record Chart(String figure, String title, String axis) {}

    Report {
        model = List.copyOf(model);
        sides = List.copyOf(sides);
        rows = List.copyOf(rows);
    }

    /** The stakes at which the attack succeeds on a side, ascending. */
    List<Integer> successes(int side) {
        return rows.stream()
                .filter(row -> row.outcomes.get(side).succeeds)
                .map(Row::stakePercent)
                .toList();
    }

    /** Whether the attack succeeds on a side at any stake. */
    boolean succeeds(int side) {
        return !successes(side).isEmpty();
    }

    /** Whether the mitigation is what makes the difference: the attack succeeds without it and fails with it. */
    boolean holds() {
        return succeeds(0) && !succeeds(sides.size() - 1);
    }

    /** What came of it on one side, in a sentence. */
    String verdict(int side) {
        String range = rows.get(0).stakePercent + " % to " + rows.get(rows.size() - 1).stakePercent + " %";
        List<Integer> successes = successes(side);
        if (successes.isEmpty()) {
            return "fails at every stake from " + range;
        }
        if (successes.size() == rows.size()) {
            return "succeeds at every stake from " + range;
        }
        int first = successes.get(0);
        List<Integer> fromThere =
                rows.stream().map(Row::stakePercent).filter(s -> s >= first).toList();
        if (fromThere.equals(successes)) {
            return "succeeds from " + first + " % of the stake on";
        }
        return "succeeds at "
                + String.join(", ", successes.stream().map(s -> s + " %").toList());
    }
}
