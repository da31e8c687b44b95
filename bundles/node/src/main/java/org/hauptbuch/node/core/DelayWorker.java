package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.node.block.BlockContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates what the epoch's delay is, in the background, until this node has it or a block brought it. What was done is
 * not kept: after a restart it begins again, and if that is too late, another validator's output or a stretched seed
 * takes its place. Belongs to the loop, but for {@link #progress}.
 */
final class DelayWorker {
    private static final Logger LOG = LoggerFactory.getLogger(DelayWorker.class);

    /** From so many iterations on, the proof alone takes a second or more: it is made in segments. */
    private static final long LONG = 1L << 20;

    private static final int SEGMENTS_OF_LONG = 4;

    private final String name;
    private final Environment environment;
    private final DelayFunction delay;
    private final Optional<PublicKey> key;
    private volatile Work current;
    private Optional<DelayTask> prepared = Optional.empty();

    /** One evaluation. */
    private static final class Work {
        private final DelayTask task;
        private volatile boolean cancelled;
        private volatile long done;
        private volatile Bytes result = Bytes.EMPTY;

        private Work(DelayTask task) {
            this.task = task;
        }
    }

    /** A worker for the validator with {@code key}, or for a node that only verifies. */
    DelayWorker(String name, Environment environment, DelayFunction delay, Optional<PublicKey> key) {
        this.name = name;
        this.environment = environment;
        this.delay = delay;
        this.key = key;
    }

    /** The next block is that of {@code context}: evaluates the epoch's delay where its turn came before an output did. */
    void follow(BlockContext context) {
        Optional<DelayTask> wanted = context.delay().filter(EpochDelay::isDue).map(EpochDelay::task);
        if (current != null && wanted.filter(current.task::equals).isEmpty()) {
            stop();
        }
        if (wanted.isEmpty() || context.height() == context.parameters().firstHeight(context.epoch())) {
            return;
        }
        if (current == null && isTurn(context)) {
            begin(wanted.get());
        } else if (!wanted.equals(prepared)) {
            // the loop will verify an output with half of the work behind it; where this fails, it does all of it
            environment.background(
                    () -> {
                        delay.prepare(wanted.get());
                        return true;
                    },
                    result ->
                            result.error().ifPresent(e -> LOG.debug("{}: the epoch's delay is not prepared", name, e)));
        }
        prepared = wanted;
    }

    /**
     * A validator evaluates from the epoch's second block on or later, within the first half, by a place that changes
     * with every epoch: an epoch's first block has enough to do, and where the delay is short, who comes later finds the
     * output in a block.
     */
    private boolean isTurn(BlockContext context) {
        List<Member> validators = context.validators().members();
        for (int i = 0; i < validators.size(); i++) {
            if (key.equals(Optional.of(validators.get(i).key()))) {
                long place = (i + context.epoch()) % validators.size();
                long half = context.parameters().epochLength() / 2;
                long first = context.parameters().firstHeight(context.epoch());
                return context.height() > first + place * half / validators.size();
            }
        }
        return false;
    }

    /** Ends what runs. */
    void stop() {
        if (current != null) {
            current.cancelled = true;
            current = null;
        }
    }

    /** Output and proof of {@code due} for a block to bring; empty where they are not there, or not due. */
    Bytes ready(Optional<EpochDelay> due) {
        Work work = current;
        return work != null
                        && due.filter(EpochDelay::isDue)
                                .map(EpochDelay::task)
                                .filter(work.task::equals)
                                .isPresent()
                ? work.result
                : Bytes.EMPTY;
    }

    /** How far it is; empty where it evaluates nothing. From any thread. */
    Optional<DelayProgress> progress() {
        return Optional.ofNullable(current)
                .map(work -> new DelayProgress(work.task, work.done, work.result.length() > 0));
    }

    private void begin(DelayTask task) {
        Work work = new Work(task);
        current = work;
        int segments = task.iterations() < LONG ? 1 : SEGMENTS_OF_LONG;
        environment.background(() -> evaluate(work, segments), result -> {
            if (work.cancelled) {
                return;
            }
            if (result.failure() == null) {
                work.result = result.get().joined();
            } else if (!(result.failure() instanceof CancellationException)) {
                LOG.warn(
                        "{}: the delay of this epoch could not be evaluated: {}",
                        name,
                        result.failure().toString());
            }
        });
    }

    private DelayResult evaluate(Work work, int segments) {
        return delay.evaluate(work.task, segments, done -> {
            work.done = done;
            return !work.cancelled && !Thread.currentThread().isInterrupted();
        });
    }
}
