package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;

/**
 * One evaluation: squarings in the calling thread, and the proofs of the segments that are behind in one other, which
 * ends with it.
 */
final class Evaluation {
    /** Squarings between two questions whether to go on: two milliseconds at 1,024 bits, eight at 4,096. */
    private static final int PATIENCE = 64;

    private final BigInteger prime;
    private final DelayTask task;
    private final int segments;
    private final DelayWatch watch;
    private final ClassGroup group;
    private volatile boolean cancelled;

    /** A segment that is behind: where it ended, and its proof. */
    private record Behind(Form end, Future<Form> proof) {}

    Evaluation(BigInteger prime, DelayTask task, int segments, DelayWatch watch) {
        this.prime = prime;
        this.task = task;
        this.segments = segments;
        this.watch = watch;
        this.group = new ClassGroup(prime);
    }

    /** Output and proof. */
    DelayResult run() {
        if (segments == 1) {
            Form begin = group.generator();
            Checkpoints kept = new Checkpoints(task.iterations());
            Form end = walk(begin, kept, 0, task.iterations());
            return new DelayResult(bytes(end), bytes(prove(group, kept, begin, end, this::ask)));
        }
        ExecutorService prover = Executors.newSingleThreadExecutor(Evaluation::thread);
        try {
            return runInSegments(prover);
        } finally {
            cancelled = true;
            prover.shutdown();
        }
    }

    private DelayResult runInSegments(ExecutorService prover) {
        long[] lengths = Segments.lengths(task.iterations(), segments);
        List<Behind> behind = new ArrayList<>();
        Form begin = group.generator();
        long done = 0;
        for (int i = 0; i < segments - 1; i++) {
            Form from = begin;
            Checkpoints kept = new Checkpoints(lengths[i]);
            Form to = walk(from, kept, done, lengths[i]);
            behind.add(new Behind(
                    to, prover.submit(() -> prove(new ClassGroup(prime), kept, from, to, this::stopIfCancelled))));
            begin = to;
            done += lengths[i];
        }
        Checkpoints kept = new Checkpoints(lengths[segments - 1]);
        Form end = walk(begin, kept, done, lengths[segments - 1]);
        Form last = prove(group, kept, begin, end, this::ask);
        return new DelayResult(bytes(end), join(behind, last));
    }

    /** Squares {@code length} times, and leaves what a proof needs in {@code kept}. */
    private Form walk(Form begin, Checkpoints kept, long before, long length) {
        Form form = begin;
        for (long i = 0; i < length; i++) {
            kept.pass(i, form);
            form = group.square(form);
            if (i % PATIENCE == 0) {
                ask(before + i);
            }
        }
        return form;
    }

    private static Form prove(ClassGroup group, Checkpoints kept, Form from, Form to, Runnable watch) {
        return kept.prove(group, Challenge.of(group.encode(from), group.encode(to)), watch);
    }

    private void ask() {
        ask(task.iterations());
    }

    private void ask(long done) {
        if (!watch.goesOn(done)) {
            throw new CancellationException("the evaluation was ended after " + done + " iterations");
        }
    }

    private void stopIfCancelled() {
        if (cancelled) {
            throw new CancellationException("the evaluation was ended");
        }
    }

    private Bytes join(List<Behind> behind, Form last) {
        int width = task.formBytes();
        byte[] proof = new byte[task.proofBytes(segments)];
        int at = 0;
        for (Behind segment : behind) {
            System.arraycopy(group.encode(segment.end()), 0, proof, at, width);
            System.arraycopy(group.encode(await(segment.proof())), 0, proof, at + width, width);
            at += 2 * width;
        }
        System.arraycopy(group.encode(last), 0, proof, at, width);
        return Bytes.of(proof);
    }

    private Form await(Future<Form> proof) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return proof.get(2, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    ask();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the proof of a segment failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Bytes bytes(Form form) {
        return Bytes.of(group.encode(form));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "delay-proof");
        thread.setDaemon(true);
        thread.setPriority(Thread.currentThread().getPriority());
        return thread;
    }
}
