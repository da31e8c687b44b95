package org.hauptbuch.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads the byte code of a rule and finds what could make two nodes differ: clocks, randomness, threads, input and
 * output, the machine's settings, floating point, the order of hash tables, memory that is not in the chain's state,
 * and reflection, behind which any of these could hide. Every class of the jar is read, also what it took in from
 * elsewhere. What it does not know, it refuses: a rule has the Java platform's numbers, texts, collections and
 * functions, {@code org.hauptbuch.api}, and its own classes.
 *
 * <p>{@code synchronized} is let through: without threads of its own a rule's result cannot depend on it, and a
 * {@link org.hauptbuch.api.selection.Schedule} may be asked by several threads of a node. Text that depends on the
 * machine is refused also where it only goes into an exception: the message of a refusal is kept in the receipt of its
 * transaction, and byte code does not tell where a text goes.
 *
 * <p>It cannot see everything. A loop without end and a result that depends on an object's identity through
 * {@code toString} pass it; the contracts of this package look for the latter by asking twice.
 */
public final class DeterminismCheck {
    private DeterminismCheck() {}

    /**
     * One forbidden thing.
     *
     * @param type the class that does it, such as {@code com.example.MyRule}
     * @param method the method that does it; empty where it is the class or a field
     * @param line the line of the source, 0 where it is not known
     * @param thing what is forbidden, such as {@code java.lang.System.currentTimeMillis}
     * @param reason why, and what to use instead
     */
    public record Finding(String type, String method, int line, String thing, String reason) {
        @Override
        public String toString() {
            return type + (method.isEmpty() ? "" : "." + method) + (line == 0 ? "" : " (line " + line + ")") + ": "
                    + thing + ": " + reason;
        }
    }

    /** What is forbidden in the rule's code: a jar, or the folder that its classes were compiled to. By class name. */
    public static List<Finding> of(Path jarOrFolder) {
        try {
            return Files.isDirectory(jarOrFolder) ? ofFolder(jarOrFolder) : ofJar(jarOrFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("rule's code in " + jarOrFolder + " cannot be read", e);
        }
    }

    /** What is forbidden in these classes, which together are a rule's code. */
    public static List<Finding> of(Class<?>... types) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (Class<?> type : types) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalArgumentException("class " + type.getName() + " has no class file");
                }
                classes.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("class " + type.getName() + " cannot be read", e);
            }
        }
        return inspect(classes);
    }

    /** Where {@code type} was loaded from: a jar, or the folder that it was compiled to. */
    public static Path codeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("class " + type.getName() + " is in no file", e);
        }
    }

    /** Fails with all that is forbidden in the rule's code, one line each. */
    public static void require(Path jarOrFolder) {
        List<Finding> findings = of(jarOrFolder);
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.stream()
                    .map(Finding::toString)
                    .collect(Collectors.joining("\n  ", "Two nodes could differ:\n  ", "")));
        }
    }

    private static List<Finding> ofFolder(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return inspect(files);
    }

    private static List<Finding> ofJar(Path file) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return inspect(files);
    }

    private static List<Finding> inspect(SortedMap<String, byte[]> files) {
        List<Finding> findings = new ArrayList<>();
        List<ClassNode> classes = new ArrayList<>();
        files.forEach((name, bytes) -> {
            if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
                ClassNode node = new ClassNode();
                new ClassReader(bytes).accept(node, 0);
                classes.add(node);
            } else if (name.matches(".*\\.(jar|so|dll|dylib|jnilib)")) {
                findings.add(new Finding(name, "", 0, "code in the jar", "is read by nobody; unpack the classes"));
            }
        });
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("there is no class in " + files.keySet());
        }
        Vocabulary vocabulary =
                new Vocabulary(classes.stream().map(node -> node.name).toList());
        classes.forEach(node -> findings.addAll(new ClassInspector(node, vocabulary).inspect()));
        return List.copyOf(findings);
    }
}
