package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hauptbuch.attacks.Report.Row;

/** The chart of a report as SVG 1.1: a line for each side, readable on light and on dark ground. */
final class SvgChart {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 440;
    private static final int LEFT = 130;
    private static final int RIGHT = 24;
    private static final int TOP = 96;
    private static final int BOTTOM = 64;
    private static final int TICKS = 5;

    /** Told apart without colour as well: whole, dashed, dotted. */
    private static final List<String> DASHES = List.of("none", "9 5", "2 5");

    private static final String STYLE =
            """
            <style>
              svg { background: #ffffff; color: #1f2328; font: 14px sans-serif; }
              .grid { stroke: #d0d7de; } .s0 { color: #cf222e; } .s1 { color: #0969da; } .s2 { color: #8250df; }
              @media (prefers-color-scheme: dark) {
                svg { background: #0d1117; color: #e6edf3; }
                .grid { stroke: #30363d; } .s0 { color: #ff7b72; } .s1 { color: #58a6ff; } .s2 { color: #d2a8ff; }
              }
              text { fill: currentColor; } .line { fill: none; stroke: currentColor; stroke-width: 2.5; }
              .axis { stroke: currentColor; } .dot { fill: currentColor; } .title { font-size: 17px; font-weight: bold; }
            </style>
            """;

    private final Report report;
    private final double least;
    private final double most;

    private SvgChart(Report report) {
        this.report = report;
        double low = 0;
        double high = 0;
        for (Row row : report.rows()) {
            for (int side = 0; side < report.sides().size(); side++) {
                double value = value(row, side);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        double step = step(high - low);
        this.least = Math.floor(low / step) * step;
        this.most = Math.max(Math.ceil(high / step) * step, least + step);
    }

    static String of(Report report) {
        return new SvgChart(report).whole();
    }

    private String whole() {
        List<String> parts = new ArrayList<>();
        parts.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">"
                        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
        parts.add("<title>" + escaped(report.chart().title()) + "</title>");
        parts.add(STYLE.strip());
        parts.add(text(LEFT, 26, "title", "start", report.chart().title()));
        grid(parts);
        legend(parts);
        for (int side = 0; side < report.sides().size(); side++) {
            line(parts, side);
        }
        parts.add("</svg>");
        return String.join("\n", parts) + "\n";
    }

    private void grid(List<String> parts) {
        double step = step(most - least);
        for (double value = least; value < most + step / 2; value += step) {
            double y = y(value);
            parts.add("<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(
                            Math.abs(value) < step / 2 ? "axis" : "grid", LEFT, WIDTH - RIGHT, number(y), number(y)));
            parts.add(text(LEFT - 8, y + 5, "tick", "end", label(value, step)));
        }
        for (Row row : report.rows()) {
            parts.add(text(x(row.stakePercent()), HEIGHT - BOTTOM + 22, "tick", "middle", row.stakePercent() + " %"));
        }
        parts.add(text(
                (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "label", "middle", "the attacker's share of the stake"));
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        parts.add("<text x=\"20\" y=\"%s\" text-anchor=\"middle\" transform=\"rotate(-90 20 %s)\">%s</text>"
                .formatted(
                        number(middle), number(middle), escaped(report.chart().axis())));
    }

    private void legend(List<String> parts) {
        for (int side = 0; side < report.sides().size(); side++) {
            int y = 46 + 18 * side;
            parts.add(
                    "<g class=\"s%d\"><line class=\"line\" stroke-dasharray=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/></g>"
                            .formatted(side, DASHES.get(side), LEFT, LEFT + 44, y, y));
            parts.add(text(
                    LEFT + 54,
                    y + 5,
                    "label",
                    "start",
                    report.sides().get(side).label() + ": " + report.verdict(side)));
        }
    }

    private void line(List<String> parts, int side) {
        StringBuilder path = new StringBuilder();
        parts.add("<g class=\"s%d\">".formatted(side));
        for (Row row : report.rows()) {
            String x = number(x(row.stakePercent()));
            String y = number(y(value(row, side)));
            path.append(path.length() == 0 ? "M" : " L").append(x).append(' ').append(y);
            parts.add("<circle class=\"dot\" r=\"4\" cx=\"%s\" cy=\"%s\"/>".formatted(x, y));
        }
        parts.add("<path class=\"line\" stroke-dasharray=\"%s\" d=\"%s\"/>".formatted(DASHES.get(side), path));
        parts.add("</g>");
    }

    private double value(Row row, int side) {
        Object value = row.outcomes().get(side).figure(report.chart().figure()).value();
        return ((Number) value).doubleValue();
    }

    private double x(int stake) {
        int first = report.rows().get(0).stakePercent();
        int last = report.rows().get(report.rows().size() - 1).stakePercent();
        int margin = 20;
        double part = last == first ? 0.5 : (double) (stake - first) / (last - first);
        return LEFT + margin + part * (WIDTH - LEFT - RIGHT - 2 * margin);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (value - least) / (most - least) * (HEIGHT - TOP - BOTTOM);
    }

    /** One, two or five times a power of ten: some {@link #TICKS} of it make {@code range}. */
    private static double step(double range) {
        double rough = range > 0 ? range / TICKS : 1;
        double power = 1;
        while (power > rough) {
            power /= 10;
        }
        while (power * 10 <= rough) {
            power *= 10;
        }
        double times = rough / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    private static String label(double value, double step) {
        double shown = Math.abs(value) < step / 2 ? 0 : value;
        return String.format(Locale.ROOT, step >= 1 ? "%,.0f" : "%.2f", shown);
    }

    private static String text(double x, double y, String style, String anchor, String text) {
        return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(style, number(x), number(y), anchor, escaped(text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
