package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;
import org.osgi.framework.Version;

/** What staging needs of the framework. */
public interface BundleHost {
    /** The staged bundle with this digest, if it is installed. */
    Optional<Resident> resident(Hash digest);

    /** All staged bundles that are installed, started or not, by their digests. */
    List<Hash> residents();

    /** The packages that can be imported here. */
    List<Export> exports();

    /**
     * The bytes that the bundle at {@code location} was installed from, at most one more than staging takes.
     *
     * @throws IOException where they cannot be had again
     */
    byte[] read(String location) throws IOException;

    /**
     * Installs a jar beside what is there; it is not resolved yet and no other bundle is touched.
     *
     * @param jar the bytes of {@code digest}
     * @throws RefusedException where the framework takes it for no bundle
     */
    Resident install(Hash digest, byte[] jar) throws RefusedException;

    /**
     * A package that somebody exports.
     *
     * @param name the package
     * @param version its version
     */
    record Export(String name, Version version) {}

    /** A staged bundle. */
    interface Resident {
        /**
         * Resolves and starts it; nothing happens where it runs. The framework does not start it again by itself when
         * it restarts: staging looks at the jar first.
         *
         * @throws RefusedException where it does not resolve or start, saying why
         */
        void start() throws RefusedException;

        /**
         * Takes it out of the framework, its class loader included as soon as nobody uses a class of it; no other
         * bundle is touched. Nothing happens where it is gone.
         */
        void uninstall();
    }
}
