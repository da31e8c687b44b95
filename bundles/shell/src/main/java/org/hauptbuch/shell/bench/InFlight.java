package org.hauptbuch.shell.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Hash;

/** Transfers that were submitted to one node, until that node has them final. Thread-safe. */
final class InFlight {
    private final Map<Hash, Long> submitted = new ConcurrentHashMap<>();
    private final AtomicLong finalized = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Latencies measured = new Latencies();
    private volatile long from = Long.MAX_VALUE;
    private volatile long until = Long.MAX_VALUE;

    /** Measures what becomes final between two {@link System#nanoTime()}s. */
    void measure(long begin, long end) {
        until = end;
        from = begin;
    }

    void submitting(Hash id, long now) {
        submitted.put(id, now);
    }

    void refused(Hash id) {
        submitted.remove(id);
    }

    int size() {
        return submitted.size();
    }

    /** Takes a final block. @return the latency that one in a hundred of its transfers exceeded; -1: none is ours */
    long block(FinalBlock block) {
        Latencies ofBlock = new Latencies();
        for (Receipt receipt : block.receipts()) {
            Long sent = submitted.remove(receipt.transaction());
            if (sent == null) {
                continue;
            }
            long latency = block.nanoTime() - sent;
            ofBlock.add(latency);
            if (block.nanoTime() - from >= 0 && block.nanoTime() - until < 0 && from != Long.MAX_VALUE) {
                measured.add(latency);
                finalized.incrementAndGet();
                if (!receipt.succeeded()) {
                    failed.incrementAndGet();
                }
            }
        }
        return ofBlock.count() == 0 ? -1 : ofBlock.percentile(99);
    }

    long finalized() {
        return finalized.get();
    }

    long failed() {
        return failed.get();
    }

    void measuredInto(Latencies all) {
        measured.copyInto(all);
    }
}
