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
     * @return whether there was room for it; false makes the link stop reading from this peer until
     *     {@link #ready()} is true
     */
    boolean received(String peer, Bytes message);

    /** Whether there is room again after a false from {@link #received}. */
    boolean ready();
}
