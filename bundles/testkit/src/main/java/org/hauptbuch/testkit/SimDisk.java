package org.hauptbuch.testkit;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/**
 * What survives a crash: the commits that a store acknowledged, and of the commit under way all or nothing. Each life
 * of a node mounts it anew; a handle of an earlier life is dead.
 */
public final class SimDisk {
    private enum Cut {
        NONE,
        BEFORE,
        AFTER
    }

    private final Store durable;
    private Mounted mounted;
    private Cut cut = Cut.NONE;
    private Predicate<Batch> cutAt = batch -> true;
    private boolean keepsUndo;
    private Batch undo = new Batch();
    private long commits;

    /** A disk on an empty store, which nobody else uses. */
    public SimDisk(Store durable) {
        this.durable = durable;
    }

    /** What is on the disk now, for those who only look. */
    public Store contents() {
        return durable;
    }

    /** The number of commits so far. */
    public long commits() {
        return commits;
    }

    /**
     * At the next commit the power goes: before it is on the disk, or after and before anybody hears of it. The first
     * node to commit a final block always loses it, for nobody else could tell what it was.
     */
    public void cutPowerAtNextCommit(boolean afterIt) {
        cutPowerAt(batch -> true, afterIt);
    }

    /** The same, at the next commit that is {@code which}. */
    public void cutPowerAt(Predicate<Batch> which, boolean afterIt) {
        cutAt = which;
        cut = afterIt ? Cut.AFTER : Cut.BEFORE;
    }

    /** The power stays on after all. */
    public void keepPower() {
        cut = Cut.NONE;
    }

    /** From now on the disk can {@link #loseLastCommit()}. */
    public void remembersLastCommit() {
        keepsUndo = true;
    }

    /**
     * Takes back the last commit although it was acknowledged, as no store may: for tests that show that the checks
     * find what follows.
     */
    public void loseLastCommit() {
        durable.commit(undo);
        undo = new Batch();
    }

    Store mount(Consumer<Batch> onDurable, Predicate<Batch> mayCutAfter) {
        unmount();
        cut = Cut.NONE;
        mounted = new Mounted(onDurable, mayCutAfter);
        return mounted;
    }

    void unmount() {
        if (mounted != null) {
            mounted.close();
            mounted = null;
        }
    }

    private void commit(Batch batch, Mounted by) {
        boolean cuts = cut != Cut.NONE && cutAt.test(batch);
        if (cuts && (cut == Cut.BEFORE || !by.mayCutAfter.test(batch))) {
            throw new PowerCut();
        }
        if (keepsUndo) {
            undo = undoOf(batch);
        }
        durable.commit(batch);
        commits++;
        by.onDurable.accept(batch);
        if (cuts) {
            throw new PowerCut();
        }
    }

    private Batch undoOf(Batch batch) {
        Batch before = new Batch();
        for (Batch.Change change : batch.changes()) {
            durable.get(change.space(), change.key())
                    .ifPresentOrElse(
                            value -> before.put(change.space(), change.key(), value),
                            () -> before.remove(change.space(), change.key()));
        }
        return before;
    }

    private final class Mounted implements Store {
        private final Consumer<Batch> onDurable;
        private final Predicate<Batch> mayCutAfter;
        private boolean closed;

        Mounted(Consumer<Batch> onDurable, Predicate<Batch> mayCutAfter) {
            this.onDurable = onDurable;
            this.mayCutAfter = mayCutAfter;
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            checkOpen();
            return durable.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes prefix, Visitor visitor) {
            checkOpen();
            durable.scan(space, prefix, visitor);
        }

        @Override
        public Optional<View> view() {
            checkOpen();
            return durable.view();
        }

        @Override
        public void commit(Batch batch) {
            checkOpen();
            SimDisk.this.commit(batch, this);
        }

        @Override
        public void close() {
            closed = true;
        }

        private void checkOpen() {
            if (closed) {
                throw new SimulationFailure("a node that has crashed uses its disk");
            }
        }
    }
}
