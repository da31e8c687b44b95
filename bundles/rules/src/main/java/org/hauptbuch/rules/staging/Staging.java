package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;

/**
 * Brings jars into the framework by digest, beside what runs, and takes them out again. A refused jar leaves nothing
 * behind. Without a store nothing can be staged. Thread-safe.
 */
public final class Staging implements RuleStage {
    private final Optional<JarStore> store;
    private final BundleHost host;
    private final RuleCatalogue catalogue;
    private final Examiner examiner;
    private final Report report;

    /** Stages into {@code host} what it keeps in {@code store}, where {@code trust} permits. */
    public Staging(Optional<JarStore> store, BundleHost host, RuleCatalogue catalogue, Trust trust, Report report) {
        this.store = store;
        this.host = host;
        this.catalogue = catalogue;
        this.examiner = new Examiner(host, catalogue, trust);
        this.report = report;
    }

    @Override
    public JarReport examine(Bytes jar) {
        return examiner.examine(jar.toArray());
    }

    @Override
    public JarReport stage(Bytes jar, String source) {
        try {
            JarReport staged = stage(jar.toArray());
            report.info("Rule jar " + source + " is staged: " + String.join(", ", staged.rules()) + " "
                    + staged.version() + " (sha256 " + staged.digest().shortHex()
                    + "); it is used when the chain adopts it");
            return staged;
        } catch (RefusedException e) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule jar " + source + " " + e.getMessage(), e);
        }
    }

    /** Stages a jar; one whose bytes are here already is left as it is. @return what it is, without problems */
    synchronized JarReport stage(byte[] jar) throws RefusedException {
        JarReport examined = examiner.examine(jar);
        if (!examined.problems().isEmpty()) {
            throw new RefusedException(String.join("; ", examined.problems()));
        }
        Hash digest = examined.digest();
        Optional<BundleHost.Resident> resident = host.resident(digest);
        if (resident.isPresent()) {
            resident.get().start();
        } else if (!examiner.isOfDistribution(digest)) {
            JarStore kept = store();
            boolean before = kept.has(digest);
            kept.keep(digest, jar);
            try {
                install(kept, digest);
            } catch (RefusedException e) {
                if (!before) {
                    forget(kept, digest);
                }
                throw e;
            }
        }
        return examined;
    }

    @Override
    public synchronized boolean retire(Hash digest) {
        Optional<BundleHost.Resident> resident = host.resident(digest);
        resident.ifPresent(BundleHost.Resident::uninstall);
        return resident.isPresent();
    }

    /**
     * Starts what an earlier run of this container staged; what may not run any more is taken out, such as a jar whose
     * signer is not trusted any longer.
     */
    public synchronized void resume() {
        for (Hash digest : host.residents()) {
            host.resident(digest).ifPresent(resident -> {
                try {
                    examiner.requireTrusted(store().read(digest));
                    resident.start();
                } catch (RefusedException e) {
                    resident.uninstall();
                    report.warn("The staged jar " + digest + " is taken out: it " + e.getMessage());
                }
            });
        }
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
            if (store.isEmpty() || !store.get().has(digest)) {
                return false;
            }
            // the chain names these bytes: that others have the same id and version is of no matter to it
            install(store.get(), digest);
            report.info("The chain needs " + ref.describe() + ": installed from the jars that are kept");
            return true;
        } catch (RefusedException e) {
            report.warn("The chain needs " + ref.describe() + ", but the jar " + e.getMessage());
            return false;
        }
    }

    @Override
    public synchronized Optional<Bytes> jar(Hash digest) {
        if (store.isPresent() && store.get().has(digest)) {
            try {
                return Optional.of(Bytes.of(store.get().read(digest)));
            } catch (RefusedException e) {
                report.warn("The jar " + digest + " " + e.getMessage());
            }
        }
        for (RuleCatalogue.Entry entry : catalogue.available()) {
            if (entry.digest().equals(digest)) {
                try {
                    byte[] jar = host.read(entry.source());
                    if (Hash.sha256(jar).equals(digest)) {
                        return Optional.of(Bytes.of(jar));
                    }
                    report.warn("The jar at " + entry.source() + " has SHA-256 " + Hash.sha256(jar) + " now, must be "
                            + digest);
                } catch (IOException e) {
                    report.warn("The jar at " + entry.source() + " cannot be read again: " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What is installed is what was read back and verified, byte for byte: a file that was changed meanwhile is refused.
     */
    private void install(JarStore kept, Hash digest) throws RefusedException {
        Optional<BundleHost.Resident> resident = host.resident(digest);
        byte[] jar = kept.read(digest);
        examiner.requireTrusted(jar);
        BundleHost.Resident bundle = resident.isPresent() ? resident.get() : host.install(digest, jar);
        try {
            bundle.start();
        } catch (RefusedException e) {
            bundle.uninstall();
            throw e;
        }
    }

    private JarStore store() throws RefusedException {
        return store.orElseThrow(() -> new RefusedException("cannot be kept: the property hauptbuch.home is not set"));
    }

    private void forget(JarStore kept, Hash digest) {
        try {
            kept.forget(digest);
        } catch (IOException e) {
            report.warn("The refused jar " + kept.path(digest) + " could not be deleted: " + e);
        }
    }
}
