package org.hauptbuch.rules.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.TestRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {
    @TempDir
    Path folder;

    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final FakeHost host = new FakeHost(catalogue);
    private final List<String> warnings = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();
    private final Report report = new Report() {
        @Override
        public void info(String line) {
            infos.add(line);
        }

        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    };
    private Staging staging;
    private FolderScan scan;
    private long clock = 1_000_000;

    @BeforeEach
    void start() {
        staging = new Staging(
                Optional.of(new JarStore(folder.resolve(".store"))), host, catalogue, Trust.ANYBODY, report);
        scan = new FolderScan(folder, staging, report);
    }

    @Test
    void stagesAJarThatIsDroppedInAndSaysSo() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        drop("late.jar", jar);
        scans(3);
        assertEquals(List.of("install slashing.late 0.1.0", "start slashing.late 0.1.0"), host.events);
        assertEquals(1, infos.size());
        assertTrue(infos.get(0).startsWith("Rule jar late.jar is staged: slashing.late 0.1.0 (sha256 "), infos.get(0));
        assertEquals(List.of(), warnings);
        assertEquals(Hash.sha256(jar), Hash.sha256(Files.readAllBytes(kept(jar))));
        scans(3);
        assertEquals(2, host.events.size(), "once is enough");
    }

    @Test
    void leavesAJarAloneThatIsStillBeingCopied() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        for (int part = 1; part < 4; part++) {
            drop("late.jar", Arrays.copyOf(jar, jar.length * part / 4));
            scan.scan();
        }
        assertEquals(List.of(), host.events);
        drop("late.jar", jar);
        scans(2);
        assertEquals(1, catalogue.available().size());
        assertEquals(List.of(), warnings);
    }

    @Test
    void aCopyThatPausedIsTakenWhenItIsWhole() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        drop("late.jar", Arrays.copyOf(jar, 10));
        scans(4);
        assertEquals(1, warnings.size(), warnings.toString());
        drop("late.jar", jar);
        scans(2);
        assertEquals(1, catalogue.available().size());
    }

    @Test
    void refusesWhatIsNoBundleAndLeavesNothingBehind() throws Exception {
        drop("empty.jar", new byte[0]);
        drop("text.jar", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        drop("bare.jar", TestJars.jar(Map.of(), "a"));
        Map<String, String> library = TestJars.headers("x", "1.0.0");
        library.remove("Bundle-SymbolicName");
        drop("nameless.jar", TestJars.jar(library, "a"));
        library.remove("Bundle-ManifestVersion");
        drop("library.jar", TestJars.jar(library, "a"));
        Map<String, String> bundle = TestJars.headers("x", "1.0.0");
        bundle.remove("Provide-Capability");
        drop("other.jar", TestJars.jar(bundle, "a"));
        bundle.put("Provide-Capability", "osgi.service;id=\"x\",hauptbuch.rules;id=y");
        drop("service.jar", TestJars.jar(bundle, "a"));
        drop("version.jar", TestJars.jar(TestJars.headers("x", "one"), "a"));
        scans(4);
        assertEquals(8, warnings.size(), warnings.toString());
        assertWarning("Rule jar empty.jar is not a jar");
        assertWarning("Rule jar text.jar is not a jar");
        assertWarning("Rule jar bare.jar is not an OSGi bundle: it has no manifest");
        assertWarning("Rule jar nameless.jar is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
        assertWarning("Rule jar library.jar is not an OSGi bundle: its manifest has no Bundle-ManifestVersion: 2");
        assertWarning("Rule jar other.jar has no rule inside");
        assertWarning("Rule jar service.jar has no rule inside");
        assertWarning("Rule jar version.jar is not an OSGi bundle: ");
        assertEquals(List.of(), host.events);
        assertFalse(Files.exists(folder.resolve(".store")));
    }

    @Test
    void refusesAJarOverTheLimitWithoutReadingIt() throws Exception {
        Path large = folder.resolve("large.jar");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(JarCheck.MAX_BYTES + 1);
        }
        scans(3);
        assertEquals(List.of("Rule jar large.jar has 16777217 bytes, must have at most 16777216"), warnings);
    }

    @Test
    void aJarThatDoesNotResolveIsUninstalledAgain() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        host.nextDoesNotResolve("missing package\n   org.example.absent");
        drop("late.jar", jar);
        scans(3);
        assertEquals(List.of("Rule jar late.jar cannot be resolved: missing package org.example.absent"), warnings);
        assertEquals(List.of("install slashing.late 0.1.0", "uninstall slashing.late 0.1.0"), host.events);
        assertFalse(Files.exists(kept(jar)));
    }

    @Test
    void aChangedJarWithoutANewVersionIsRefusedByDigest() throws Exception {
        byte[] first = host.jar("slashing.late", "0.1.0", "a");
        drop("late.jar", first);
        scans(3);
        byte[] changed = host.jar("slashing.late", "0.1.0", "b");
        drop("late.jar", changed);
        scans(3);
        assertEquals(1, warnings.size(), warnings.toString());
        assertWarning("refused by digest");
        assertWarning(Hash.sha256(first).toString());
        assertWarning(Hash.sha256(changed).toString());
        assertEquals(List.of(Hash.sha256(first)), digests());
        assertFalse(Files.exists(kept(changed)));
    }

    @Test
    void readsWhatAJarClaims() throws Exception {
        Map<String, String> headers = TestJars.headers("x", "1");
        headers.put(
                "Provide-Capability",
                "osgi.service;objectClass=\"a,b\",hauptbuch.rule;kind=slashing;id=\"slashing.a\","
                        + " hauptbuch.rule; id:String = slashing.b; kind=slashing");
        JarCheck.Claim claim = JarCheck.read(TestJars.jar(headers, ""));
        assertEquals(
                new JarCheck.Claim("org.example.x", "1.0.0", List.of("slashing.a", "slashing.b"), List.of(), Set.of()),
                claim);
    }

    @Test
    void aJarOfTheDistributionIsNotInstalledTwice() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        catalogue.add(new RuleCatalogue.Entry(
                RuleKind.SLASHING, "slashing.late", "0.1.0", Hash.sha256(jar), "mvn:x", p -> null));
        drop("late.jar", jar);
        scans(3);
        assertEquals(List.of(), host.events);
        assertEquals(List.of(), warnings);
        Files.delete(folder.resolve("late.jar"));
        scans(1);
        assertEquals(1, catalogue.available().size());
        assertTrue(infos.stream().noneMatch(line -> line.contains("uninstalled")), infos.toString());
    }

    @Test
    void aNewVersionIsStagedBesideTheOldOneAlsoUnderTheSameName() throws Exception {
        byte[] first = host.jar("slashing.late", "0.1.0", "a");
        drop("late.jar", first);
        scans(3);
        byte[] second = host.jar("slashing.late", "0.2.0", "b");
        drop("late.jar", second);
        scans(3);
        assertEquals(List.of(Hash.sha256(first), Hash.sha256(second)), digests());
        assertEquals(List.of(), warnings);
        Files.delete(folder.resolve("late.jar"));
        scans(1);
        assertEquals(List.of(), digests());
        assertTrue(Files.exists(kept(first)), "the chain may still name it");
    }

    @Test
    void aJarUnderTwoNamesStaysUntilTheLastIsGone() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        drop("one.jar", jar);
        drop("two.jar", jar);
        scans(3);
        assertEquals(List.of("install slashing.late 0.1.0", "start slashing.late 0.1.0"), host.events);
        Files.delete(folder.resolve("one.jar"));
        scans(2);
        assertEquals(1, catalogue.available().size());
        Files.delete(folder.resolve("two.jar"));
        scans(1);
        assertEquals(0, catalogue.available().size());
    }

    @Test
    void ofManyJarsTheOneThatGoesIsUninstalled() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
            drop(name + ".jar", host.jar("slashing." + name, "0.1.0", name));
            scans(3);
        }
        for (String name : List.of("d", "b", "f")) {
            Files.delete(folder.resolve(name + ".jar"));
            scans(1);
            assertTrue(host.events.contains("uninstall slashing." + name + " 0.1.0"), host.events.toString());
        }
        assertEquals(
                List.of("slashing.a", "slashing.c", "slashing.e", "slashing.g"),
                catalogue.available().stream().map(RuleCatalogue.Entry::id).toList());
    }

    @Test
    void saysThatAComponentIsNotUp() throws Exception {
        host.componentsStayDown();
        drop("late.jar", host.jar("slashing.late", "0.1.0", "a"));
        scans(4);
        assertEquals(1, warnings.size(), warnings.toString());
        assertWarning("Rule jar late.jar is installed, but no rule of it is available");
    }

    @Test
    void aFolderThatCannotBeReadIsSaidOnceAndChangesNothing() throws Exception {
        Path gone = folder.resolve("gone");
        FolderScan other = new FolderScan(gone, staging, report);
        other.scan();
        other.scan();
        assertEquals(1, warnings.size(), warnings.toString());
        Files.createDirectory(gone);
        other.scan();
        Files.delete(gone);
        other.scan();
        assertEquals(2, warnings.size(), warnings.toString());
    }

    @Test
    void ensureBringsBackWhatIsKept() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        drop("late.jar", jar);
        scans(3);
        Files.delete(folder.resolve("late.jar"));
        scans(1);
        RuleRef ref = ref(Hash.sha256(jar));
        assertTrue(staging.ensure(ref));
        assertTrue(catalogue.find(ref).isPresent());
        assertTrue(staging.ensure(ref), "it is there already");
        scans(3);
        assertTrue(catalogue.find(ref).isPresent(), "no look takes it out again");
    }

    @Test
    void ensureRefusesBytesThatAreNotThoseOfTheName() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Files.createDirectories(folder.resolve(".store"));
        Files.write(kept(jar), host.jar("slashing.late", "0.1.0", "tampered"));
        assertFalse(staging.ensure(ref(Hash.sha256(jar))));
        assertWarning("is kept with SHA-256");
        assertFalse(staging.ensure(ref(TestRules.digest("never seen"))));
        assertEquals(List.of(), host.events);
    }

    @Test
    void ensureTakesExactlyTheBytesOfTheChainBesideOthersOfTheSameVersion() throws Exception {
        byte[] chains = host.jar("slashing.late", "0.1.0", "a");
        Files.createDirectories(folder.resolve(".store"));
        Files.write(kept(chains), chains);
        catalogue.add(new RuleCatalogue.Entry(
                RuleKind.SLASHING, "slashing.late", "0.1.0", TestRules.digest("other"), "mvn:x", p -> null));
        assertTrue(staging.ensure(ref(Hash.sha256(chains))));
        assertTrue(catalogue.find(ref(Hash.sha256(chains))).isPresent());
    }

    private static RuleRef ref(Hash digest) {
        return new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", digest, Parameters.NONE);
    }

    private List<Hash> digests() {
        return catalogue.available().stream().map(RuleCatalogue.Entry::digest).toList();
    }

    private Path kept(byte[] jar) {
        return folder.resolve(".store").resolve(Hash.sha256(jar) + ".jar");
    }

    private void drop(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        // a time of its own for each write, however fast the test is
        Files.setLastModifiedTime(file, FileTime.fromMillis(clock += 1000));
    }

    private void scans(int times) {
        for (int i = 0; i < times; i++) {
            scan.scan();
        }
    }

    private void assertWarning(String part) {
        assertTrue(warnings.stream().anyMatch(line -> line.contains(part)), part + " is not in " + warnings);
        assertTrue(warnings.stream().noneMatch(line -> line.contains("\n")), "one line each: " + warnings);
    }
}
