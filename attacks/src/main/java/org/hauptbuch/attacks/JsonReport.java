package org.hauptbuch.attacks;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;

/** A report for programs (RFC 8259). */
final class JsonReport {
    private final Report report;

    private JsonReport(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new JsonReport(report).whole();
    }

    private String whole() {
        return "{\n  \"attack\": " + string(report.attack()) + ",\n  \"title\": " + string(report.title())
                + ",\n  \"seed\": " + report.seed() + ",\n  \"mitigationHolds\": " + report.holds()
                + ",\n  \"model\": " + list(report.model(), JsonReport::string, "    ")
                + ",\n  \"sides\": [\n"
                + String.join(
                        ",\n",
                        IntStream.range(0, report.sides().size())
                                .mapToObj(this::side)
                                .toList())
                + "\n  ]\n}\n";
    }

    private String side(int side) {
        List<String> rows = report.rows().stream()
                .map(row -> row(row.stakePercent(), row.outcomes().get(side)))
                .toList();
        return "    {\n      \"side\": " + string(report.sides().get(side).key()) + ",\n      \"label\": "
                + string(report.sides().get(side).label()) + ",\n      \"succeeds\": " + report.succeeds(side)
                + ",\n      \"succeedsAt\": " + report.successes(side)
                + ",\n      \"rows\": " + list(rows, Function.identity(), "        ") + "\n    }";
    }

    private static String row(int stake, Outcome outcome) {
        StringBuilder text = new StringBuilder("{\"stakePercent\": " + stake + ", \"succeeds\": " + outcome.succeeds());
        for (Figure figure : outcome.figures()) {
            text.append(", ").append(string(figure.key())).append(": ").append(value(figure.value()));
        }
        return text.append('}').toString();
    }

    private static <T> String list(List<T> items, Function<T, String> writer, String indent) {
        String separator = ",\n" + indent;
        return "[\n" + indent
                + String.join(separator, items.stream().map(writer).toList()) + "\n" + indent.substring(2) + "]";
    }

    static String value(Object value) {
        return value instanceof String text ? string(text) : String.valueOf(value);
    }

    /** A string with its quotes. */
    static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
