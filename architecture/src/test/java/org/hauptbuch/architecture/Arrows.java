package org.hauptbuch.architecture;

import aQute.bnd.header.Attrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which bundle may know which: the table of the architecture, and the habits that keep a hot swap small. */
final class Arrows {
    private static final Set<String> RULES =
            Set.of("selection", "staking", "delegation", "reward", "slashing", "penalty", "finality");

    /** What a bundle that is no rule may import: bundles of ours by name, packages of others by how they begin. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("ledger", Set.of("api")),
            Map.entry("light", Set.of("api")),
            Map.entry("rules", Set.of("api", "org.osgi.framework", "org.osgi.util.tracker", "org.slf4j")),
            Map.entry(
                    "node",
                    Set.of(
                            "api",
                            "ledger",
                            "rules",
                            "org.osgi.framework",
                            "org.osgi.service.component",
                            "org.osgi.service.condition",
                            "javax.crypto",
                            "com.google.gson",
                            "org.slf4j")),
            Map.entry("embed", Set.of("api", "ledger", "rules")),
            Map.entry("testkit", Set.of("api", "ledger", "rules", "node", "org.slf4j")),
            // tools of rule authors: on the path of tests, in no line of this table but their own
            Map.entry("tck", Set.of("api", "org.junit", "org.objectweb.asm")),
            Map.entry("crypto.bc", Set.of("api", "org.bouncycastle")),
            Map.entry("crypto.accp", Set.of("api", "org.bouncycastle", "com.amazon.corretto")),
            Map.entry("lib.accp", Set.of("javax.crypto", "javax.security.auth")),
            Map.entry("vdf.wesolowski", Set.of("api")),
            Map.entry("store.memory", Set.of("api")),
            Map.entry("store.rocksdb", Set.of("api", "org.rocksdb", "org.slf4j")),
            Map.entry("lib.bctls", Set.of("javax.crypto", "javax.net", "javax.security", "org.bouncycastle")),
            Map.entry("lib.rocksdbjni", Set.of()),
            Map.entry(
                    "net.tcp",
                    Set.of("api", "io.netty", "javax.crypto", "javax.net.ssl", "org.bouncycastle", "org.slf4j")),
            Map.entry(
                    "shell",
                    Set.of(
                            "api",
                            "org.apache.karaf.shell",
                            "org.osgi.framework",
                            "org.osgi.service.cm",
                            "com.google.gson",
                            "org.slf4j")));

    /** Bundles that are about OSGi. In any other one only a component may touch the framework; its core stays plain. */
    private static final Set<String> ABOUT_OSGI = Set.of("rules", "shell");

    private static final String OURS = "org.hauptbuch.";

    private Arrows() {}

    /** All that is wrong, one sentence each. */
    static List<String> broken(List<BundleJar> bundles) {
        List<String> broken = new ArrayList<>();
        for (BundleJar bundle : bundles) {
            broken.addAll(broken(bundle, bundles));
        }
        return broken;
    }

    private static List<String> broken(BundleJar bundle, List<BundleJar> all) {
        String name = bundle.name().substring(OURS.length());
        Set<String> allowed = isRule(name) ? Set.of("api") : MAY_IMPORT.get(name);
        if (allowed == null) {
            return List.of(name + " has no line in the table of what it may import");
        }
        return Stream.of(
                        imports(name, bundle, allowed, all),
                        exports(name, bundle),
                        headers(name, bundle),
                        contents(name, bundle),
                        framework(name, bundle))
                .flatMap(sentences -> sentences)
                .collect(Collectors.toList());
    }

    private static Stream<String> imports(String name, BundleJar bundle, Set<String> allowed, List<BundleJar> all) {
        return bundle.imports().entrySet().stream().flatMap(entry -> {
            String imported = entry.getKey();
            Stream<String> optional = "optional".equals(entry.getValue().get("resolution:"))
                    ? Stream.of(name + " imports " + imported + " optionally")
                    : Stream.empty();
            Stream<String> forbidden = mayImport(imported, bundle, allowed, all)
                    ? Stream.empty()
                    : Stream.of(name + " may not import " + imported);
            return Stream.concat(optional, forbidden);
        });
    }

    private static boolean mayImport(String imported, BundleJar by, Set<String> allowed, List<BundleJar> all) {
        if (!imported.startsWith(OURS)) {
            return allowed.stream().anyMatch(prefix -> imported.equals(prefix) || imported.startsWith(prefix + "."));
        }
        return all.stream()
                .filter(bundle -> bundle.exports().containsKey(imported))
                .anyMatch(bundle ->
                        bundle.equals(by) || allowed.contains(bundle.name().substring(OURS.length())));
    }

    private static Stream<String> exports(String name, BundleJar bundle) {
        if (isRule(name)) {
            return bundle.exports().keySet().stream()
                    .map(exported -> "rule " + name + " exports " + exported + "; a rule exports nothing");
        }
        return bundle.exports().entrySet().stream()
                .filter(entry -> !hasVersion(entry.getValue()))
                .map(entry -> name + " exports " + entry.getKey() + " without a version");
    }

    private static boolean hasVersion(Attrs attributes) {
        String version = attributes.getVersion();
        return version != null && !version.equals("0") && !version.equals("0.0.0");
    }

    private static Stream<String> headers(String name, BundleJar bundle) {
        return Stream.of(
                        "DynamicImport-Package",
                        "Require-Bundle",
                        "Fragment-Host",
                        "Bundle-Activator",
                        "ExtensionBundle-Activator",
                        "Bundle-ClassPath",
                        "Bundle-Blueprint")
                .filter(bundle::has)
                .map(header -> name + " has the header " + header);
    }

    /** The root package is the bundle's name, so no package is split; and there is no jar in a jar. */
    private static Stream<String> contents(String name, BundleJar bundle) {
        return bundle.packages().stream()
                .filter(held -> !name.startsWith("lib."))
                .filter(held -> !(held + ".").startsWith(bundle.name() + "."))
                .map(held -> name + " holds " + held + ", which is not below its own name");
    }

    private static Stream<String> framework(String name, BundleJar bundle) {
        return bundle.frameworkUsers().stream()
                .filter(user ->
                        !ABOUT_OSGI.contains(name) && !bundle.components().contains(user))
                .map(user -> name + " uses the OSGi framework in " + user + ", which is no component");
    }

    static boolean isRule(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && RULES.contains(name.substring(0, dot));
    }
}
