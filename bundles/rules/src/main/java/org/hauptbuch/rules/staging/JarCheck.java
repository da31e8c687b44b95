package org.hauptbuch.rules.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.rule.ConsensusRule;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Looks into a jar's bytes before the framework does, for what is wrong with it in words. */
final class JarCheck {
    /** The most bytes of a jar: a rule is some kilobytes. */
    static final long MAX_BYTES = RuleStaging.MAX_JAR_BYTES;

    private static final int MAX_MANIFEST = 1 << 20;

    private JarCheck() {}

    /**
     * What a jar says that it is.
     *
     * @param symbolicName its Bundle-SymbolicName
     * @param version its Bundle-Version
     * @param rules the ids of the rules that it declares
     * @param imports the packages that it cannot do without, or could
     * @param exports the packages that it brings itself
     */
    record Claim(String symbolicName, String version, List<String> rules, List<Import> imports, Set<String> exports) {}

    /**
     * A package that a jar imports.
     *
     * @param name the package
     * @param range its versions
     * @param optional whether the jar resolves without it
     */
    record Import(String name, VersionRange range, boolean optional) {
        boolean isMetBy(BundleHost.Export export) {
            return name.equals(export.name()) && range.includes(export.version());
        }

        @Override
        public String toString() {
            return name + " " + range;
        }
    }

    /** What a jar claims. Refuses what is no jar, no bundle, and without a rule. */
    static Claim read(byte[] jar) throws RefusedException {
        if (jar.length > MAX_BYTES) {
            throw tooLarge(jar.length);
        }
        Attributes headers = manifest(jar).getMainAttributes();
        if (!"2".equals(headers.getValue("Bundle-ManifestVersion"))) {
            throw new RefusedException("is not an OSGi bundle: its manifest has no Bundle-ManifestVersion: 2");
        }
        List<HeaderClause> name = clauses(headers, "Bundle-SymbolicName");
        if (name.isEmpty()) {
            throw new RefusedException("is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
        }
        if (headers.getValue("Fragment-Host") != null) {
            throw new RefusedException("is a fragment, must be a bundle of its own");
        }
        List<String> rules = rules(headers);
        if (rules.isEmpty()) {
            throw new RefusedException(
                    "has no rule inside: no capability hauptbuch.rule in its manifest; mark the rule's"
                            + " factory with @ConsensusRule");
        }
        Set<String> exports = new TreeSet<>();
        clauses(headers, "Export-Package").forEach(clause -> exports.addAll(clause.paths()));
        return new Claim(
                name.get(0).paths().get(0),
                version(headers.getValue("Bundle-Version")),
                rules,
                imports(headers),
                exports);
    }

    private static List<String> rules(Attributes headers) throws RefusedException {
        List<String> rules = new ArrayList<>();
        for (HeaderClause capability : clauses(headers, "Provide-Capability")) {
            String id = capability.attributes().get("id");
            if (capability.paths().contains(ConsensusRule.NAMESPACE) && id != null) {
                rules.add(id);
            }
        }
        return rules;
    }

    private static List<Import> imports(Attributes headers) throws RefusedException {
        List<Import> imports = new ArrayList<>();
        for (HeaderClause clause : clauses(headers, "Import-Package")) {
            VersionRange range = range(clause.attributes().getOrDefault("version", "0"));
            boolean optional = "optional".equals(clause.directives().get("resolution"));
            clause.paths().forEach(path -> imports.add(new Import(path, range, optional)));
        }
        return imports;
    }

    private static List<HeaderClause> clauses(Attributes headers, String name) throws RefusedException {
        return HeaderClause.parse(name, headers.getValue(name));
    }

    private static VersionRange range(String text) throws RefusedException {
        try {
            return VersionRange.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("is not an OSGi bundle: " + e.getMessage(), e);
        }
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
