package org.hauptbuch.node.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.Tip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of the state at checkpoints by schedule, and removes old ones. The store keeps only the latest state, so
 * a copy is read from a view of the moment in which the checkpoint became final: taking the view costs nothing, reading
 * it is done off the loop, and what the loop does is one commit of a quarter of a megabyte at a time, with a pause
 * between two of them. Belongs to the loop.
 */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    /** A quarter of a megabyte in so long: about 12 MB a second at the most. */
    private static final long PAUSE_MILLIS = 20;

    /** A copy that a peer asked for so lately is not removed under it... */
    private static final long LEASE_NANOS = 120_000_000_000L;

    /** ...unless there are so many times more than are to be kept. */
    private static final int MOST_LEASED = 2;

    private final Parts parts;
    private final SnapshotStore store;
    private final HistoryPolicy policy;
    private final ChainParameters parameters;
    private final Map<Long, Long> lastServed = new TreeMap<>();
    private Job job;
    private boolean tidying;

    private static final class Job {
        private final Tip tip;
        private final Store.View view;
        private boolean pages;
        private Bytes cursor = Bytes.EMPTY;
        private long entries;
        private long bytes;

        private Job(Tip tip, Store.View view) {
            this.tip = tip;
            this.view = view;
        }
    }

    Snapshots(Parts parts, SnapshotStore store, HistoryPolicy policy, ChainParameters parameters) {
        this.parts = parts;
        this.store = store;
        this.policy = policy;
        this.parameters = parameters;
    }

    /** Removes what a former life left unfinished. */
    void start() {
        tidy();
    }

    /** Lets go of the store. */
    void stop() {
        if (job != null) {
            job.view.close();
            job = null;
        }
    }

    /** A block is final: makes a copy of the state after it, if one is due. */
    void follow(Tip tip) {
        if (policy.snapshotEpochs() > 0
                && parameters.endsEpoch(tip.height())
                && (parameters.epochOf(tip.height()) + 1) % policy.snapshotEpochs() == 0) {
            make(tip);
        }
    }

    /** Makes a copy of the state, which is the one after {@code tip}. One at a time: what comes meanwhile has none. */
    void make(Tip tip) {
        if (job != null
                || policy.snapshotEpochs() == 0
                || store.at(tip.height()).isPresent()) {
            return;
        }
        Optional<Store.View> view = store.store().view();
        if (view.isEmpty()) {
            LOG.warn("{}: its store cannot be read while it is written, no snapshot is made", parts.name());
            return;
        }
        store.store().commit(SnapshotStore.begin(tip.height()));
        job = new Job(tip, view.get());
        step(job);
    }

    /** A peer reads the copy at {@code height}. */
    void served(long height) {
        lastServed.put(height, parts.environment().nanoTime());
    }

    private void step(Job current) {
        boolean pages = current.pages;
        Bytes from = current.cursor;
        parts.environment()
                .verifyLater(
                        () -> pages
                                ? SnapshotStore.copyPages(current.view, current.tip.height(), from)
                                : SnapshotStore.copyValues(current.view, current.tip.height(), from),
                        result -> {
                            if (job != current) {
                                return;
                            }
                            if (result.failure() != null) {
                                LOG.warn(
                                        "{}: no snapshot of block {}: {}",
                                        parts.name(),
                                        current.tip.height(),
                                        result.failure().getMessage());
                                stop();
                                tidy();
                                return;
                            }
                            store.store().commit(result.get().batch());
                            advance(current, result.get());
                        });
    }

    private void advance(Job current, SnapshotStore.Step step) {
        if (!current.pages) {
            current.entries += step.entries();
            current.bytes += step.bytes();
        }
        if (step.next().isEmpty() && current.pages) {
            finish(current);
            return;
        }
        current.pages |= step.next().isEmpty();
        current.cursor = step.next().orElse(Bytes.EMPTY);
        parts.environment().arm(PAUSE_MILLIS, () -> {
            if (job == current) {
                step(current);
            }
        });
    }

    private void finish(Job current) {
        Tip tip = current.tip;
        store.store()
                .commit(SnapshotStore.finish(new SnapshotStore.Info(
                        tip.height(), tip.hash(), tip.stateRoot(), current.entries, current.bytes)));
        stop();
        LOG.info(
                "{}: snapshot of block {}: {} entries, {} bytes; a new node begins there with checkpoint {}:{}",
                parts.name(),
                tip.height(),
                current.entries,
                current.bytes,
                tip.height(),
                tip.hash());
        tidy();
    }

    /** Removes what is not to be kept, a step at a time. */
    private void tidy() {
        if (tidying) {
            return;
        }
        Optional<Long> old = toRemove();
        if (old.isEmpty()) {
            return;
        }
        tidying = true;
        long height = old.get();
        parts.environment().verifyLater(() -> store.removal(height), result -> {
            tidying = false;
            result.get().ifPresent(store.store()::commit);
            parts.environment().arm(PAUSE_MILLIS, this::tidy);
        });
    }

    private Optional<Long> toRemove() {
        Optional<Long> unfinished = store.unfinished().stream()
                .filter(height -> job == null || job.tip.height() != height)
                .findFirst();
        if (unfinished.isPresent()) {
            return unfinished;
        }
        List<SnapshotStore.Info> all = store.all();
        int keep = policy.snapshotEpochs() == 0 ? 0 : policy.snapshots();
        if (all.size() <= keep) {
            return Optional.empty();
        }
        long oldest = all.get(0).height();
        boolean leased = lastServed.containsKey(oldest)
                && parts.environment().nanoTime() - lastServed.get(oldest) < LEASE_NANOS
                && all.size() <= MOST_LEASED * keep;
        if (!leased) {
            lastServed.keySet().removeIf(height -> height <= oldest);
        }
        return leased ? Optional.empty() : Optional.of(oldest);
    }
}
