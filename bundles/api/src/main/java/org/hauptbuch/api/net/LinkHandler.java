package org.hauptbuch.api.net;

import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears from the links. Called on network threads: must only post and return. */
@ConsumerType
public interface LinkHandler {
    /** A peer proved who it is and can be sent to. */
    void connected(String peer);

    /** A peer is gone. */
    void disconnected(String peer);

    /**
     * A message came.
     *
     * @return whether it was taken; false means that there is no room: the link keeps the message, stops reading from
     *     this peer, and hands the same message over again, in order, once {@link #ready()} is true
     */
    boolean received(String peer, Bytes message);

    /** Whether there is room again after a false from {@link #received}. */
    boolean ready();
}
