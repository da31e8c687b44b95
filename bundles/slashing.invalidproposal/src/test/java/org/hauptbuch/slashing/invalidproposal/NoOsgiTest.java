package org.hauptbuch.slashing.invalidproposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hauptbuch.api.rule.RuleFactory;
import org.junit.jupiter.api.Test;

/** The rule itself is plain Java: it links where no OSGi class exists, and names none. Only the factory is for OSGi. */
final class NoOsgiTest {
    private static final String FACTORY = "InvalidProposalSlashingFactory";

    @Test
    void everyClassButTheFactoryNamesNoOsgiType() throws Exception {
        List<Path> classes = classes();
        assertTrue(classes.size() > 1, "classes found: " + classes);
        for (Path file : classes) {
            boolean factory = file.getFileName().toString().equals(FACTORY + ".class");
            String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertEquals(factory, constants.contains("org/osgi/"), file.getFileName() + " names an OSGi type");
        }
    }

    @Test
    void theRuleIsMadeWhereNoOsgiClassExists() throws Exception {
        ClassLoader bare = new Bare(ClassLoader.getPlatformClassLoader());
        String factory = NoOsgiTest.class.getPackageName() + "." + FACTORY;
        Object made = bare.loadClass(factory).getConstructor().newInstance();
        Class<?> parameters = bare.loadClass("org.hauptbuch.api.rule.Parameters");
        Object rule = made.getClass()
                .getMethod("create", parameters)
                .invoke(made, parameters.getField("NONE").get(null));
        // resolves every type in the signatures of the rule
        assertTrue(rule.getClass().getDeclaredMethods().length > 0);
        assertFalse(made instanceof RuleFactory, "the bare loader has classes of its own");
    }

    private static List<Path> classes() throws Exception {
        Path root = Path.of(Class.forName(NoOsgiTest.class.getPackageName() + "." + FACTORY)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .toList();
        }
    }

    /** Knows the Java platform and our own classes, and nothing else. */
    private static final class Bare extends ClassLoader {
        Bare(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String path = name.replace('.', '/') + ".class";
            try (InputStream in = NoOsgiTest.class.getClassLoader().getResourceAsStream(path)) {
                if (!name.startsWith("org.hauptbuch.") || in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
