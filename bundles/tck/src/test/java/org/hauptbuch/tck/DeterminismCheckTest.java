package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.hauptbuch.tck.DeterminismCheck.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterminismCheckTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            Millis | run | java.lang.System.currentTimeMillis | a clock
            Nanos | run | java.lang.System.nanoTime | a clock
            Now | run | java.time.Instant.now | a clock
            Today | run | java.time.LocalDate.now | a clock
            NewDate | run | java.util.Date | a clock
            ClockInALambda | run | java.lang.System.nanoTime | a clock
            SystemZone | run | java.time.ZoneId.systemDefault | not among
            Dice | run | java.util.Random | randomness
            SecureDice | run | java.security.SecureRandom | randomness
            MathDice | run | java.lang.Math.random | randomness
            RandomName | run | java.util.UUID.randomUUID | randomness
            ThreadDice | run | java.util.concurrent.ThreadLocalRandom.current | randomness
            Shuffle | run | java.util.Collections.shuffle | randomness
            FreshSecret | run | org.hauptbuch.api.crypto.SignatureScheme.newSecret | randomness
            NewThread | run | java.lang.Thread | threads
            IsAThread | | extends java.lang.Thread | threads
            Pool | run | java.util.concurrent.Executors.newCachedThreadPool | threads
            Future | run | java.util.concurrent.CompletableFuture.completedFuture | threads
            ParallelStream | run | java.util.List.parallelStream | threads
            Parallel | run | java.util.stream.Stream.parallel | threads
            ParallelSort | run | java.util.Arrays.parallelSort | threads
            FindAny | run | java.util.stream.Stream.findAny | findFirst
            OldFile | run | java.io.File | input or output
            NewFile | run | java.nio.file.Files.readString | input or output
            Net | run | java.net.Socket | input or output
            Print | run | java.io.PrintStream.println | input or output
            Trace | run | java.lang.RuntimeException.printStackTrace | input or output
            Property | run | java.lang.System.getProperty | a setting
            IntProperty | run | java.lang.Integer.getInteger | a setting
            Environment | run | java.lang.System.getenv | a setting
            Cores | run | java.lang.Runtime.availableProcessors | a setting
            Lower | run | java.lang.String.toLowerCase | Locale.ROOT
            Upper | run | java.lang.String.toUpperCase | Locale.ROOT
            Format | run | java.lang.String.format | Locale.ROOT
            FormatOfARefusal | run | java.lang.String.formatted | Locale.ROOT
            Numbers | run | java.text.NumberFormat.getInstance | language
            HomeLocale | run | java.util.Locale.getDefault | language
            PlatformBytes | run | java.lang.String.getBytes | UTF_8
            DoubleArithmetic | run | float or double | floating point
            FloatField | | field share of type float | floating point
            DoubleSignature | run | signature (D)V | floating point
            Average | run | java.util.stream.LongStream.average | floating point
            Power | run | java.lang.Math.pow | floating point
            NewHashMap | run | java.util.HashMap | order of a hash table
            NewHashSet | run | java.util.HashSet | order of a hash table
            NewIdentityHashMap | run | java.util.IdentityHashMap | order of a hash table
            NewWeakHashMap | run | java.util.WeakHashMap | order of a hash table
            CollectToSet | run | java.util.stream.Collectors.toSet | hash table
            CollectToMap | run | java.util.stream.Collectors.groupingBy | hash table
            WalkSetOf | run | java.util.Set.iterator | order of a hash table
            WalkMapOf | run | java.util.Map.forEach | order of a hash table
            WalkKeysOfAMap | run | java.util.Map.keySet | order of a hash table
            ListOfASet | run | java.util.ArrayList.<init> | order of a hash table
            StreamOfASetSomewhere | run | java.util.Set.stream | order of a hash table
            SetByReference | run | reference to a set's or map's stream | order of a hash table
            BoundReference | run | text of or reference to a set or map | order of a hash table
            TextOfASet | run | java.lang.String.valueOf | order of a hash table
            HashCode | run | java.lang.Object.hashCode | a hash code
            HashOf | run | java.util.Objects.hash | a hash code
            IdentityHash | run | java.lang.System.identityHashCode | a hash code
            MutableStatic | | static field count | make it final
            PutStatic | run | write to static field count | not in the chain's state
            StaticCache | <clinit> | static field CACHE | can be changed
            StaticArray | run | write to a static array | not in the chain's state
            StaticCounter | | field COUNT of type java.util.concurrent.atomic.AtomicLong | threads
            StatefulRule | | field calls | keeps no state
            ForName | run | java.lang.Class.forName | reflection
            Reflection | run | java.lang.Class.getDeclaredMethods | reflection
            Resource | run | java.lang.Class.getResourceAsStream | input or output
            Handles | run | java.lang.invoke.MethodHandles.lookup | reflection
            Services | run | java.util.ServiceLoader.load | reflection
            SerializableLambda | $deserializeLambda$ | java.lang.invoke.SerializedLambda.getImplMethodName | reflection
            Native | run | native method | the machine
            Finalizer | finalize | finalizer | garbage collector
            Weak | run | java.lang.ref.WeakReference | garbage collector
            FullStack | run | catch of java.lang.StackOverflowError | one machine
            Assertion | <clinit> | java.lang.Class.desiredAssertionStatus | assert is on or off
            Database | run | signature (Lorg/hauptbuch/api/store/Store;)Ljava/lang/Object; | not a rule's
            Library | run | org.objectweb.asm.ClassWriter | not among
            """)
    void isRefused(String sin, String method, String thing, String reason) throws ClassNotFoundException {
        String name = Sins.class.getName() + "$" + sin;
        List<Finding> findings = DeterminismCheck.of(Class.forName(name));
        assertTrue(
                findings.stream()
                        .anyMatch(f -> f.type().equals(name)
                                && f.method().equals(method == null ? "" : method)
                                && f.thing().equals(thing)
                                && f.reason().contains(reason)),
                findings::toString);
    }

    /** A sin without a line in the table above would prove nothing. */
    @Test
    void everySinIsListed() throws Exception {
        Set<String> listed = new TreeSet<>();
        String table = DeterminismCheckTest.class
                .getDeclaredMethod("isRefused", String.class, String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .textBlock();
        table.lines().forEach(line -> listed.add(line.strip().split(" ", 2)[0]));
        Set<String> there = new TreeSet<>();
        Arrays.stream(Sins.class.getDeclaredClasses()).forEach(sin -> there.add(sin.getSimpleName()));
        assertEquals(there, listed);
    }

    @Test
    void whatARuleMayDoIsLetThrough() {
        assertEquals(
                List.of(), DeterminismCheck.of(Virtues.class, Virtues.Pair.class, Virtues.Step.class, gravitySwitch()));
    }

    @Test
    void classAndMethodAndLineAreNamed() {
        String finding = DeterminismCheck.of(Sins.Millis.class).get(0).toString();
        assertTrue(
                finding.matches("org\\.hauptbuch\\.tck\\.Sins\\$Millis\\.run \\(line \\d+\\): "
                        + "java\\.lang\\.System\\.currentTimeMillis: a clock; time is view\\.timeMillis\\(\\) .*"),
                finding);
    }

    @Test
    void aJarIsReadToTheLastEntry(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("rule.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : List.of(Virtues.class, Virtues.Pair.class, Virtues.Step.class, gravitySwitch())) {
                put(out, type);
            }
        }
        DeterminismCheck.require(jar);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, Virtues.Pair.class);
            put(out, Sins.Millis.class);
            out.putNextEntry(new JarEntry("lib/other.jar"));
        }
        String message = assertThrows(AssertionError.class, () -> DeterminismCheck.require(jar))
                .getMessage();
        assertTrue(
                message.contains("currentTimeMillis") && message.contains("lib/other.jar: code in the jar"), message);
    }

    @Test
    void nothingToReadIsNotNothingWrong(@TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> DeterminismCheck.of(folder));
    }

    private static void put(JarOutputStream out, Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(file));
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            in.transferTo(out);
        }
    }

    /** The class that javac makes for a switch over an enum of another file. */
    private static Class<?> gravitySwitch() {
        try {
            return Class.forName(Virtues.class.getName() + "$1");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
