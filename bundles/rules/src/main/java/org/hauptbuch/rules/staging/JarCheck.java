package org.hauptbuch.rules.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Looks into a jar's bytes before the framework does, for what is wrong with it in words. */
final class JarCheck {
    /** The most bytes of a jar: a rule is some kilobytes. */
    static final long MAX_BYTES = 16L << 20;

    private static final int MAX_MANIFEST = 1 << 20;

    private JarCheck() {}

    /** Refuses what is no jar and what is no bundle. */
    static void check(byte[] jar) throws RefusedException {
        if (jar.length > MAX_BYTES) {
            throw tooLarge(jar.length);
        }
        Attributes headers = manifest(jar).getMainAttributes();
        if (!"2".equals(headers.getValue("Bundle-ManifestVersion"))) {
            throw new RefusedException("is not an OSGi bundle: its manifest has no Bundle-ManifestVersion: 2");
        }
        if (headers.getValue("Bundle-SymbolicName") == null) {
            throw new RefusedException("is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
        }
        String provided = headers.getValue("Provide-Capability");
        if (provided == null || !provided.contains("hauptbuch.rule")) {
            throw new RefusedException(
                    "has no rule inside: no capability hauptbuch.rule in its manifest; mark the rule's"
                            + " factory with @ConsensusRule");
        }
    }

    static RefusedException tooLarge(long bytes) {
        return new RefusedException("has " + bytes + " bytes, must have at most " + MAX_BYTES);
    }

    private static Manifest manifest(byte[] jar) throws RefusedException {
        // not JarInputStream: it sees a manifest only where it is the first entry
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw new RefusedException("is not a jar, or only a part of one");
            }
            for (; entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                    return new Manifest(new ByteArrayInputStream(zip.readNBytes(MAX_MANIFEST)));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException("cannot be read as a jar: " + e.getMessage(), e);
        }
        throw new RefusedException("is not an OSGi bundle: it has no manifest");
    }
}
