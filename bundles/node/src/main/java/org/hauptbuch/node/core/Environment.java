package org.hauptbuch.node.core;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * All that a {@link NodeCore} needs from the world: time, timers, links and a place for work off its loop. Everything
 * is called on the loop, except {@link #post}. What is armed, posted or answered runs on the loop, never within the
 * call that asked for it.
 */
@ConsumerType
public interface Environment {
    /** Milliseconds since 1970: what goes into block headers. */
    long wallMillis();

    /** Nanoseconds from an arbitrary start, never going back: what delays are measured with. */
    long nanoTime();

    /** Runs {@code task} on the loop after {@code delayMillis}, 0 or more. */
    Cancellable arm(long delayMillis, Runnable task);

    /** Runs {@code task} on the loop soon. From any thread. */
    void post(Runnable task);

    /** Sends to one peer; lost where it is not connected. Never blocks. */
    void send(String peer, Bytes message);

    /** Sends to every connected peer. Never blocks. */
    void broadcast(Bytes message);

    /** The bytes of the rule jar with this digest, kept on this machine. From any thread; may read a disk. */
    default Optional<Bytes> jar(Hash digest) {
        return Optional.empty();
    }

    /**
     * Keeps a rule jar whose digest the chain names, and makes its rules available. From any thread; may take seconds.
     *
     * @throws org.hauptbuch.api.error.PoSException where it is refused, in one line
     */
    default void keepJar(Bytes jar, String source) {
        throw new UnsupportedOperationException("this node keeps no jars");
    }

    /** Hangs up on a peer and has no link with it for so long. Where there are no links, nothing is to be done. */
    default void ban(String peer, long millis) {}

    /**
     * Does {@code work}, mostly the verifying of signatures, off the loop, and hands the result to {@code then} on the
     * loop. The work reads nothing that the loop changes.
     */
    <T> void verify(Callable<T> work, Consumer<Result<T>> then);

    /**
     * Runs {@code work}, which calls rules and changes nothing, and waits for it. On the loop and in {@link #verify}.
     *
     * @throws org.hauptbuch.node.block.RuleOverrun where it takes longer than this node allows
     */
    default <T> T limited(Supplier<T> work) {
        return work.get();
    }

    /** As {@link #verify}, for work of seconds or minutes that gives way to everything else; one after the other. */
    default <T> void background(Callable<T> work, Consumer<Result<T>> then) {
        verifyLater(work, then);
    }

    /** As {@link #verify}, for work that gives way to it: transactions must not keep votes waiting. */
    default <T> void verifyLater(Callable<T> work, Consumer<Result<T>> then) {
        verify(work, then);
    }
}
