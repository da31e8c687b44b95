package org.hauptbuch.rules.osgi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.staging.BundleHost;
import org.hauptbuch.rules.staging.RefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework that this bundle runs in. Only what was staged is ever started or uninstalled; nothing is refreshed. */
final class FrameworkHost implements BundleHost {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);

    private final BundleContext context;
    private final BundleDigest jars;

    FrameworkHost(BundleContext context) {
        this.context = context;
        this.jars = new BundleDigest(Home.rules(context).map(Home::store));
    }

    @Override
    public Optional<Resident> resident(Hash digest) {
        return Optional.ofNullable(context.getBundle(StagedLocation.of(digest))).map(this::resident);
    }

    @Override
    public List<Hash> residents() {
        List<Hash> digests = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            StagedLocation.digestOf(bundle.getLocation()).ifPresent(digests::add);
        }
        return digests;
    }

    @Override
    public List<Export> exports() {
        List<Export> exports = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            for (BundleCapability c : packages(bundle)) {
                exports.add(new Export((String) c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE), (Version)
                        c.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)));
            }
        }
        return exports;
    }

    private static List<BundleCapability> packages(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null) {
            return wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
        }
        // not resolved yet: it would be, for whoever needs it
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? List.of() : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
    }

    @Override
    public byte[] read(String location) throws IOException {
        return jars.read(location, RuleStaging.MAX_JAR_BYTES + 1);
    }

    @Override
    public Resident install(Hash digest, byte[] jar) throws RefusedException {
        try {
            return resident(context.installBundle(StagedLocation.of(digest), new ByteArrayInputStream(jar)));
        } catch (BundleException e) {
            throw new RefusedException("cannot be installed: " + e.getMessage(), e);
        }
    }

    private Resident resident(Bundle bundle) {
        return new Staged(bundle, context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class));
    }

    private record Staged(Bundle bundle, FrameworkWiring wiring) implements Resident {
        @Override
        public void start() throws RefusedException {
            try {
                // transient: after a restart of the framework, its jar is looked at before it starts again
                bundle.start(Bundle.START_TRANSIENT);
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
            if (wiring.getRemovalPendingBundles().contains(bundle)) {
                // Felix lets go of it with the last of them; a refresh would restart them
                LOG.warn(
                        "{} is out, but its classes stay for as long as these use its packages: {}",
                        bundle,
                        wiring.getDependencyClosure(Set.of(bundle)).stream()
                                .filter(user -> user.getState() != Bundle.UNINSTALLED)
                                .toList());
            }
        }
    }
}
