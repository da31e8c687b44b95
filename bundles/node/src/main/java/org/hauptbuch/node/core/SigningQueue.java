package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.node.signer.SignerFault;

/**
 * What a height wants signed, in its order. While the signer is away it waits, as if the network were slow: a vote that
 * was left out would never be cast, because the machine has counted on it, and then enough validators whose signers were
 * away for a moment could leave a height undecided for ever. Belongs to the loop.
 */
final class SigningQueue {
    private static final long RETRY_MILLIS = 250;

    private final Environment environment;
    private final Consumer<Runnable> step;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private Cancellable retry = () -> {};

    /** @param step runs a task as a step of the height */
    SigningQueue(Environment environment, Consumer<Runnable> step) {
        this.environment = environment;
        this.step = step;
    }

    /** Runs {@code task} now, or after what waits. It may fail because the signer is away, and is run again then. */
    void run(Runnable task) {
        boolean isFirst = waiting.isEmpty();
        if (!isFirst || !isDone(task)) {
            waiting.add(task);
            if (isFirst) {
                arm();
            }
        }
    }

    /** Forgets what waits. */
    void close() {
        waiting.clear();
        retry.cancel();
    }

    private void arm() {
        retry = environment.arm(RETRY_MILLIS, () -> step.accept(this::again));
    }

    private void again() {
        while (!waiting.isEmpty() && isDone(waiting.peek())) {
            waiting.poll();
        }
        if (!waiting.isEmpty()) {
            arm();
        }
    }

    private static boolean isDone(Runnable task) {
        try {
            task.run();
            return true;
        } catch (PoSException failure) {
            if (SignerFault.isAway(failure)) {
                return false;
            }
            throw failure;
        }
    }
}
