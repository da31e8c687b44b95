package org.hauptbuch.rules.staging;

import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;

/** What staging needs of the framework. */
public interface BundleHost {
    /** The staged bundle with this digest, if it is installed. */
    Optional<Resident> resident(Hash digest);

    /**
     * Installs a jar beside what is there; it is not resolved yet and no other bundle is touched.
     *
     * @throws RefusedException where the framework takes it for no bundle
     */
    Resident install(Hash digest, Path jar) throws RefusedException;

    /** A staged bundle. */
    interface Resident {
        /**
         * Resolves and starts it; nothing happens where it runs.
         *
         * @throws RefusedException where it does not resolve or start, saying why
         */
        void start() throws RefusedException;

        /** Takes it out of the framework; nothing happens where it is gone. */
        void uninstall();
    }
}
