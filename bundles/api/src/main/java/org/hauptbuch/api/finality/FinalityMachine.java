package org.hauptbuch.api.finality;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One height of a protocol, without I/O: events in, actions out. It starts no thread, reads no clock and verifies no
 * signature. Not thread-safe: the node's loop owns it. The same object runs in the node, in the simulator and in a
 * unit test.
 */
@ConsumerType
public interface FinalityMachine {
    /** Begins the height, or resumes it from the journal. */
    List<Action> begin();

    /** Takes one event. Events of other heights and repeated ones change nothing. */
    List<Action> on(Event event);

    /** The round that it is in. */
    int round();

    /** What it is waiting for, in the protocol's words, for people. */
    String step();

    /** Everything that a peer which lags behind at this height needs, oldest first. */
    List<Message> known();
}
