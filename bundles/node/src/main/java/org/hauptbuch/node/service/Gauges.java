package org.hauptbuch.node.service;

import java.util.SortedMap;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.node.NodeStatus;

/** What a node's figures show beside its counters: where it stands now. */
final class Gauges {
    private Gauges() {}

    /** Adds the gauges to {@code figures}, and returns it. */
    static SortedMap<String, Long> beside(
            SortedMap<String, Long> figures, NodeStatus status, long evidencePending, long loopWaiting) {
        figures.put("running", status.running() ? 1L : 0L);
        figures.put("signing", status.signing() ? 1L : 0L);
        figures.put("halted", status.halt().isPresent() ? 1L : 0L);
        figures.put("height", status.height());
        figures.put("round", (long) status.round());
        figures.put("finalizedHeight", status.finalizedHeight());
        figures.put("finalizedTimeMillis", status.finalizedTimeMillis());
        figures.put("epoch", status.epoch());
        figures.put("peers", (long) status.peers().size());
        figures.put(
                "strangers",
                status.peers().stream()
                        .filter(peer -> peer.startsWith(Links.STRANGER))
                        .count());
        figures.put("poolTransactions", (long) status.poolTransactions());
        figures.put("evidencePending", evidencePending);
        figures.put("loopWaiting", loopWaiting);
        return figures;
    }
}
