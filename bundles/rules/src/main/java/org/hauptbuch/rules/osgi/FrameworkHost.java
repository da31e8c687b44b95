package org.hauptbuch.rules.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.staging.BundleHost;
import org.hauptbuch.rules.staging.RefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework that this bundle runs in. It is asked to install, start and uninstall; never to refresh. */
final class FrameworkHost implements BundleHost {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);

    private final BundleContext context;

    FrameworkHost(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<Resident> resident(Hash digest) {
        return Optional.ofNullable(context.getBundle(StagedLocation.of(digest))).map(Staged::new);
    }

    @Override
    public Resident install(Hash digest, Path jar) throws RefusedException {
        try (InputStream in = Files.newInputStream(jar)) {
            return new Staged(context.installBundle(StagedLocation.of(digest), in));
        } catch (BundleException e) {
            throw new RefusedException("cannot be installed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RefusedException("cannot be read from " + jar + ": " + e, e);
        }
    }

    private record Staged(Bundle bundle) implements Resident {
        @Override
        public void start() throws RefusedException {
            try {
                bundle.start();
            } catch (BundleException e) {
                String what = e.getType() == BundleException.RESOLVE_ERROR ? "cannot be resolved" : "does not start";
                throw new RefusedException(what + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void uninstall() {
            try {
                bundle.uninstall();
            } catch (BundleException | IllegalStateException e) {
                // the framework takes a bundle out even where stopping it fails; gone already is what was asked for
                LOG.debug("{} made trouble while it was uninstalled", bundle, e);
            }
        }
    }
}
