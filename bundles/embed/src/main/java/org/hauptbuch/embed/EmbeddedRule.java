package org.hauptbuch.embed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A rule that the embedding program brings: exactly which code the chain means by it, and what makes it.
 *
 * @param ref its name in the rule set
 * @param factory makes it
 */
public record EmbeddedRule(RuleRef ref, RuleFactory factory) {
    /** The version of a rule whose code is in no jar. */
    static final String UNPACKED = "unpacked";

    /** The rule without parameters, as {@link #of(String, RuleFactory, Parameters)}. */
    public static EmbeddedRule of(String id, RuleFactory factory) {
        return of(id, factory, Parameters.NONE);
    }

    /**
     * A rule named by its id and by its factory's own code: where that is a jar, by the jar's {@code Bundle-Version}
     * and SHA-256, as nodes of a network name it; where it is a folder of classes, as {@code unpacked} and by the
     * SHA-256 of the factory's class.
     *
     * @param id its kind, a dot, its name, such as {@code selection.weighted}
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where the id begins with no kind, or the code cannot be read
     */
    public static EmbeddedRule of(String id, RuleFactory factory, Parameters parameters) {
        String prefix = id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
        RuleKind kind = RuleKind.ofText(prefix)
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                        "rule id",
                        "'" + id + "'",
                        "a kind, a dot and a name, such as selection.weighted"));
        try {
            Path source = source(factory.getClass());
            boolean jar = source != null && Files.isRegularFile(source);
            String version = jar ? version(source) : UNPACKED;
            Bytes code = jar ? Bytes.of(Files.readAllBytes(source)) : classFile(factory.getClass());
            return new EmbeddedRule(new RuleRef(kind, id, version, Hash.sha256(code), parameters), factory);
        } catch (IOException | URISyntaxException e) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule " + id + ": the code of " + factory.getClass().getName() + " cannot be read: " + e,
                    e);
        }
    }

    private static Path source(Class<?> type) throws URISyntaxException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || !"file".equals(source.getLocation().getProtocol())
                ? null
                : Path.of(source.getLocation().toURI());
    }

    private static String version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-Version");
            return version == null ? UNPACKED : version;
        }
    }

    private static Bytes classFile(Class<?> factory) throws IOException {
        // a lambda has no class file: its code is in the class around it
        Class<?> type = factory.isHidden() ? factory.getNestHost() : factory;
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("its class loader has no " + name);
            }
            return Bytes.of(in.readAllBytes());
        }
    }
}
