package org.hauptbuch.tck;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/**
 * Follows through a method where a value comes from, as far as order and change are concerned. A {@code Set} or
 * {@code Map} that the code does not show to have an order has none: {@code Set.of} and {@code Map.of} are iterated in
 * another order in every run of the Java machine, on purpose.
 */
final class Origins extends BasicInterpreter {
    /** A set or map with an order that every machine agrees on. */
    static final BasicValue ORDERED = marker("ordered");

    /** The same, just made and so changeable. */
    static final BasicValue FRESH_ORDERED = marker("fresh-ordered");

    /** A changeable object of the platform, just made. */
    static final BasicValue FRESH = marker("fresh");

    /** Known as a set or a map only. */
    static final BasicValue UNORDERED = marker("unordered");

    /** An array that a static field holds. */
    static final BasicValue STATIC_ARRAY = marker("static-array");

    private static final Set<String> ORDERED_TYPES = Set.of(
            "java/util/SortedMap",
            "java/util/NavigableMap",
            "java/util/TreeMap",
            "java/util/LinkedHashMap",
            "java/util/EnumMap",
            "java/util/SortedSet",
            "java/util/NavigableSet",
            "java/util/TreeSet",
            "java/util/LinkedHashSet",
            "java/util/EnumSet");

    private static final Set<String> CHANGEABLE = Set.of(
            "java/util/ArrayList",
            "java/util/LinkedList",
            "java/util/ArrayDeque",
            "java/util/PriorityQueue",
            "java/util/BitSet",
            "java/lang/StringBuilder");

    private static final Set<String> UNORDERED_TYPES =
            Set.of("java/util/Set", "java/util/Map", "java/util/AbstractSet", "java/util/AbstractMap");

    Origins() {
        super(Opcodes.ASM9);
    }

    private static BasicValue marker(String name) {
        return new BasicValue(Type.getObjectType(name));
    }

    /** Whether this is a set or map whose order is the same everywhere. */
    static boolean isOrdered(BasicValue value) {
        return value == ORDERED || value == FRESH_ORDERED;
    }

    /** Whether this object was just made and can be changed. */
    static boolean isFresh(BasicValue value) {
        return value == FRESH || value == FRESH_ORDERED;
    }

    /** Whether a static type says nothing about the order of a set or a map. */
    static boolean hasNoOrder(String type) {
        return UNORDERED_TYPES.contains(type);
    }

    @Override
    public BasicValue newValue(Type type) {
        if (type != null && type.getSort() == Type.OBJECT) {
            if (UNORDERED_TYPES.contains(type.getInternalName())) {
                return UNORDERED;
            }
            if (ORDERED_TYPES.contains(type.getInternalName())) {
                return ORDERED;
            }
        }
        return super.newValue(type);
    }

    @Override
    public BasicValue newOperation(AbstractInsnNode instruction) throws AnalyzerException {
        if (instruction instanceof TypeInsnNode made) {
            return ORDERED_TYPES.contains(made.desc)
                    ? FRESH_ORDERED
                    : CHANGEABLE.contains(made.desc) ? FRESH : newValue(Type.getObjectType(made.desc));
        }
        if (instruction instanceof FieldInsnNode field && field.desc.startsWith("[")) {
            return STATIC_ARRAY;
        }
        return super.newOperation(instruction);
    }

    @Override
    public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
            throws AnalyzerException {
        if (instruction instanceof MethodInsnNode call && !values.isEmpty()) {
            boolean view = Set.of("keySet", "values", "entrySet").contains(call.name);
            boolean wrapper = call.owner.equals("java/util/Collections") && call.name.startsWith("unmodifiable");
            if ((view || wrapper) && isOrdered(values.get(0))) {
                return ORDERED;
            }
        }
        return super.naryOperation(instruction, values);
    }

    @Override
    public BasicValue merge(BasicValue a, BasicValue b) {
        if (a == b || !a.isReference() || !b.isReference()) {
            return super.merge(a, b);
        }
        if (isOrdered(a) && isOrdered(b)) {
            return ORDERED;
        }
        return a == UNORDERED || b == UNORDERED ? UNORDERED : BasicValue.REFERENCE_VALUE;
    }
}
