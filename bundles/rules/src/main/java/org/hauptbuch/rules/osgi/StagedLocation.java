package org.hauptbuch.rules.osgi;

import java.util.Optional;
import org.hauptbuch.api.value.Hash;

/** The locations of staged bundles: {@code hauptbuch-rule:} and the SHA-256 of the jar. */
final class StagedLocation {
    private static final String SCHEME = "hauptbuch-rule:";

    private StagedLocation() {}

    static String of(Hash digest) {
        return SCHEME + digest;
    }

    /** The digest in {@code location}, if it is one of ours. */
    static Optional<Hash> digestOf(String location) {
        if (!location.startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Hash.fromHex(location.substring(SCHEME.length())));
        } catch (IllegalArgumentException e) {
            // somebody else's bundle at a location like ours
            return Optional.empty();
        }
    }
}
