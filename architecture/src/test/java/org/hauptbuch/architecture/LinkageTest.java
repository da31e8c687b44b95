package org.hauptbuch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What lib.bctls names in a bcprov and a bcutil that it was not compiled with is there. */
class LinkageTest {
    private static final String BOUNCY_CASTLE = "org/bouncycastle/";
    private static final Set<String> ITS_OWN = Set.of("org/bouncycastle/jsse/", "org/bouncycastle/tls/");

    @Test
    void whatTheBundleNamesIsThere() throws Exception {
        Set<String> missing = new TreeSet<>();
        int classes = 0;
        try (JarFile bundle = bundle()) {
            for (JarEntry entry : bundle.versionedStream().collect(Collectors.toList())) {
                if (entry.getName().startsWith(BOUNCY_CASTLE) && entry.getName().endsWith(".class")) {
                    classes++;
                    new ClassReader(bundle.getInputStream(entry)).accept(new References(missing), 0);
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(classes > 500, classes + " classes looked at");
    }

    @Test
    void whatIsNotThereIsNamed() {
        Set<String> missing = new TreeSet<>();
        MethodVisitor body = new References(missing).visitMethod(0, "body", "()V", null, null);
        String bytes = "org/bouncycastle/util/Arrays";
        body.visitMethodInsn(Opcodes.INVOKESTATIC, bytes, "clone", "([B)[B", false);
        body.visitMethodInsn(Opcodes.INVOKESTATIC, bytes, "clone", "()V", false);
        body.visitFieldInsn(Opcodes.GETSTATIC, bytes, "none", "I");
        body.visitTypeInsn(Opcodes.NEW, "org/bouncycastle/util/None");
        assertEquals(Set.of(bytes + ".clone()V", bytes + ".noneI", "org/bouncycastle/util/None"), missing);
    }

    /** The signature of the jar that it was made from would not fit. */
    @Test
    void theBundleIsNotSigned() throws Exception {
        try (JarFile bundle = bundle()) {
            List<String> signatures = bundle.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
                    .collect(Collectors.toList());
            assertEquals(List.of(), signatures);
        }
    }

    /** With the classes for the Java that runs, where it has others for it. */
    private static JarFile bundle() throws Exception {
        File file = new File(BouncyCastleJsseProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertTrue(file.getName().startsWith("org.hauptbuch.lib.bctls"), file.getName());
        return new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version());
    }

    private static final class References extends ClassVisitor {
        private final Set<String> missing;

        References(Set<String> missing) {
            super(Opcodes.ASM9);
            this.missing = missing;
        }

        @Override
        public void visit(int version, int access, String name, String generic, String parent, String[] faces) {
            Stream.concat(Stream.of(parent), Stream.of(faces)).forEach(type -> need(type, type, held -> true));
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitTypeInsn(int opcode, String type) {
                    need(type, type, held -> true);
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean face) {
                    need(owner, owner + "." + name + type, held -> hasMethod(held, name, type));
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String type) {
                    need(owner, owner + "." + name + type, held -> hasField(held, name, type));
                }
            };
        }

        private void need(String owner, String what, Predicate<Class<?>> there) {
            if (!owner.startsWith(BOUNCY_CASTLE) || ITS_OWN.stream().anyMatch(owner::startsWith)) {
                return;
            }
            try {
                Class<?> held =
                        Class.forName(owner.replace('/', '.'), false, BouncyCastleJsseProvider.class.getClassLoader());
                if (!there.test(held)) {
                    missing.add(what);
                }
            } catch (ClassNotFoundException e) {
                missing.add(owner);
            }
        }

        private static boolean hasMethod(Class<?> held, String name, String type) {
            if (name.equals("<init>")) {
                return Stream.of(held.getDeclaredConstructors())
                        .anyMatch(made -> Type.getConstructorDescriptor(made).equals(type));
            }
            return family(held)
                    .flatMap(one -> Stream.of(one.getDeclaredMethods()))
                    .anyMatch(method -> method.getName().equals(name)
                            && Type.getMethodDescriptor(method).equals(type));
        }

        private static boolean hasField(Class<?> held, String name, String type) {
            return family(held)
                    .flatMap(one -> Stream.of(one.getDeclaredFields()))
                    .anyMatch(field -> field.getName().equals(name)
                            && Type.getDescriptor(field.getType()).equals(type));
        }

        /** The class, all that it extends and implements, and Object, whose methods an interface has too. */
        private static Stream<Class<?>> family(Class<?> held) {
            Stream<Class<?>> parents =
                    held.getSuperclass() == null ? Stream.of(Object.class) : family(held.getSuperclass());
            return Stream.concat(
                    Stream.of(held),
                    Stream.concat(parents, Stream.of(held.getInterfaces()).flatMap(References::family)));
        }
    }
}
