package org.hauptbuch.rules.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.RuleStaging.JarReport;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.TestRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Jars that are handed in, looked into, handed out and taken out. */
class StagingTest {
    @TempDir
    Path folder;

    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final FakeHost host = new FakeHost(catalogue);
    private final List<String> lines = new ArrayList<>();
    private Staging staging;

    @BeforeEach
    void start() {
        staging = new Staging(Optional.of(new JarStore(folder)), host, catalogue, Trust.ANYBODY, report());
    }

    @Test
    void aJarThatIsHandedInIsStagedAndSaidToBe() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Hash digest = Hash.sha256(jar);
        JarReport report = staging.stage(Bytes.of(jar), "a peer");
        JarReport expected = new JarReport(
                digest,
                "org.example.slashing.late",
                "0.1.0",
                List.of("slashing.late"),
                List.of(),
                List.of(),
                List.of());
        assertEquals(expected, report);
        assertEquals(
                List.of("Rule jar a peer is staged: slashing.late 0.1.0 (sha256 " + digest.shortHex()
                        + "); it is used when the chain adopts it"),
                lines);
        assertEquals(List.of("install slashing.late 0.1.0", "start slashing.late 0.1.0"), host.events);
        assertEquals(expected, staging.stage(Bytes.of(jar), "another peer"));
        assertEquals(2, host.events.size(), "it is here already");
        assertEquals(Optional.of(Bytes.of(jar)), staging.jar(digest));
    }

    @Test
    void aRefusalIsOneLineAndLeavesNothingBehind() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        host.nextDoesNotResolve("no\n luck");
        PoSException refused =
                assertThrows(PoSException.class, () -> staging.stage(Bytes.of(jar), "http://example.org/late.jar"));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, refused.error());
        assertTrue(
                refused.getMessage().endsWith("rule jar http://example.org/late.jar cannot be resolved: no luck"),
                refused.getMessage());
        assertEquals(Optional.empty(), staging.jar(Hash.sha256(jar)));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aJarThatChangesBetweenHashAndInstallIsRefused() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        byte[] other = host.jar("slashing.late", "0.1.0", "changed");
        Path kept = folder.resolve(Hash.sha256(jar) + ".jar");
        host.meanwhile(() -> {
            try {
                if (Files.exists(kept)) {
                    Files.write(kept, other);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        PoSException refused = assertThrows(PoSException.class, () -> staging.stage(Bytes.of(jar), "late.jar"));
        assertTrue(refused.getMessage().contains("is kept with SHA-256 " + Hash.sha256(other)), refused.getMessage());
        assertEquals(List.of(), host.events);
        assertFalse(Files.exists(kept));
    }

    @Test
    void everythingThatIsWrongWithAJarIsSaidWithoutInstallingIt() throws Exception {
        host.exports.add(new BundleHost.Export("org.example.here", Version.valueOf("1.4.0")));
        host.exports.add(new BundleHost.Export("org.example.old", Version.valueOf("1.4.0")));
        Map<String, String> headers = TestJars.headers("slashing.late", "0.1.0");
        headers.put("Bundle-SymbolicName", "org.example.late;singleton:=true");
        headers.put("Export-Package", "org.example.own;version=\"1.0.0\"");
        headers.put(
                "Import-Package",
                "org.example.here;version=\"[1.2,2)\",org.example.old;org.example.older;version=\"[2,3)\","
                        + "org.example.may;resolution:=optional,org.example.own,org.example.absent;x=\"a,b;c\"");
        catalogue.add(new RuleCatalogue.Entry(
                RuleKind.SLASHING, "slashing.late", "0.1.0", TestRules.digest("other"), "mvn:x", p -> null));
        JarReport report = staging.examine(Bytes.of(TestJars.jar(headers, "a")));
        assertEquals("org.example.late", report.symbolicName());
        assertEquals(
                List.of(
                        "org.example.here [1.2.0,2.0.0)",
                        "org.example.old [2.0.0,3.0.0)",
                        "org.example.older [2.0.0,3.0.0)",
                        "org.example.may 0.0.0",
                        "org.example.own 0.0.0",
                        "org.example.absent 0.0.0"),
                report.imports());
        assertEquals(4, report.problems().size(), report.problems().toString());
        assertTrue(report.problems().get(0).startsWith("is refused by digest: rule slashing.late 0.1.0 is here"));
        assertEquals(
                List.of(
                        "cannot be resolved: it imports org.example.old [2.0.0,3.0.0), which is here only as [1.4.0]",
                        "cannot be resolved: it imports org.example.older [2.0.0,3.0.0), which nothing here exports",
                        "cannot be resolved: it imports org.example.absent 0.0.0, which nothing here exports"),
                report.problems().subList(1, 4));
        assertEquals(List.of(), host.events);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatIsNoBundleHasOneProblemAndNoName() {
        JarReport report = staging.examine(Bytes.of(new byte[] {1, 2, 3}));
        assertEquals(Hash.sha256(new byte[] {1, 2, 3}), report.digest());
        assertEquals("", report.symbolicName());
        assertEquals(List.of("is not a jar, or only a part of one"), report.problems());
        for (String header : List.of("a;b=\"c", "a,,b", "=x", ";", "a;version=\"[1,\"", "a;version=one")) {
            Map<String, String> headers = TestJars.headers("slashing.late", "0.1.0");
            headers.put("Import-Package", header);
            List<String> problems =
                    staging.examine(Bytes.of(TestJars.jar(headers, "a"))).problems();
            assertEquals(1, problems.size(), header + ": " + problems);
            assertTrue(problems.get(0).startsWith("is not an OSGi bundle: "), header + ": " + problems);
        }
        Map<String, String> fragment = TestJars.headers("slashing.late", "0.1.0");
        fragment.put("Fragment-Host", "org.example.host");
        assertEquals(
                List.of("is a fragment, must be a bundle of its own"),
                staging.examine(Bytes.of(TestJars.jar(fragment, "a"))).problems());
    }

    @Test
    void jarsOfTheDistributionAreHandedOutFromWhereTheyAre() {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Hash digest = Hash.sha256(jar);
        assertEquals(Optional.empty(), staging.jar(digest));
        catalogue.add(
                new RuleCatalogue.Entry(RuleKind.SLASHING, "slashing.late", "0.1.0", digest, "mvn:late", p -> null));
        host.locations.put("mvn:late", jar);
        assertEquals(Optional.of(Bytes.of(jar)), staging.jar(digest));
        assertEquals(List.of(), staging.examine(Bytes.of(jar)).problems());
        assertEquals(List.of(), lines);

        host.locations.put("mvn:late", host.jar("slashing.late", "0.1.0", "changed"));
        assertEquals(Optional.empty(), staging.jar(digest));
        assertTrue(lines.get(0).startsWith("The jar at mvn:late has SHA-256 "), lines.toString());
        host.locations.clear();
        assertEquals(Optional.empty(), staging.jar(digest));
        assertTrue(lines.get(1).startsWith("The jar at mvn:late cannot be read again"), lines.toString());
    }

    @Test
    void aKeptJarWithOtherBytesIsNotHandedOut() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Hash digest = staging.stage(Bytes.of(jar), "late.jar").digest();
        Files.write(folder.resolve(digest + ".jar"), new byte[] {1});
        assertEquals(Optional.empty(), staging.jar(digest));
        assertTrue(lines.get(1).contains("is kept with SHA-256"), lines.toString());
    }

    @Test
    void aRetiredJarIsOutAndKept() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Hash digest = staging.stage(Bytes.of(jar), "late.jar").digest();
        assertTrue(staging.retire(digest));
        assertEquals(List.of(), catalogue.available());
        assertFalse(staging.retire(digest), "it is out");
        assertTrue(staging.ensure(new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", digest, Parameters.NONE)));
        assertEquals(1, catalogue.available().size());
    }

    @Test
    void withoutAHomeJarsAreLookedIntoOnly() {
        Staging homeless = new Staging(Optional.empty(), host, catalogue, Trust.ANYBODY, report());
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        assertEquals(List.of(), homeless.examine(Bytes.of(jar)).problems());
        PoSException refused = assertThrows(PoSException.class, () -> homeless.stage(Bytes.of(jar), "late.jar"));
        assertTrue(refused.getMessage().contains("hauptbuch.home"), refused.getMessage());
        assertEquals(Optional.empty(), homeless.jar(Hash.sha256(jar)));
        assertFalse(homeless.ensure(
                new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", Hash.sha256(jar), Parameters.NONE)));
    }

    private Report report() {
        return new Report() {
            @Override
            public void info(String line) {
                lines.add(line);
            }

            @Override
            public void warn(String line) {
                lines.add(line);
            }
        };
    }
}
