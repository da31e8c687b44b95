package org.hauptbuch.rules.osgi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hauptbuch.rules.staging.TestJars;

/**
 * Bundles with a slashing condition inside that runs: all of them have the same private package, the same class names
 * and other code.
 */
final class RuleJars {
    private static final String PACKAGE = "org.example.inside";

    private static final String SOURCE =
            """
            package org.example.inside;

            import java.util.Dictionary;
            import java.util.Hashtable;
            import java.util.Set;
            import org.hauptbuch.api.chain.Evidence;
            import org.hauptbuch.api.chain.Offence;
            import org.hauptbuch.api.crypto.SignatureScheme;
            import org.hauptbuch.api.error.PoSError;
            import org.hauptbuch.api.error.PoSException;
            import org.hauptbuch.api.rule.ChainView;
            import org.hauptbuch.api.rule.RuleFactory;
            import org.hauptbuch.api.slashing.BlockFacts;
            import org.hauptbuch.api.slashing.Observation;
            import org.hauptbuch.api.slashing.SlashingRule;
            import org.osgi.framework.BundleActivator;
            import org.osgi.framework.BundleContext;

            public final class Activator implements BundleActivator {
                public void start(BundleContext context) {
                    Hashtable<String, Object> properties = new Hashtable<>();
                    properties.put("hauptbuch.rule.kind", "slashing");
                    properties.put("hauptbuch.rule.id", context.getBundle().getHeaders().get("X-Rule"));
                    RuleFactory factory = parameters -> new Inside();
                    context.registerService(RuleFactory.class, factory, properties);
                }

                public void stop(BundleContext context) {}
            }

            final class Inside implements SlashingRule {
                public Set<String> evidenceTypes() {
                    return Set.of("TYPE");
                }

                public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                    throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "it proves nothing");
                }

                public Observation observe(ChainView view, BlockFacts facts) {
                    return Observation.NOTHING;
                }
            }
            """;

    private final Path classes;

    private RuleJars(Path classes) {
        this.classes = classes;
    }

    /** The code of conditions that judge evidence of {@code type}, compiled below {@code folder}. */
    static RuleJars judging(String type, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + type));
        Path source = Files.createDirectories(folder.resolve("source-" + type)).resolve("Activator.java");
        Files.writeString(source, SOURCE.replace("TYPE", type));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new AssertionError(said.toString());
            }
        }
        return new RuleJars(classes);
    }

    /** The bundle of a condition with this id and version, with these headers on top. */
    byte[] jar(String id, String version, Map<String, String> more) throws IOException {
        Map<String, String> headers = TestJars.headers(id, version);
        headers.put("Bundle-Activator", PACKAGE + ".Activator");
        headers.put("X-Rule", id);
        headers.put(
                "Import-Package",
                "org.osgi.framework,org.hauptbuch.api.chain,org.hauptbuch.api.crypto,org.hauptbuch.api.error,"
                        + "org.hauptbuch.api.rule,org.hauptbuch.api.slashing");
        headers.putAll(more);
        StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
        headers.forEach((name, value) -> manifest.append(folded(name + ": " + value)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            put(zip, "META-INF/MANIFEST.MF", manifest.toString().getBytes(StandardCharsets.UTF_8));
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(zip, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return out.toByteArray();
    }

    // a line of a manifest has at most 72 bytes
    private static String folded(String line) {
        return line.replaceAll("(.{60})(?=.)", "$1\n ") + "\n";
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }
}
