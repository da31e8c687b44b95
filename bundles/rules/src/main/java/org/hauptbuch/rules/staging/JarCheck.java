package org.hauptbuch.rules.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hauptbuch.api.rule.ConsensusRule;
import org.osgi.framework.Version;

/** Looks into a jar's bytes before the framework does, for what is wrong with it in words. */
final class JarCheck {
    /** The most bytes of a jar: a rule is some kilobytes. */
    static final long MAX_BYTES = 16L << 20;

    private static final int MAX_MANIFEST = 1 << 20;

    /** One capability of ours, up to the comma before the next; ids and kinds have no comma in them. */
    private static final Pattern CAPABILITY = Pattern.compile(Pattern.quote(ConsensusRule.NAMESPACE) + "\\s*;[^,]*");

    private static final Pattern ID = Pattern.compile(";\\s*id\\s*(?::String\\s*)?=\\s*\"?([^\";,\\s]+)");

    private JarCheck() {}

    /**
     * What a jar says that it is.
     *
     * @param version its Bundle-Version
     * @param rules the ids of the rules that it declares
     */
    record Claim(String version, List<String> rules) {}

    /** What a jar claims. Refuses what is no jar, no bundle, and without a rule. */
    static Claim read(byte[] jar) throws RefusedException {
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
        List<String> rules = new ArrayList<>();
        String provided = headers.getValue("Provide-Capability");
        Matcher capability = CAPABILITY.matcher(provided == null ? "" : provided);
        while (capability.find()) {
            Matcher id = ID.matcher(capability.group());
            if (id.find()) {
                rules.add(id.group(1));
            }
        }
        if (rules.isEmpty()) {
            throw new RefusedException(
                    "has no rule inside: no capability hauptbuch.rule in its manifest; mark the rule's"
                            + " factory with @ConsensusRule");
        }
        return new Claim(version(headers.getValue("Bundle-Version")), rules);
    }

    private static String version(String header) throws RefusedException {
        try {
            return Version.parseVersion(header).toString();
        } catch (IllegalArgumentException e) {
            throw new RefusedException("is not an OSGi bundle: " + e.getMessage(), e);
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
