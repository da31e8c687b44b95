package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.CertificateEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.hauptbuch.api.value.Hash;

/**
 * Who signed a jar, by the verification of {@link JarFile}: the reading that a framework loads classes by. A signer is
 * the SHA-256 of its own certificate; who issued that and until when it is valid is not looked at.
 */
final class JarSigners {
    private static final String META = "META-INF/";

    private JarSigners() {}

    /** Those who signed every entry of {@code jar}; empty where one entry is signed by nobody. */
    static List<Hash> of(byte[] jar) throws RefusedException {
        try {
            // JarFile reads files only
            Path file = Files.createTempFile("hauptbuch-rule", ".jar");
            try {
                Files.write(file, jar);
                return of(file);
            } finally {
                Files.delete(file);
            }
        } catch (SecurityException e) {
            throw new RefusedException("is signed, but not as it is now: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RefusedException("cannot be read as a jar: " + e.getMessage(), e);
        }
    }

    private static List<Hash> of(Path file) throws IOException {
        Set<Hash> common = null;
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.isDirectory() || isOfSignature(entry.getName())) {
                    continue;
                }
                // signers are known once all bytes were read and agree with the manifest
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                Set<Hash> signers = signers(entry);
                if (common == null) {
                    common = signers;
                } else {
                    common.retainAll(signers);
                }
            }
        }
        return common == null ? List.of() : List.copyOf(common);
    }

    private static Set<Hash> signers(JarEntry entry) throws IOException {
        Set<Hash> signers = new TreeSet<>();
        CodeSigner[] found = entry.getCodeSigners();
        if (found != null) {
            for (CodeSigner signer : found) {
                try {
                    signers.add(Hash.sha256(
                            signer.getSignerCertPath().getCertificates().get(0).getEncoded()));
                } catch (CertificateEncodingException e) {
                    throw new IOException(e);
                }
            }
        }
        return signers;
    }

    // these are what signs, and cannot be signed: specification of jar files, "Signed JAR File"
    private static boolean isOfSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.startsWith(META) || upper.indexOf('/', META.length()) >= 0) {
            return false;
        }
        return upper.equals(JarFile.MANIFEST_NAME)
                || upper.startsWith(META + "SIG-")
                || upper.endsWith(".SF")
                || upper.endsWith(".RSA")
                || upper.endsWith(".DSA")
                || upper.endsWith(".EC");
    }
}
