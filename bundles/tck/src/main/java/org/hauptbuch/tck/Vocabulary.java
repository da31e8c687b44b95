package org.hauptbuch.tck;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/**
 * What a rule's code may name, and why not the rest. Types are known by name or by how they begin; a type that is not
 * known is refused. Names are those of class files, such as {@code java/lang/String}.
 */
final class Vocabulary {
    private static final String CLOCK = "a clock; time is view.timeMillis() or the header's";
    private static final String RANDOM = "randomness; the seed of prepare() is all there is";
    private static final String THREADS = "threads; results would depend on who comes first";
    private static final String IO = "input or output; a rule knows its arguments and nothing else";
    private static final String SETTINGS = "a setting of the machine; parameters come from the chain";
    private static final String REFLECTION = "reflection or class loading";
    private static final String HASH_ORDER = "order of a hash table; use TreeMap, TreeSet or LinkedHashMap";
    private static final String HASH_CODE = "a hash code may differ from machine to machine; use Hash.sha256";
    private static final String FLOATING = "floating point rounds where nobody sees it; use long, BigInteger or Rate";
    private static final String LOCALE = "the machine's language; name Locale.ROOT, or put the text together with +";
    private static final String CHARSET = "the machine's character set; name StandardCharsets.UTF_8";
    private static final String COLLECTOR =
            "collects into a hash table; use Collectors.toCollection(TreeSet::new) or a form that takes TreeMap::new";
    private static final String FIRST_COMES = "any element may be another one elsewhere; use findFirst";
    private static final String NOT_FOR_RULES = "is the node's and not a rule's";
    private static final String UNKNOWN = "is not among what a rule may use";

    /** Known and refused: what a name begins with, and why. The first that fits counts. */
    private static final List<Map.Entry<String, String>> REFUSED = List.of(
            Map.entry("java/util/Random", RANDOM),
            Map.entry("java/util/random/", RANDOM),
            Map.entry("java/util/SplittableRandom", RANDOM),
            Map.entry("java/util/UUID", RANDOM),
            Map.entry("java/util/concurrent/ThreadLocalRandom", RANDOM),
            Map.entry("java/security/SecureRandom", RANDOM),
            Map.entry("java/time/Clock", CLOCK),
            Map.entry("java/util/Date", CLOCK),
            Map.entry("java/util/Calendar", CLOCK),
            Map.entry("java/util/GregorianCalendar", CLOCK),
            Map.entry("java/time/format/", LOCALE),
            Map.entry("java/text/", LOCALE),
            Map.entry("java/util/Formatter", LOCALE),
            Map.entry("java/lang/Thread", THREADS),
            Map.entry("java/lang/InheritableThreadLocal", THREADS),
            Map.entry("java/util/concurrent/", THREADS),
            Map.entry("java/util/Timer", THREADS),
            Map.entry("java/util/stream/StreamSupport", THREADS),
            Map.entry("java/io/", IO),
            Map.entry("java/net/", IO),
            Map.entry("java/nio/file/", IO),
            Map.entry("java/nio/channels/", IO),
            Map.entry("java/util/Scanner", IO),
            Map.entry("java/util/logging/", IO),
            Map.entry("org/slf4j/", IO),
            Map.entry("java/lang/Process", IO),
            Map.entry("java/lang/Runtime", SETTINGS),
            Map.entry("java/util/Properties", SETTINGS),
            Map.entry("java/util/prefs/", SETTINGS),
            Map.entry("java/lang/reflect/", REFLECTION),
            Map.entry("java/lang/invoke/", REFLECTION),
            Map.entry("java/lang/ClassLoader", REFLECTION),
            Map.entry("java/lang/Module", REFLECTION),
            Map.entry("java/lang/StackWalker", REFLECTION),
            Map.entry("java/util/ServiceLoader", REFLECTION),
            Map.entry("java/lang/ref/", "the garbage collector's moods"),
            Map.entry("java/util/HashMap", HASH_ORDER),
            Map.entry("java/util/HashSet", HASH_ORDER),
            Map.entry("java/util/Hashtable", HASH_ORDER),
            Map.entry("java/util/IdentityHashMap", HASH_ORDER),
            Map.entry("java/util/WeakHashMap", HASH_ORDER),
            Map.entry("java/lang/Float", FLOATING),
            Map.entry("java/lang/Double", FLOATING),
            Map.entry("java/util/OptionalDouble", FLOATING),
            Map.entry("java/util/DoubleSummaryStatistics", FLOATING),
            Map.entry("java/util/stream/Double", FLOATING),
            Map.entry("java/util/function/Double", FLOATING),
            Map.entry("java/util/function/ToDouble", FLOATING),
            Map.entry("org/hauptbuch/api/net/", NOT_FOR_RULES),
            Map.entry("org/hauptbuch/api/store/", NOT_FOR_RULES),
            Map.entry("org/hauptbuch/api/node/", NOT_FOR_RULES),
            Map.entry("org/hauptbuch/api/generation/", NOT_FOR_RULES));

    /** Known and allowed, whole packages: what a name begins with. */
    private static final List<String> PACKAGES = List.of(
            "org/hauptbuch/api/",
            "java/math/",
            "java/nio/charset/",
            "java/time/temporal/",
            "java/util/function/",
            "java/util/stream/");

    /** Known and allowed, by package. */
    private static final Map<String, Set<String>> TYPES = Map.of(
            "java/lang/",
            Set.of(("AutoCloseable Boolean Byte CharSequence Character Class Comparable Enum Integer Iterable Long Math"
                            + " Number Object Record Runnable Short StrictMath String StringBuilder System Throwable"
                            + " Void")
                    .split(" ")),
            "java/util/",
            Set.of(
                    ("AbstractCollection AbstractList AbstractMap AbstractSequentialList AbstractSet ArrayDeque ArrayList"
                                    + " Arrays Base64 BitSet Collection Collections Comparator Deque EnumMap EnumSet Enumeration"
                                    + " HexFormat Iterator LinkedHashMap LinkedHashSet LinkedList List ListIterator Locale Map"
                                    + " NavigableMap NavigableSet Objects Optional OptionalInt OptionalLong PrimitiveIterator"
                                    + " PriorityQueue Queue RandomAccess Set SortedMap SortedSet Spliterator Spliterators"
                                    + " StringJoiner TreeMap TreeSet IntSummaryStatistics LongSummaryStatistics")
                            .split(" ")),
            "java/nio/",
            Set.of("Buffer ByteBuffer ByteOrder CharBuffer IntBuffer LongBuffer ShortBuffer".split(" ")),
            "java/security/",
            Set.of("MessageDigest", "NoSuchAlgorithmException", "GeneralSecurityException"),
            "java/time/",
            Set.of("DayOfWeek Duration Instant LocalDate LocalDateTime LocalTime Month Period ZoneOffset".split(" ")),
            "java/io/",
            Set.of("Serializable"));

    /** Packages whose exceptions and errors may be thrown and caught. */
    private static final Set<String> EXCEPTIONS = Set.of("java/lang/", "java/util/", "java/nio/", "java/time/");

    /** Of these types only these methods. */
    private static final Map<String, Set<String>> ONLY = Map.of(
            "java/lang/System", Set.of("arraycopy"),
            "java/lang/Class", Set.of("getName", "getSimpleName", "isInstance", "cast"));

    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("java/lang/System.currentTimeMillis", CLOCK),
            Map.entry("java/lang/System.nanoTime", CLOCK),
            Map.entry("java/lang/System.identityHashCode", HASH_CODE),
            Map.entry("java/lang/Class.desiredAssertionStatus", "assert is on or off as the machine is set; throw"),
            Map.entry("java/lang/Integer.getInteger", SETTINGS),
            Map.entry("java/lang/Long.getLong", SETTINGS),
            Map.entry("java/lang/Boolean.getBoolean", SETTINGS),
            Map.entry("java/nio/ByteOrder.nativeOrder", SETTINGS),
            Map.entry("java/util/Locale.getDefault", LOCALE),
            Map.entry("java/lang/String.formatted", LOCALE),
            Map.entry("java/lang/String.toLowerCase()Ljava/lang/String;", LOCALE),
            Map.entry("java/lang/String.toUpperCase()Ljava/lang/String;", LOCALE),
            Map.entry("java/lang/String.format(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/String;", LOCALE),
            Map.entry("java/nio/charset/Charset.defaultCharset", CHARSET),
            Map.entry("java/lang/String.getBytes()[B", CHARSET),
            Map.entry("java/lang/String.<init>([B)V", CHARSET),
            Map.entry("java/lang/String.<init>([BII)V", CHARSET),
            Map.entry("java/lang/Math.random", RANDOM),
            Map.entry("java/lang/StrictMath.random", RANDOM),
            Map.entry("java/util/Collections.shuffle", RANDOM),
            Map.entry("org/hauptbuch/api/crypto/SignatureScheme.newSecret", RANDOM),
            Map.entry("java/lang/Object.wait", THREADS),
            Map.entry("java/lang/Object.notify", THREADS),
            Map.entry("java/lang/Object.notifyAll", THREADS),
            Map.entry("java/util/stream/Collectors.toSet", COLLECTOR),
            Map.entry("java/util/stream/Collectors.toUnmodifiableSet", COLLECTOR),
            Map.entry("java/util/stream/Collectors.toUnmodifiableMap", COLLECTOR),
            Map.entry("java/util/stream/Collectors.groupingByConcurrent", THREADS),
            Map.entry("java/util/stream/Collectors.toConcurrentMap", THREADS));

    private final Collection<String> own;

    /** @param own the types that the rule's code consists of, which are all looked at */
    Vocabulary(Collection<String> own) {
        this.own = Set.copyOf(own);
    }

    /** Why a type may not be named; empty where it may. */
    Optional<String> type(String internalName) {
        if (internalName.startsWith("[")) {
            return descriptor(Type.getObjectType(internalName));
        }
        int slash = internalName.lastIndexOf('/') + 1;
        String folder = internalName.substring(0, slash);
        String outer = internalName.substring(slash).split("\\$", 2)[0];
        if (own.contains(internalName) || TYPES.getOrDefault(folder, Set.of()).contains(outer)) {
            return Optional.empty();
        }
        if (EXCEPTIONS.contains(folder) && (outer.endsWith("Exception") || outer.endsWith("Error"))) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> refused : REFUSED) {
            if (internalName.startsWith(refused.getKey())) {
                return Optional.of(refused.getValue());
            }
        }
        return PACKAGES.stream().anyMatch(internalName::startsWith) ? Optional.empty() : Optional.of(UNKNOWN);
    }

    /** Why something of this type, or a method of this signature, may not be used; empty where it may. */
    Optional<String> descriptor(Type type) {
        return switch (type.getSort()) {
            case Type.FLOAT, Type.DOUBLE -> Optional.of(FLOATING);
            case Type.ARRAY -> descriptor(type.getElementType());
            case Type.OBJECT -> type(type.getInternalName());
            case Type.METHOD -> Stream.concat(Arrays.stream(type.getArgumentTypes()), Stream.of(type.getReturnType()))
                    .flatMap(part -> descriptor(part).stream())
                    .findFirst();
            default -> Optional.empty();
        };
    }

    /** Why a method may not be called; empty where it may. */
    Optional<String> call(String owner, String name, String descriptor) {
        String byName = CALLS.getOrDefault(owner + "." + name, CALLS.get(owner + "." + name + descriptor));
        if (byName != null) {
            return Optional.of(byName);
        }
        // a switch over texts asks for the one hash code that the platform specifies
        boolean specified = owner.equals("java/lang/String");
        if (name.equals("hashCode") && !specified || owner.equals("java/util/Objects") && name.equals("hash")) {
            return Optional.of(HASH_CODE);
        }
        Optional<String> byType = type(owner).or(() -> descriptor(Type.getMethodType(descriptor)));
        if (byType.isPresent() || own.contains(owner)) {
            return byType;
        }
        if (ONLY.containsKey(owner) && !ONLY.get(owner).contains(name)) {
            return Optional.of(owner.equals("java/lang/Class") ? REFLECTION : SETTINGS);
        }
        return Optional.ofNullable(platform(owner, name, descriptor));
    }

    private static String platform(String owner, String name, String descriptor) {
        if (!owner.startsWith("java/")) {
            return null;
        }
        if (name.startsWith("parallel")) {
            return THREADS;
        }
        if (owner.startsWith("java/time/") && name.equals("now")) {
            return CLOCK;
        }
        if (name.equals("findAny") || name.equals("unordered")) {
            return FIRST_COMES;
        }
        if (name.equals("printStackTrace")) {
            return IO;
        }
        if (name.equals("getStackTrace")) {
            return REFLECTION;
        }
        boolean collects = owner.equals("java/util/stream/Collectors");
        if (collects && (name.equals("toMap") || name.equals("groupingBy")) && !descriptor.contains("Supplier")) {
            return COLLECTOR;
        }
        return collects && (name.startsWith("averaging") || name.endsWith("Double")) ? FLOATING : null;
    }
}
