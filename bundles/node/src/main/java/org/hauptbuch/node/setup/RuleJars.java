package org.hauptbuch.node.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Finds rules in jars by the capability {@code hauptbuch.rule} of their manifests, and what their exact bytes are. */
final class RuleJars {
    private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");
    private static final Pattern ATTRIBUTE =
            Pattern.compile(";\\s*(kind|id)(?::String)?\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"\\s]+))");

    private final List<Found> found = new ArrayList<>();

    private record Found(RuleKind kind, String id, String version, Path jar) {}

    /** Reads every jar below {@code folder}. @throws UncheckedIOException where that cannot be read */
    RuleJars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--rules-dir: " + folder + " is not a folder");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(this::look);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for rules in " + folder + ": " + e, e);
        }
    }

    /** The rule with this id. @throws IllegalArgumentException where there is none, or more than one */
    RuleRef rule(String id, Parameters parameters) {
        List<Found> same = found.stream().filter(f -> f.id.equals(id)).toList();
        if (same.size() != 1) {
            throw new IllegalArgumentException("rule " + id + " is in " + same.size()
                    + " jars below --rules-dir, must be in exactly one: "
                    + same.stream().map(f -> f.jar.toString()).toList());
        }
        Found only = same.get(0);
        try {
            Hash digest = Hash.sha256(Bytes.of(Files.readAllBytes(only.jar)));
            return new RuleRef(only.kind, only.id, only.version, digest, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + only.jar + ": " + e, e);
        }
    }

    private void look(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                return;
            }
            Attributes main = manifest.getMainAttributes();
            String capabilities = main.getValue("Provide-Capability");
            String version = main.getValue("Bundle-Version");
            if (capabilities == null || version == null) {
                return;
            }
            Matcher clauses = CLAUSE.matcher(capabilities);
            while (clauses.find()) {
                read(clauses.group().strip(), version.strip(), jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar + ": " + e, e);
        }
    }

    private void read(String clause, String version, Path jar) {
        if (!clause.startsWith(ConsensusRule.NAMESPACE + ";")) {
            return;
        }
        Optional<RuleKind> kind = Optional.empty();
        String id = null;
        Matcher attributes = ATTRIBUTE.matcher(clause);
        while (attributes.find()) {
            String value = attributes.group(2) == null ? attributes.group(3) : attributes.group(2);
            if (attributes.group(1).equals("kind")) {
                kind = RuleKind.ofText(value);
            } else {
                id = value;
            }
        }
        if (kind.isEmpty() || id == null) {
            throw new IllegalArgumentException(
                    jar + ": its capability " + ConsensusRule.NAMESPACE + " has no kind or no id: " + clause);
        }
        found.add(new Found(kind.get(), id, version, jar));
    }
}
