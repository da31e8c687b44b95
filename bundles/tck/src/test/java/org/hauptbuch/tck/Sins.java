package org.hauptbuch.tck;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.KeyType;

/** One class for each thing that a rule may not do. */
@SuppressWarnings("unused")
final class Sins {
    private Sins() {}

    static final class Millis {
        long run() {
            return System.currentTimeMillis();
        }
    }

    static final class Nanos {
        long run() {
            return System.nanoTime();
        }
    }

    static final class Now {
        Instant run() {
            return Instant.now();
        }
    }

    static final class Today {
        LocalDate run() {
            return LocalDate.now();
        }
    }

    static final class NewDate {
        long run() {
            return new Date().getTime();
        }
    }

    static final class ClockInALambda {
        java.util.function.LongSupplier run() {
            return System::nanoTime;
        }
    }

    static final class SystemZone {
        ZoneId run() {
            return ZoneId.systemDefault();
        }
    }

    static final class Dice {
        int run() {
            return new Random().nextInt();
        }
    }

    static final class SecureDice {
        int run() {
            return new SecureRandom().nextInt();
        }
    }

    static final class MathDice {
        boolean run() {
            return Math.random() > 0;
        }
    }

    static final class RandomName {
        UUID run() {
            return UUID.randomUUID();
        }
    }

    static final class ThreadDice {
        int run() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    static final class Shuffle {
        void run(List<String> list) {
            Collections.shuffle(list);
        }
    }

    static final class FreshSecret {
        Object run(SignatureScheme scheme) {
            return scheme.newSecret(KeyType.ED25519);
        }
    }

    static final class NewThread {
        void run(Runnable work) {
            new Thread(work).start();
        }
    }

    static final class IsAThread extends Thread {}

    static final class Pool {
        Executor run() {
            return Executors.newCachedThreadPool();
        }
    }

    static final class Future {
        Object run() {
            return CompletableFuture.completedFuture(1);
        }
    }

    static final class ParallelStream {
        long run(List<String> list) {
            return list.parallelStream().count();
        }
    }

    static final class Parallel {
        long run(List<String> list) {
            return list.stream().parallel().count();
        }
    }

    static final class ParallelSort {
        void run(long[] numbers) {
            java.util.Arrays.parallelSort(numbers);
        }
    }

    static final class FindAny {
        Object run(List<String> list) {
            return list.stream().findAny();
        }
    }

    static final class OldFile {
        boolean run() {
            return new File("x").exists();
        }
    }

    static final class NewFile {
        String run() throws IOException {
            return Files.readString(Path.of("x"));
        }
    }

    static final class Net {
        Object run() throws IOException {
            return new Socket("localhost", 1);
        }
    }

    static final class Print {
        void run() {
            System.out.println("x");
        }
    }

    static final class Trace {
        void run(RuntimeException e) {
            e.printStackTrace();
        }
    }

    static final class Property {
        String run() {
            return System.getProperty("x");
        }
    }

    static final class IntProperty {
        Integer run() {
            return Integer.getInteger("x");
        }
    }

    static final class Environment {
        String run() {
            return System.getenv("x");
        }
    }

    static final class Cores {
        int run() {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    static final class Lower {
        String run(String text) {
            return text.toLowerCase();
        }
    }

    static final class Upper {
        java.util.function.UnaryOperator<String> run() {
            return String::toUpperCase;
        }
    }

    static final class Format {
        String run(long number) {
            return String.format("%,d", number);
        }
    }

    static final class FormatOfARefusal {
        RuntimeException run(long number) {
            return new PoSException(PoSError.INVALID_STAKE, "stake is %,d".formatted(number));
        }
    }

    static final class Numbers {
        String run(long number) {
            return NumberFormat.getInstance().format(number);
        }
    }

    static final class HomeLocale {
        Locale run() {
            return Locale.getDefault();
        }
    }

    static final class PlatformBytes {
        byte[] run(String text) {
            return text.getBytes();
        }
    }

    static final class DoubleArithmetic {
        long run(long amount) {
            return (long) (amount * 0.05);
        }
    }

    static final class FloatField {
        float share;
    }

    static final class DoubleSignature {
        void run(double share) {}
    }

    static final class Average {
        OptionalDouble run(List<Long> list) {
            return list.stream().mapToLong(Long::longValue).average();
        }
    }

    static final class Power {
        long run(long x) {
            return Math.round(Math.pow(x, 2));
        }
    }

    static final class NewHashMap {
        Map<String, String> run() {
            return new HashMap<>();
        }
    }

    static final class NewHashSet {
        Set<String> run() {
            return new HashSet<>();
        }
    }

    static final class NewIdentityHashMap {
        Map<String, String> run() {
            return new IdentityHashMap<>();
        }
    }

    static final class NewWeakHashMap {
        Map<String, String> run() {
            return new WeakHashMap<>();
        }
    }

    static final class CollectToSet {
        Object run(List<String> list) {
            return list.stream().collect(Collectors.toSet());
        }
    }

    static final class CollectToMap {
        Object run(List<String> list) {
            return list.stream().collect(Collectors.groupingBy(String::length));
        }
    }

    static final class WalkSetOf {
        private static final Set<String> NAMES = Set.of("a", "b");

        String run() {
            for (String name : NAMES) {
                return name;
            }
            return "";
        }
    }

    static final class WalkMapOf {
        void run(List<String> out) {
            Map.of("a", "b").forEach((key, value) -> out.add(key));
        }
    }

    static final class WalkKeysOfAMap {
        Object run(Map<String, String> map) {
            return map.keySet();
        }
    }

    static final class ListOfASet {
        List<String> run() {
            return new ArrayList<>(Set.of("a", "b"));
        }
    }

    static final class StreamOfASetSomewhere {
        Object run(boolean which) {
            Set<String> set = which ? new java.util.TreeSet<>() : Set.of("a", "b");
            return set.stream().findFirst();
        }
    }

    static final class SetByReference {
        Object run(List<Set<String>> sets) {
            return sets.stream().flatMap(Set::stream).toList();
        }
    }

    static final class BoundReference {
        java.util.function.Supplier<Object> run() {
            return Set.of("a", "b")::iterator;
        }
    }

    static final class TextOfASet {
        String run() {
            return "names " + Set.of("a", "b");
        }
    }

    static final class HashCode {
        int run(Object object) {
            return object.hashCode();
        }
    }

    static final class HashOf {
        int run(Object object) {
            return Objects.hash(object);
        }
    }

    static final class IdentityHash {
        int run(Object object) {
            return System.identityHashCode(object);
        }
    }

    static final class MutableStatic {
        static long count;
    }

    static final class PutStatic {
        void run() {
            MutableStatic.count = 1;
        }
    }

    static final class StaticCache {
        static final Map<String, String> CACHE = new TreeMap<>();
    }

    static final class StaticArray {
        static final long[] LAST = new long[1];

        void run(long height) {
            LAST[0] = height;
        }
    }

    static final class StaticCounter {
        static final AtomicLong COUNT = new AtomicLong();
    }

    static final class StatefulRule implements RuleFactory {
        private int calls;

        @Override
        public Rule create(Parameters parameters) {
            calls++;
            throw new IllegalStateException("call " + calls);
        }
    }

    static final class ForName {
        Object run() throws ClassNotFoundException {
            return Class.forName("x");
        }
    }

    static final class Reflection {
        Object run() {
            return Sins.class.getDeclaredMethods();
        }
    }

    static final class Resource {
        Object run() {
            return Sins.class.getResourceAsStream("x");
        }
    }

    static final class Handles {
        Object run() {
            return MethodHandles.lookup();
        }
    }

    static final class Services {
        Object run() {
            return ServiceLoader.load(Runnable.class);
        }
    }

    static final class SerializableLambda {
        Object run() {
            return (Runnable & Serializable) () -> {};
        }
    }

    static final class Native {
        native long run();
    }

    static final class Finalizer {
        @Override
        @SuppressWarnings({"removal", "deprecation"})
        protected void finalize() {}
    }

    static final class Weak {
        Object run(Object object) {
            return new java.lang.ref.WeakReference<>(object);
        }
    }

    static final class FullStack {
        int run(int depth) {
            try {
                return depth == 0 ? 0 : 1 + run(depth - 1);
            } catch (StackOverflowError e) {
                return 0;
            }
        }
    }

    static final class Assertion {
        void run(long x) {
            assert x > 0;
        }
    }

    static final class Database {
        Object run(Store store) {
            return store;
        }
    }

    static final class Library {
        Object run() {
            return new org.objectweb.asm.ClassWriter(0);
        }
    }
}
