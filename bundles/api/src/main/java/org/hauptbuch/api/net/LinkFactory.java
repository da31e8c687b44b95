package org.hauptbuch.api.net;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes a node's links. */
@ConsumerType
public interface LinkFactory {
    /**
     * Binds, then keeps dialling the peers until {@link Links#close()}. Returns once the port is bound.
     *
     * @throws java.io.UncheckedIOException where the port cannot be bound; the message names host and port
     */
    Links open(LinkConfig config, LinkHandler handler);
}
