package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;

/**
 * Brings jars into the framework by digest, beside what runs, and takes them out again. A refused jar leaves nothing
 * behind. Thread-safe.
 */
public final class Staging implements RuleStage {
    private final JarStore store;
    private final BundleHost host;
    private final RuleCatalogue catalogue;
    private final Report report;

    /** Stages into {@code host} what it keeps in {@code store}. */
    public Staging(JarStore store, BundleHost host, RuleCatalogue catalogue, Report report) {
        this.store = store;
        this.host = host;
        this.catalogue = catalogue;
        this.report = report;
    }

    /** Stages a jar; one whose bytes are here already is left as it is. @return its digest */
    synchronized Hash stage(byte[] jar) throws RefusedException {
        JarCheck.Claim claim = JarCheck.read(jar);
        Hash digest = Hash.sha256(jar);
        Optional<BundleHost.Resident> resident = host.resident(digest);
        if (resident.isPresent()) {
            resident.get().start();
            return digest;
        }
        if (catalogue.available().stream().anyMatch(e -> e.digest().equals(digest))) {
            // part of the distribution
            return digest;
        }
        refuseOtherBytes(claim, digest);
        boolean kept = store.has(digest);
        store.keep(digest, jar);
        try {
            install(digest);
        } catch (RefusedException e) {
            if (!kept) {
                forget(digest);
            }
            throw e;
        }
        return digest;
    }

    /**
     * Takes a staged jar out of the framework; the store keeps its bytes, for a chain that still names them.
     *
     * @return whether it was in; a jar of the distribution with the same bytes stays
     */
    synchronized boolean unstage(Hash digest) {
        Optional<BundleHost.Resident> resident = host.resident(digest);
        resident.ifPresent(BundleHost.Resident::uninstall);
        return resident.isPresent();
    }

    /** The rules of this jar that are available, for people; empty where there is none. */
    String availableOf(Hash digest) {
        return catalogue.available().stream()
                .filter(e -> e.digest().equals(digest))
                .map(e -> e.id() + " " + e.version())
                .collect(Collectors.joining(", "));
    }

    @Override
    public synchronized boolean ensure(RuleRef ref) {
        if (catalogue.find(ref).isPresent()) {
            return true;
        }
        Hash digest = ref.digest();
        try {
            Optional<BundleHost.Resident> resident = host.resident(digest);
            if (resident.isPresent()) {
                resident.get().start();
                return true;
            }
            if (!store.has(digest)) {
                return false;
            }
            store.verify(digest);
            // the chain names these bytes: that others have the same id and version is of no matter to it
            install(digest);
            report.info("The chain needs " + ref.describe() + ": installed from the jars that are kept");
            return true;
        } catch (RefusedException e) {
            report.warn("The chain needs " + ref.describe() + ", but the jar " + e.getMessage());
            return false;
        }
    }

    private void install(Hash digest) throws RefusedException {
        BundleHost.Resident bundle = host.install(digest, store.path(digest));
        try {
            bundle.start();
        } catch (RefusedException e) {
            bundle.uninstall();
            throw e;
        }
    }

    private void refuseOtherBytes(JarCheck.Claim claim, Hash digest) throws RefusedException {
        for (RuleCatalogue.Entry e : catalogue.available()) {
            if (claim.rules().contains(e.id()) && claim.version().equals(e.version())) {
                throw new RefusedException("is refused by digest: rule " + e.id() + " " + e.version()
                        + " is here with other bytes (SHA-256 " + e.digest() + ", from " + e.source()
                        + "; this jar has SHA-256 " + digest + "): a changed rule needs a new Bundle-Version");
            }
        }
    }

    private void forget(Hash digest) {
        try {
            store.forget(digest);
        } catch (IOException e) {
            report.warn("The refused jar " + store.path(digest) + " could not be deleted: " + e);
        }
    }
}
