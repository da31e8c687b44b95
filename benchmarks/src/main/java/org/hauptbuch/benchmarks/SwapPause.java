package org.hauptbuch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes of what the nodes of a testnet recorded ({@code pos:block-timings --json}) a file of all samples, a picture and a
 * summary: the time from the commit of a block to the proposal of the next, with a swap of rules between them and
 * without. {@code benchmarks/swap-pause.sh} takes the measurements and calls this.
 */
public final class SwapPause {
    /** The requirement: a swap costs less than this at p99. */
    static final double BAR_MILLIS = 50;

    private static final Pattern TIMING = Pattern.compile(
            "\\{\"height\":(\\d+),\"ruleSetId\":\"\\w+\",\"swapped\":(true|false),\"own\":(true|false),\"round\":(\\d+),"
                    + "\"waitMillis\":(\\d+),\"readyMicros\":(\\d+),\"proposalMicros\":(\\d+)}");

    private SwapPause() {}

    /**
     * One height as one node saw it; times in microseconds since the commit of the block before.
     *
     * @param swap whether the rules changed with this height
     * @param epoch whether an epoch began with it
     * @param own whether the node proposed it
     * @param round in which it was decided
     * @param due what the block time made the proposer wait
     * @param ready until the rules were in place
     * @param proposal until the proposal was sent or here
     */
    record Sample(
            String node,
            long height,
            boolean swap,
            boolean epoch,
            boolean own,
            int round,
            long due,
            long ready,
            long proposal) {}

    /** {@code DIR BLOCK_MILLIS EPOCH_LENGTH FIRST LAST FACTS.json}: reads DIR/NAME.timings, writes DIR/swap-pause.json and .svg. */
    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        long blockMillis = Long.parseLong(args[1]);
        long epochLength = Long.parseLong(args[2]);
        long first = Long.parseLong(args[3]);
        long last = Long.parseLong(args[4]);
        List<Sample> samples = new ArrayList<>();
        try (var files = Files.list(dir)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".timings"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".timings", "");
                samples.addAll(read(name, Files.readString(file), epochLength));
            }
        }
        samples.removeIf(sample -> sample.height() < first || sample.height() > last);
        String facts = Files.readString(Path.of(args[5])).strip();
        Files.writeString(dir.resolve("swap-pause.json"), json(facts, samples));
        Files.writeString(dir.resolve("swap-pause.svg"), SwapPausePlot.svg(samples, blockMillis));
        System.out.println(summary(samples));
    }

    static List<Sample> read(String node, String json, long epochLength) {
        List<Sample> samples = new ArrayList<>();
        Matcher matcher = TIMING.matcher(json);
        while (matcher.find()) {
            long height = Long.parseLong(matcher.group(1));
            samples.add(new Sample(
                    node,
                    height,
                    Boolean.parseBoolean(matcher.group(2)),
                    // heights begin with 1, epochs with their first height
                    height % epochLength == 1,
                    Boolean.parseBoolean(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)),
                    Long.parseLong(matcher.group(5)) * 1_000,
                    Long.parseLong(matcher.group(6)),
                    Long.parseLong(matcher.group(7))));
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no timings of " + node + ", must be some");
        }
        return samples;
    }

    /** The least value that so many per cent of the samples do not exceed, in milliseconds; 0 of none. */
    static double percentile(double percent, List<Sample> samples, ToLongFunction<Sample> value) {
        long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1] / 1_000.0;
    }

    static List<Sample> where(List<Sample> samples, Predicate<Sample> wanted) {
        return samples.stream().filter(wanted).toList();
    }

    static double extraP99(List<Sample> samples) {
        return percentile(99, where(samples, Sample::swap), Sample::proposal)
                - percentile(99, where(samples, sample -> !sample.swap()), Sample::proposal);
    }

    static String summary(List<Sample> samples) {
        List<Sample> swaps = where(samples, Sample::swap);
        List<Sample> rest = where(samples, sample -> !sample.swap());
        StringBuilder out = new StringBuilder("| from the commit of a block to | heights | samples | p50 ms | p90 ms"
                + " | p99 ms | most ms |\n|---|---|---|---|---|---|---|\n");
        row(out, "the proposal of the next, with a swap", swaps, Sample::proposal);
        row(out, "the same, without", rest, Sample::proposal);
        row(out, "without, where an epoch begins", where(rest, Sample::epoch), Sample::proposal);
        row(out, "the proposer's own, with a swap", where(swaps, Sample::own), Sample::proposal);
        row(out, "the proposer's own, without", where(rest, Sample::own), Sample::proposal);
        row(out, "rules and schedule in place, with a swap", swaps, Sample::ready);
        row(out, "the same, without", rest, Sample::ready);
        double extra = extraP99(samples);
        return out.append(String.format(
                        Locale.ROOT,
                        "%nextra pause at p99: %.1f ms (%s the bar of %.0f ms); p99 with a swap over p50 without: %.1f ms%n"
                                + "highest round: %d with a swap, %d without",
                        extra,
                        extra < BAR_MILLIS ? "under" : "OVER",
                        BAR_MILLIS,
                        percentile(99, swaps, Sample::proposal) - percentile(50, rest, Sample::proposal),
                        swaps.stream().mapToInt(Sample::round).max().orElse(0),
                        rest.stream().mapToInt(Sample::round).max().orElse(0)))
                .toString();
    }

    private static void row(StringBuilder out, String what, List<Sample> samples, ToLongFunction<Sample> value) {
        out.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
                what,
                samples.stream().map(Sample::height).distinct().count(),
                samples.size(),
                percentile(50, samples, value),
                percentile(90, samples, value),
                percentile(99, samples, value),
                percentile(100, samples, value)));
    }

    static String json(String facts, List<Sample> samples) {
        return "{\"facts\":" + facts + ",\n\"columns\":[\"node\",\"height\",\"swap\",\"epochBegins\",\"own\",\"round\","
                + "\"waitMicros\",\"readyMicros\",\"proposalMicros\"],\n\"samples\":[\n"
                + samples.stream()
                        .map(s -> String.format(
                                "[\"%s\",%d,%d,%d,%d,%d,%d,%d,%d]",
                                s.node(),
                                s.height(),
                                s.swap() ? 1 : 0,
                                s.epoch() ? 1 : 0,
                                s.own() ? 1 : 0,
                                s.round(),
                                s.due(),
                                s.ready(),
                                s.proposal()))
                        .collect(Collectors.joining(",\n"))
                + "\n]}\n";
    }
}
