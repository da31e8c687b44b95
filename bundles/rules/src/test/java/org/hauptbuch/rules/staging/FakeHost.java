package org.hauptbuch.rules.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.TestRules;

/** A framework of which every jar is the next one that the test announces. */
final class FakeHost implements BundleHost {
    final RuleCatalogue catalogue;
    final List<String> events = new ArrayList<>();
    final List<Export> exports = new ArrayList<>();
    final Map<String, byte[]> locations = new TreeMap<>();
    private final Map<Hash, Fake> installed = new TreeMap<>();
    private String nextId = "slashing.test";
    private String nextVersion = "0.1.0";
    private String unresolved;
    private boolean silent;
    private Runnable meanwhile = () -> {};

    FakeHost(RuleCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    byte[] jar(String id, String version, String content) {
        nextId = id;
        nextVersion = version;
        return TestJars.rule(id, version, content);
    }

    void nextDoesNotResolve(String why) {
        unresolved = why;
    }

    void componentsStayDown() {
        silent = true;
    }

    /** What happens to the disk whenever staging asks what is installed. */
    void meanwhile(Runnable event) {
        meanwhile = event;
    }

    @Override
    public Optional<Resident> resident(Hash digest) {
        meanwhile.run();
        return Optional.ofNullable(installed.get(digest));
    }

    @Override
    public List<Hash> residents() {
        return List.copyOf(installed.keySet());
    }

    @Override
    public List<Export> exports() {
        return exports;
    }

    @Override
    public byte[] read(String location) throws IOException {
        byte[] jar = locations.get(location);
        if (jar == null) {
            throw new IOException("nothing is at " + location);
        }
        return jar;
    }

    @Override
    public Resident install(Hash digest, byte[] jar) throws RefusedException {
        assertEquals(digest, Hash.sha256(jar));
        Fake fake = new Fake(digest, nextId, nextVersion);
        installed.put(digest, fake);
        events.add("install " + nextId + " " + nextVersion);
        return fake;
    }

    private final class Fake implements Resident {
        private final Hash digest;
        private final String id;
        private final String version;
        private RuleCatalogue.Entry entry;

        private Fake(Hash digest, String id, String version) {
            this.digest = digest;
            this.id = id;
            this.version = version;
        }

        @Override
        public void start() throws RefusedException {
            if (unresolved != null) {
                throw new RefusedException("cannot be resolved: " + unresolved);
            }
            if (entry == null && !silent) {
                events.add("start " + id + " " + version);
                entry = new RuleCatalogue.Entry(
                        RuleKind.SLASHING, id, version, digest, "fake", p -> TestRules.rule(RuleKind.SLASHING));
                catalogue.add(entry);
            }
        }

        @Override
        public void uninstall() {
            events.add("uninstall " + id + " " + version);
            installed.remove(digest);
            if (entry != null) {
                catalogue.remove(entry);
            }
        }
    }
}
