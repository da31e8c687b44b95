package org.hauptbuch.light;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Somebody who has the chain, or says so. Nothing of it is trusted. */
@ConsumerType
public interface Provider {
    /** Its name, for people. */
    String name();

    /** What it has of {@code height}; empty where it has nothing. */
    Optional<LightBlock> at(long height);
}
