package org.hauptbuch.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.hauptbuch.api.rule.Parameters;

/** A rule without OSGi: its classes name no type of it, and it is made where there is none. */
final class PlainJava {
    private static final String OSGI = "org/osgi/";

    private PlainJava() {}

    /** The classes in {@code code}, apart from {@code factory}, that name a type of OSGi. */
    static List<String> osgiUsers(Path code, Class<?> factory) {
        List<String> users = new ArrayList<>();
        try {
            if (Files.isDirectory(code)) {
                try (Stream<Path> files = Files.walk(code)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = code.relativize(file).toString().replace('\\', '/');
                        addUser(users, name, Files.readAllBytes(file));
                    }
                }
            } else {
                try (JarFile jar = new JarFile(code.toFile())) {
                    for (JarEntry entry : Collections.list(jar.entries())) {
                        addUser(
                                users,
                                entry.getName(),
                                jar.getInputStream(entry).readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("rule's code in " + code + " cannot be read", e);
        }
        users.remove(factory.getName());
        return users;
    }

    private static void addUser(List<String> users, String file, byte[] bytes) {
        // a type that is used stands in the constant pool, in plain letters
        if (file.endsWith(".class")
                && !file.endsWith("package-info.class")
                && new String(bytes, StandardCharsets.ISO_8859_1).contains(OSGI)) {
            users.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
    }

    /** Makes the rule with a class loader that knows everything but OSGi. */
    static void make(Class<?> factory, Parameters parameters) {
        ClassLoader bare = new Bare(factory.getClassLoader());
        try {
            Object made = bare.loadClass(factory.getName()).getConstructor().newInstance();
            Class<?> type = bare.loadClass(Parameters.class.getName());
            Object copy = type.getMethod("of", Map.class).invoke(null, parameters.asMap());
            Object rule = made.getClass().getMethod("create", type).invoke(made, copy);
            // resolves every type in the signatures of the rule
            if (rule.getClass().getDeclaredMethods().length == 0) {
                throw new AssertionError(factory.getName() + " makes a rule that answers nothing");
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new AssertionError(factory.getName() + " makes no rule where there is no OSGi: " + e, e);
        }
    }

    private static final class Bare extends ClassLoader {
        private final ClassLoader classes;

        Bare(ClassLoader classes) {
            super(ClassLoader.getPlatformClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String path = name.replace('.', '/') + ".class";
            try (InputStream in = classes.getResourceAsStream(path)) {
                if (path.startsWith(OSGI) || in == null) {
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
