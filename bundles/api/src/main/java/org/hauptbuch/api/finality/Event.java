package org.hauptbuch.api.finality;

import org.hauptbuch.api.value.Hash;

/** What happens to a machine. */
public sealed interface Event {
    /**
     * A message came, from a peer or from this node itself; its signatures are right.
     *
     * @param message which
     */
    record Received(Message message) implements Event {}

    /**
     * A timer ran out.
     *
     * @param timer which, as it was armed
     */
    record TimedOut(Timer timer) implements Event {}

    /**
     * The answer to {@link Action.Judge}.
     *
     * @param block which block
     * @param valid whether executing it gives what its header says
     */
    record Judged(Hash block, boolean valid) implements Event {}
}
