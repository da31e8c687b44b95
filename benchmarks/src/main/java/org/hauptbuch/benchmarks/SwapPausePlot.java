package org.hauptbuch.benchmarks;

import java.util.List;
import java.util.Locale;
import org.hauptbuch.benchmarks.SwapPause.Sample;

/** Two histograms above one another on one scale of time: heights without a swap, heights with one. */
final class SwapPausePlot {
    private static final int WIDTH = 960;
    private static final int LEFT = 40;
    private static final int RIGHT = 30;
    private static final int PANEL = 150;
    private static final int TOP = 96;
    private static final int GAP = 64;
    private static final double BIN_MILLIS = 4;
    private static final String REST_COLOUR = "#5b7ba6";
    private static final String SWAP_COLOUR = "#d9822b";
    private static final String BAR_COLOUR = "#b3261e";

    private final StringBuilder out = new StringBuilder();
    private final double most;

    private SwapPausePlot(double most) {
        this.most = most;
    }

    /** The picture of {@code samples}. */
    static String svg(List<Sample> samples, long blockMillis) {
        List<Sample> rest = SwapPause.where(samples, sample -> !sample.swap());
        List<Sample> swaps = SwapPause.where(samples, Sample::swap);
        double bar = p(99, rest) + SwapPause.BAR_MILLIS;
        double longest = Math.max(bar, Math.max(p(99.5, rest), p(100, swaps)));
        SwapPausePlot plot = new SwapPausePlot(Math.ceil(longest * 1.06 / 50) * 50);
        plot.draw(rest, swaps, bar, blockMillis, SwapPause.extraP99(samples));
        return plot.out.toString();
    }

    private static double p(double percent, List<Sample> samples) {
        return SwapPause.percentile(percent, samples, Sample::proposal);
    }

    private void draw(List<Sample> rest, List<Sample> swaps, double bar, long blockMillis, double extra) {
        int height = TOP + 2 * PANEL + GAP + 66;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"14\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(
                LEFT,
                30,
                "start",
                20,
                "#111111",
                "A swap of consensus rules between two blocks: "
                        + (extra < 0.05 ? "no longer pause" : format("%.1f ms more", extra)) + " at p99");
        text(
                LEFT,
                52,
                "start",
                14,
                "#555555",
                format(
                        "From the commit of a block to the next proposal, in four processes under load; most of it is the wait for the"
                                + " block time, %d ms",
                        blockMillis));
        panel(TOP, rest, REST_COLOUR, "without a swap");
        panel(TOP + PANEL + GAP, swaps, SWAP_COLOUR, "with a swap");
        int bottom = TOP + 2 * PANEL + GAP;
        line(x(bar), TOP - 14, x(bar), bottom, BAR_COLOUR, "6 4");
        text(
                x(bar),
                TOP - 20,
                "end",
                13,
                BAR_COLOUR,
                format("bar: p99 without a swap + %.0f ms", SwapPause.BAR_MILLIS));
        axis(bottom);
        add("</svg>");
    }

    private void panel(int top, List<Sample> samples, String colour, String title) {
        int bottom = top + PANEL;
        int[] bins = new int[(int) Math.ceil(most / BIN_MILLIS)];
        int beyond = 0;
        int highest = 1;
        for (Sample sample : samples) {
            int bin = (int) (sample.proposal() / 1_000.0 / BIN_MILLIS);
            if (bin < bins.length) {
                highest = Math.max(highest, ++bins[bin]);
            } else {
                beyond++;
            }
        }
        for (int bin = 0; bin < bins.length; bin++) {
            if (bins[bin] > 0) {
                double tall = Math.max(2, (PANEL - 44.0) * bins[bin] / highest);
                add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                        x(bin * BIN_MILLIS) + 0.5, bottom - tall, x(BIN_MILLIS) - x(0) - 1, tall, colour);
            }
        }
        line(LEFT, bottom, WIDTH - RIGHT, bottom, "#333333", "");
        long heights = samples.stream().map(Sample::height).distinct().count();
        text(LEFT, top + 8, "start", 15, colour, format("%s: %d heights, %d samples", title, heights, samples.size()));
        text(
                LEFT,
                top + 28,
                "start",
                13,
                "#333333",
                format("p50 %.1f ms, p99 %.1f ms", p(50, samples), p(99, samples))
                        + (beyond > 0 ? format(", %d beyond the picture", beyond) : ""));
        mark(top, bottom, p(50, samples), "p50");
        mark(top, bottom, p(99, samples), "p99");
    }

    private void mark(int top, int bottom, double millis, String name) {
        line(x(millis), top + 34, x(millis), bottom + 4, "#111111", "2 3");
        text(x(millis), bottom + 18, "middle", 12, "#111111", name);
    }

    private void axis(int bottom) {
        int step = most > 600 ? 100 : most > 300 ? 50 : 25;
        for (int millis = 0; millis <= most; millis += step) {
            line(x(millis), bottom, x(millis), bottom + 6, "#333333", "");
            text(x(millis), bottom + 36, "middle", 13, "#333333", Integer.toString(millis));
        }
        text(WIDTH / 2.0, bottom + 58, "middle", 14, "#333333", "milliseconds");
    }

    private double x(double millis) {
        return LEFT + millis / most * (WIDTH - LEFT - RIGHT);
    }

    private void line(double x1, double y1, double x2, double y2, String colour, String dashes) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>",
                x1, y1, x2, y2, colour, dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    private void text(double x, double y, String anchor, int size, String colour, String words) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
                x, y, anchor, size, colour, words);
    }

    private void add(String element, Object... values) {
        out.append(format(element, values)).append('\n');
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
