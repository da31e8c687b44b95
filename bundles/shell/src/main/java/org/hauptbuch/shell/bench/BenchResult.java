package org.hauptbuch.shell.bench;

import java.util.SortedMap;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.Text;
import org.hauptbuch.shell.view.View;

/**
 * What a run measured.
 *
 * @param seconds how long was measured
 * @param nodes nodes that took part in this container
 * @param blockTimeMillis the chain's block time
 * @param submitted transfers taken by the nodes, warming up included
 * @param refused submissions that were refused
 * @param finalized transfers that became final in the measured time
 * @param failed those of them that failed
 * @param unfinished transfers that were not final at the end of it all
 * @param rate transfers a second that were last tried
 * @param latencyNanosP50 from submission to finality, half of them
 * @param latencyNanosP99 from submission to finality, 99 in a hundred
 * @param limitTps signatures that this machine verifies in a second, in batches of {@link SignatureLimit#BATCH} on all
 *     cores, and does nothing else
 * @param cpuNanos CPU time of the measured time by part, all nodes of this container together
 */
record BenchResult(
        double seconds,
        int nodes,
        long blockTimeMillis,
        long submitted,
        long refused,
        long finalized,
        long failed,
        long unfinished,
        double rate,
        long latencyNanosP50,
        long latencyNanosP99,
        double limitTps,
        SortedMap<String, Long> cpuNanos) {
    double finalizedTps() {
        return finalized / seconds;
    }

    double shareOfLimit() {
        return limitTps == 0 ? 0 : finalizedTps() / limitTps;
    }

    View view() {
        View view = new View(Json.object()
                        .put("finalizedTps", round(finalizedTps(), 10))
                        .put("latencyMsP50", round(latencyNanosP50 / 1e6, 10))
                        .put("latencyMsP99", round(latencyNanosP99 / 1e6, 10))
                        .put("limitTps", round(limitTps, 10))
                        .put("limitBatch", SignatureLimit.BATCH)
                        .put("shareOfLimit", round(shareOfLimit(), 10_000))
                        .put("cpuNanos", Json.map(cpuNanos))
                        .put("seconds", round(seconds, 1000))
                        .put("nodes", nodes)
                        .put("blockTimeMillis", blockTimeMillis)
                        .put("submitted", submitted)
                        .put("refused", refused)
                        .put("finalized", finalized)
                        .put("failed", failed)
                        .put("unfinished", unfinished)
                        .put("rate", round(rate, 10))
                        .build())
                .field("finalized", round(finalizedTps(), 10) + " transfers a second, for " + round(seconds, 10) + " s")
                .field(
                        "latency",
                        round(latencyNanosP50 / 1e6, 10) + " ms (p50), " + round(latencyNanosP99 / 1e6, 10)
                                + " ms (p99), at a block time of " + blockTimeMillis + " ms")
                .field(
                        "signature limit",
                        round(limitTps, 10) + " a second in batches of " + SignatureLimit.BATCH
                                + ", all cores, nothing else to do")
                .field(
                        "share of limit",
                        Text.share(Math.round(shareOfLimit() * 10_000), 10_000) + ", by " + nodes
                                + " nodes that each verify everything")
                .field(
                        "submitted",
                        submitted + " (" + refused + " refused, " + failed + " failed, " + unfinished
                                + " not final at the end)");
        View.Table table = view.table("No CPU time is measured.", "part", "CPU s", "share");
        long total = cpuNanos.values().stream().mapToLong(Long::longValue).sum();
        cpuNanos.forEach((part, nanos) -> table.row(part, round(nanos / 1e9, 100), Text.share(nanos, total)));
        return view;
    }

    private static double round(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }
}
