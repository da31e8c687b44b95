package org.hauptbuch.rules.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.RuleStaging.JarReport;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator who asks for signatures. The keys and signatures are made by the tools of the running JDK. */
class SignedJarsTest {
    private static final char[] PASSWORD = "of a test".toCharArray();

    @TempDir
    static Path keys;

    private static KeyStore alice;
    private static KeyStore mallory;

    @TempDir
    Path folder;

    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final FakeHost host = new FakeHost(catalogue);
    private final List<String> warnings = new ArrayList<>();
    private final Report report = new Report() {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    };

    @BeforeAll
    static void makeKeys() throws Exception {
        alice = key("alice");
        mallory = key("mallory");
    }

    @Test
    void readsAnOperatorsList() throws Exception {
        assertEquals(Trust.ANYBODY, Trust.parse(" "));
        Hash a = certificate(alice);
        Hash m = certificate(mallory);
        assertEquals(new Trust(Optional.of(Set.of(a, m))), Trust.parse(" " + a + " , " + m));
        String colons = a.toString().toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        assertEquals(new Trust(Optional.of(Set.of(a))), Trust.parse(colons));
        for (String wrong : List.of("x", a + ",", a.shortHex(), "," + a)) {
            assertThrows(IllegalArgumentException.class, () -> Trust.parse(wrong), wrong);
        }
    }

    @Test
    void aJarOfATrustedSignerIsStaged() throws Exception {
        byte[] jar = sign(host.jar("slashing.late", "0.1.0", "a"), alice);
        JarReport staged = staging(trust(alice)).stage(Bytes.of(jar), "late.jar");
        assertEquals(List.of(certificate(alice)), staged.signers());
        assertEquals(1, catalogue.available().size());
    }

    @Test
    void whoElseSignedDoesNotMatter() throws Exception {
        byte[] jar = sign(sign(host.jar("slashing.late", "0.1.0", "a"), mallory), alice);
        JarReport seen = staging(trust(alice)).examine(Bytes.of(jar));
        assertEquals(Set.of(certificate(alice), certificate(mallory)), Set.copyOf(seen.signers()));
        assertEquals(List.of(), seen.problems());
    }

    @Test
    void aJarOfNobodyOrOfSomebodyElseIsRefused() throws Exception {
        byte[] unsigned = host.jar("slashing.late", "0.1.0", "a");
        assertRefused("is not signed, or not every entry of it is", unsigned);
        assertRefused(
                "is signed by [" + certificate(mallory) + "], which trustedSigners does not name",
                sign(unsigned, mallory));
        assertEquals(
                List.of(certificate(mallory)),
                staging(trust(alice)).examine(Bytes.of(sign(unsigned, mallory))).signers());
        PoSException nobody = assertThrows(
                PoSException.class, () -> staging(Trust.NOBODY).stage(Bytes.of(sign(unsigned, alice)), "late.jar"));
        assertTrue(nobody.getMessage().contains("does not name"), nobody.getMessage());
    }

    @Test
    void anEntryThatWasAddedOrChangedAfterwardsIsSeen() throws Exception {
        byte[] signed = sign(host.jar("slashing.late", "0.1.0", "a"), alice);
        assertRefused("is not signed, or not every entry of it is", changed(signed, "evil.class", "x", true));
        assertRefused("is signed, but not as it is now", changed(signed, "content.txt", "x", false));
        assertRefused("is not signed, or not every entry of it is", changed(signed, "META-INF/sub/x.SF", "x", true));
        // signed by one in part, by the other in part: nobody stands for the whole
        byte[] both = sign(changed(signed, "more.txt", "x", true), mallory);
        assertRefused("which trustedSigners does not name", both);
    }

    @Test
    void theFolderKeepsThemOutToo() throws Exception {
        FolderScan scan = new FolderScan(folder, staging(trust(alice)), report);
        Files.write(folder.resolve("late.jar"), sign(host.jar("slashing.late", "0.1.0", "a"), mallory));
        scan.scan();
        scan.scan();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("Rule jar late.jar is signed by ["), warnings.get(0));
        assertEquals(List.of(), host.events);
    }

    @Test
    void whatTheChainNeedsIsNotInstalledEither() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        Hash digest = staging(Trust.ANYBODY).stage(Bytes.of(jar), "late.jar").digest();
        Staging strict = staging(trust(alice));
        strict.resume();
        assertEquals(
                List.of("The staged jar " + digest + " is taken out: it is not signed, or not every entry of it is,"
                        + " and trustedSigners asks for that"),
                warnings);
        assertEquals(List.of(), catalogue.available());
        RuleRef ref = new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", digest, Parameters.NONE);
        assertFalse(strict.ensure(ref));
        assertTrue(warnings.get(1).contains("but the jar is not signed"), warnings.get(1));
        assertEquals(List.of(), catalogue.available());
        assertTrue(staging(Trust.ANYBODY).ensure(ref));
    }

    @Test
    void whatIsTrustedGoesOnAfterARestart() throws Exception {
        byte[] jar = sign(host.jar("slashing.late", "0.1.0", "a"), alice);
        Staging strict = staging(trust(alice));
        strict.stage(Bytes.of(jar), "late.jar");
        strict.resume();
        assertEquals(List.of(), warnings);
        assertEquals(1, catalogue.available().size());
    }

    @Test
    void theDistributionIsExempt() throws Exception {
        byte[] jar = host.jar("slashing.late", "0.1.0", "a");
        catalogue.add(new RuleCatalogue.Entry(
                RuleKind.SLASHING, "slashing.late", "0.1.0", Hash.sha256(jar), "mvn:late", p -> null));
        assertEquals(
                List.of(),
                staging(trust(alice)).stage(Bytes.of(jar), "late.jar").problems());
        assertEquals(List.of(), host.events);
    }

    private void assertRefused(String part, byte[] jar) throws Exception {
        Staging strict = staging(trust(alice));
        List<String> problems = strict.examine(Bytes.of(jar)).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(part), problems.toString());
        assertThrows(PoSException.class, () -> strict.stage(Bytes.of(jar), "late.jar"));
        assertEquals(List.of(), host.events);
        assertEquals(Optional.empty(), strict.jar(Hash.sha256(jar)));
    }

    private Staging staging(Trust trust) {
        return new Staging(Optional.of(new JarStore(folder.resolve(".store"))), host, catalogue, trust, report);
    }

    private static Trust trust(KeyStore signer) throws Exception {
        return Trust.parse(certificate(signer).toString());
    }

    private static Hash certificate(KeyStore signer) throws Exception {
        return Hash.sha256(signer.getCertificate("key").getEncoded());
    }

    private byte[] sign(byte[] jar, KeyStore signer) throws Exception {
        KeyStore.PrivateKeyEntry key =
                (KeyStore.PrivateKeyEntry) signer.getEntry("key", new KeyStore.PasswordProtection(PASSWORD));
        Certificate certificate = key.getCertificate();
        String name = signer == alice ? "ALICE" : "MALLORY";
        Path file = Files.write(folder.resolve("unsigned.part"), jar);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new JarSigner.Builder(
                            key.getPrivateKey(),
                            java.security.cert.CertificateFactory.getInstance("X.509")
                                    .generateCertPath(List.of(certificate)))
                    .signerName(name)
                    .build()
                    .sign(zip, out);
        }
        return out.toByteArray();
    }

    /** The jar with one entry more, or with other content in one. */
    private static byte[] changed(byte[] jar, String name, String content, boolean added) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(entry.getName().equals(name) ? content.getBytes(StandardCharsets.UTF_8) : bytes);
            }
            if (added) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static KeyStore key(String name) throws Exception {
        Path file = keys.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }
}
