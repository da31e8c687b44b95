package org.hauptbuch.architecture;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * What a bundle says of itself.
 *
 * @param headers main attributes of its manifest
 * @param packages packages that hold a class, and entries that are jars themselves
 * @param frameworkUsers top-level classes that name a type of the OSGi framework
 */
record BundleJar(Map<String, String> headers, Set<String> packages, Set<String> frameworkUsers) {

    /** Every bundle of this repository that is on the class path of the tests. */
    static List<BundleJar> ours() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith("org.hauptbuch.")
                        && path.toString().endsWith(".jar"))
                .map(BundleJar::read)
                .collect(Collectors.toList());
    }

    static BundleJar read(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Attributes main = jar.getManifest().getMainAttributes();
            return new BundleJar(
                    main.entrySet().stream()
                            .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue()
                                    .toString())),
                    jar.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith(".class") || name.endsWith(".jar"))
                            .map(name -> name.endsWith(".jar") ? name : packageOf(name))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    frameworkUsers(jar));
        } catch (IOException e) {
            throw new IllegalStateException(path + " is no bundle", e);
        }
    }

    private static Set<String> frameworkUsers(JarFile jar) throws IOException {
        Set<String> users = new TreeSet<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().endsWith(".class")) {
                // a type that is used stands in the constant pool, in plain letters
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains("org/osgi/framework/")) {
                    users.add(topLevelOf(entry.getName()));
                }
            }
        }
        return users;
    }

    private static String topLevelOf(String entry) {
        String type = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        int inner = type.indexOf('$');
        return inner < 0 ? type : type.substring(0, inner);
    }

    /** Classes of the declarative services components; bnd names the description after the class. */
    Set<String> components() {
        return parse("Service-Component").keySet().stream()
                .map(file -> file.replaceFirst("OSGI-INF/", "").replaceFirst("\\.xml$", ""))
                .collect(Collectors.toSet());
    }

    String name() {
        return headers.get("Bundle-SymbolicName");
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    Map<String, Attrs> imports() {
        return parse("Import-Package");
    }

    Map<String, Attrs> exports() {
        return parse("Export-Package");
    }

    private Parameters parse(String header) {
        return OSGiHeader.parseHeader(headers.get(header));
    }

    private static String packageOf(String entry) {
        int slash = entry.lastIndexOf('/');
        return slash < 0 ? "" : entry.substring(0, slash).replace('/', '.');
    }

    /** A bundle for a test: name, and header, value, header, value, ... */
    static BundleJar of(String name, String... headers) {
        Map<String, String> all = new TreeMap<>();
        all.put("Bundle-SymbolicName", name);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new BundleJar(all, Collections.singleton(name), Set.of());
    }
}
