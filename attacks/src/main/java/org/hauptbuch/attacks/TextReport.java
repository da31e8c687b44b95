package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;

/** A report for people: one line for each stake, the sides beside each other, the verdict at the end. */
final class TextReport {
    private static final String BAR = " | ";

    private TextReport() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(report.title()).append(", seed ").append(report.seed()).append("\n\n");
        report.model().forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        table(report).forEach(line -> text.append(line).append('\n'));
        text.append("\nverdict\n");
        int width =
                report.sides().stream().mapToInt(s -> s.label().length()).max().orElse(0);
        for (int side = 0; side < report.sides().size(); side++) {
            text.append("  ")
                    .append(pad(report.sides().get(side).label() + ":", -(width + 1)))
                    .append(" the attack ")
                    .append(report.verdict(side))
                    .append('\n');
        }
        text.append("  ").append(conclusion(report)).append('\n');
        return text.toString();
    }

    private static String conclusion(Report report) {
        if (report.holds()) {
            return "the mitigation holds";
        }
        return report.succeeds(report.sides().size() - 1)
                ? "THE MITIGATION DOES NOT HOLD"
                : "nothing is shown about the mitigation: the attack fails without it as well";
    }

    private static List<String> table(Report report) {
        List<List<String>> lines = new ArrayList<>();
        List<Integer> firstColumns = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("stake"));
        Row any = report.rows().get(0);
        for (Outcome outcome : any.outcomes()) {
            firstColumns.add(heading.size());
            outcome.figures().forEach(figure -> heading.add(figure.heading()));
            heading.add("attack");
        }
        lines.add(heading);
        for (Row row : report.rows()) {
            List<String> line = new ArrayList<>(List.of(row.stakePercent() + " %"));
            for (Outcome outcome : row.outcomes()) {
                outcome.figures().stream().map(Figure::text).forEach(line::add);
                line.add(outcome.succeeds() ? "succeeds" : "fails");
            }
            lines.add(line);
        }
        int[] widths = new int[heading.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> table = new ArrayList<>();
        table.add(sides(report, firstColumns, widths));
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? "" : firstColumns.contains(i) ? BAR : "  ").append(pad(line.get(i), widths[i]));
            }
            table.add(text.toString().stripTrailing());
        }
        return table;
    }

    /** The labels of the sides over their columns; the last column of a side grows where its label is longer. */
    private static String sides(Report report, List<Integer> firstColumns, int[] widths) {
        StringBuilder text = new StringBuilder(pad("", widths[0]));
        for (int side = 0; side < firstColumns.size(); side++) {
            int first = firstColumns.get(side);
            int end = side + 1 < firstColumns.size() ? firstColumns.get(side + 1) : widths.length;
            int width = 2 * (end - first - 1);
            for (int i = first; i < end; i++) {
                width += widths[i];
            }
            String label = report.sides().get(side).label();
            if (label.length() > width) {
                widths[end - 1] += label.length() - width;
                width = label.length();
            }
            text.append(BAR).append(pad(label, -width));
        }
        return text.toString().stripTrailing();
    }

    /** To the right, or to the left where {@code width} is negative. */
    private static String pad(String text, int width) {
        return width == 0 ? text : String.format(Locale.ROOT, "%" + width + "s", text);
    }
}
