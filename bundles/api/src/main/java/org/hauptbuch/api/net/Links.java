package org.hauptbuch.api.net;

import java.util.Set;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** A node's links to its peers. Thread-safe; sending never blocks. */
@ConsumerType
public interface Links extends AutoCloseable {
    /** How the name of a peer begins that the configuration does not name; 12 hexadecimal digits of its key follow. */
    String STRANGER = "~";

    /** Sends to one peer; lost where it is not connected or its outgoing queue is full. */
    void send(String peer, Bytes message);

    /** Sends to every connected peer. */
    void broadcast(Bytes message);

    /** The names of the connected peers. */
    Set<String> connected();

    /**
     * Hangs up on a peer, and neither dials it nor lets its key in before {@code millis} have passed; of a stranger's
     * address, no other stranger either for a while. Kept in memory only; a later call counts instead of an earlier one.
     */
    void ban(String peer, long millis);

    /** Unbinds and hangs up. Returns when nothing more will be delivered. */
    @Override
    void close();
}
