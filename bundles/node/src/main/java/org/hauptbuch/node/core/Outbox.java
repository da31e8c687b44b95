package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.wire.WireMessage;

/**
 * What leaves at the end of a step of the loop: after the records of all that was signed in the step are durable, by
 * one synced write for all of them.
 */
final class Outbox {
    private final Environment environment;
    private final Optional<SigningGuard> guard;
    private final Metrics metrics;
    private final List<Outgoing> waiting = new ArrayList<>();
    private boolean signing = true;

    private record Outgoing(Optional<String> peer, Bytes message) {}

    Outbox(Environment environment, Optional<SigningGuard> guard, Metrics metrics) {
        this.environment = environment;
        this.guard = guard;
        this.metrics = metrics;
    }

    void send(String peer, WireMessage message) {
        waiting.add(new Outgoing(Optional.of(peer), message.encode()));
    }

    void broadcast(WireMessage message) {
        waiting.add(new Outgoing(Optional.empty(), message.encode()));
    }

    void flush() {
        if (signing) {
            guard.ifPresent(SigningGuard::flush);
        }
        for (Outgoing outgoing : waiting) {
            metrics.count(Metric.MESSAGES_SENT);
            metrics.add(Metric.BYTES_SENT, outgoing.message.length());
            outgoing.peer.ifPresentOrElse(
                    peer -> environment.send(peer, outgoing.message), () -> environment.broadcast(outgoing.message));
        }
        waiting.clear();
    }

    /**
     * Drops what waits, because the step that wrote it failed or the node halts. Until {@link #resume()} only answers
     * leave; records of what was signed and did not leave wait for it.
     */
    void discard() {
        waiting.clear();
        signing = false;
    }

    /** The node signs again. */
    void resume() {
        signing = true;
    }
}
