package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.wire.WireMessage;

/** Messages of peers that are a moment ahead, kept until their height begins here. Belongs to the loop. */
final class FutureMessages {
    private static final int MAX_OF_ONE_PEER = 256;
    private static final long MAX_BYTES_OF_ONE_PEER = 64L << 20;

    private final Metrics metrics;
    private final Map<String, long[]> held = new HashMap<>();
    private List<Entry> entries = new ArrayList<>();

    /**
     * A message that came early.
     *
     * @param peer whose
     * @param height what it is about
     * @param message the message
     * @param bytes its size
     */
    record Entry(String peer, long height, WireMessage message, int bytes) {}

    FutureMessages(Metrics metrics) {
        this.metrics = metrics;
    }

    void add(String peer, long height, WireMessage message, int bytes) {
        long[] counts = held.computeIfAbsent(peer, unused -> new long[2]);
        int part = Peers.isStranger(peer) ? Peers.STRANGERS_PART : 1;
        if (counts[0] >= MAX_OF_ONE_PEER / part || counts[1] + bytes > MAX_BYTES_OF_ONE_PEER / part) {
            metrics.count(Metric.MESSAGES_DROPPED);
            return;
        }
        counts[0]++;
        counts[1] += bytes;
        entries.add(new Entry(peer, height, message, bytes));
    }

    /** What came for {@code height}, in the order of arrival; what is older is forgotten. */
    List<Entry> take(long height) {
        List<Entry> all = entries;
        entries = new ArrayList<>();
        held.clear();
        List<Entry> due = new ArrayList<>();
        for (Entry entry : all) {
            if (entry.height == height) {
                due.add(entry);
            } else if (entry.height > height) {
                add(entry.peer, entry.height, entry.message, entry.bytes);
            }
        }
        return due;
    }
}
