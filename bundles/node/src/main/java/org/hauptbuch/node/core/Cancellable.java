package org.hauptbuch.node.core;

import org.osgi.annotation.versioning.ConsumerType;

/** Something that was asked for and need not happen any more. */
@ConsumerType
@FunctionalInterface
public interface Cancellable {
    /** Makes it not happen; nothing changes where it has happened or was cancelled. Called on the loop. */
    void cancel();
}
