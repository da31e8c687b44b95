package org.hauptbuch.tck;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hauptbuch.tck.DeterminismCheck.Finding;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Looks at the instructions of one method. */
final class MethodInspector {
    private static final String FLOATING = "floating point rounds where nobody sees it; use long, BigInteger or Rate";
    private static final String UNORDERED =
            "order of a hash table; declare it a SortedSet, SortedMap or List, or make a TreeSet or TreeMap of it";

    /** What walks through a set or a map. */
    private static final Set<String> WALKS = Set.of(
            "iterator", "stream", "forEach", "spliterator", "toArray", "toString", "keySet", "values", "entrySet");

    /** What takes a collection in and keeps its order. */
    private static final Set<String> KEEPERS = Set.of(
            "java/util/ArrayList.<init>",
            "java/util/LinkedList.<init>",
            "java/util/ArrayDeque.<init>",
            "java/util/PriorityQueue.<init>",
            "java/util/LinkedHashSet.<init>",
            "java/util/LinkedHashMap.<init>",
            "java/util/LinkedHashMap.putAll",
            "java/util/List.copyOf",
            "java/util/List.addAll",
            "java/util/ArrayList.addAll",
            "java/util/Collection.addAll",
            "java/util/LinkedHashSet.addAll",
            "java/util/Deque.addAll",
            "java/lang/String.join",
            "java/lang/String.valueOf",
            "java/lang/StringBuilder.append");

    /** How javac makes lambdas, texts of pieces, and the methods of records. */
    private static final Set<String> BOOTSTRAPS = Set.of(
            "java/lang/invoke/LambdaMetafactory",
            "java/lang/invoke/StringConcatFactory",
            "java/lang/runtime/ObjectMethods",
            "java/lang/runtime/SwitchBootstraps");

    /** Whether one of these comes depends on the memory that a machine has left. */
    private static final Set<String> MACHINE_FAILURES = Set.of(
            "java/lang/Throwable",
            "java/lang/Error",
            "java/lang/VirtualMachineError",
            "java/lang/StackOverflowError",
            "java/lang/OutOfMemoryError");

    private final String type;
    private final MethodNode method;
    private final Vocabulary vocabulary;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private int line;

    MethodInspector(String type, MethodNode method, Vocabulary vocabulary) {
        this.type = type;
        this.method = method;
        this.vocabulary = vocabulary;
    }

    Set<Finding> inspect() {
        Frame<BasicValue>[] frames;
        try {
            frames = new Analyzer<>(new Origins()).analyze(type, method);
        } catch (AnalyzerException e) {
            throw new IllegalArgumentException("class " + type + ", method " + method.name + ": broken byte code", e);
        }
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (instruction.getOpcode() >= 0) {
                name(instruction);
                if (frames[i] != null) {
                    follow(instruction, frames[i]);
                }
            }
        }
        method.tryCatchBlocks.forEach(block -> {
            if (block.type != null && MACHINE_FAILURES.contains(block.type)) {
                add("catch of " + ClassInspector.dots(block.type), "a full stack or heap is one machine's matter");
            }
        });
        return findings;
    }

    /** What the instruction names. */
    private void name(AbstractInsnNode instruction) {
        if (isFloating(instruction.getOpcode())) {
            add("float or double", FLOATING);
        } else if (instruction instanceof MethodInsnNode call) {
            call(call.owner, call.name, call.desc);
        } else if (instruction instanceof FieldInsnNode field) {
            type(field.owner);
            vocabulary
                    .descriptor(Type.getType(field.desc))
                    .ifPresent(reason -> add(ClassInspector.dots(field.owner) + "." + field.name, reason));
            if (field.getOpcode() == Opcodes.PUTSTATIC
                    && !(method.name.equals("<clinit>") && field.owner.equals(type))) {
                add("write to static field " + field.name, "is memory that is not in the chain's state");
            }
        } else if (instruction instanceof TypeInsnNode named) {
            type(named.desc);
        } else if (instruction instanceof MultiANewArrayInsnNode array) {
            type(array.desc);
        } else if (instruction instanceof IntInsnNode array
                && array.getOpcode() == Opcodes.NEWARRAY
                && (array.operand == Opcodes.T_FLOAT || array.operand == Opcodes.T_DOUBLE)) {
            add("float or double", FLOATING);
        } else if (instruction instanceof LdcInsnNode constant) {
            constant(constant.cst);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            dynamic(dynamic);
        }
    }

    private void constant(Object constant) {
        if (constant instanceof Float || constant instanceof Double) {
            add("float or double", FLOATING);
        } else if (constant instanceof Type named && named.getSort() != Type.METHOD) {
            vocabulary.descriptor(named).ifPresent(reason -> add(named.getClassName() + ".class", reason));
        } else if (!(constant instanceof Integer || constant instanceof Long || constant instanceof String)) {
            add("constant " + constant, "reflection");
        }
    }

    private void dynamic(InvokeDynamicInsnNode dynamic) {
        if (!BOOTSTRAPS.contains(dynamic.bsm.getOwner())) {
            add(ClassInspector.dots(dynamic.bsm.getOwner()) + "." + dynamic.bsm.getName(), "reflection");
        }
        vocabulary.descriptor(Type.getMethodType(dynamic.desc)).ifPresent(reason -> add(dynamic.desc, reason));
        for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle handle && handle.getTag() > Opcodes.H_PUTSTATIC) {
                call(handle.getOwner(), handle.getName(), handle.getDesc());
                if (WALKS.contains(handle.getName()) && takesUnordered(dynamic)) {
                    add("reference to a set's or map's " + handle.getName(), UNORDERED);
                }
            }
        }
    }

    /** Whether a reference to a method, not bound to an object yet, is made for a set or map without order. */
    private static boolean takesUnordered(InvokeDynamicInsnNode reference) {
        return Type.getArgumentTypes(reference.desc).length == 0
                && reference.bsmArgs[2] instanceof Type made
                && made.getArgumentTypes().length > 0
                && made.getArgumentTypes()[0].getSort() == Type.OBJECT
                && Origins.hasNoOrder(made.getArgumentTypes()[0].getInternalName());
    }

    private void call(String owner, String name, String descriptor) {
        boolean hashing = method.name.equals("hashCode") && method.desc.equals("()I");
        if (hashing && name.startsWith("hash")) {
            return;
        }
        vocabulary
                .call(owner, name, descriptor)
                .ifPresent(reason -> add(ClassInspector.dots(owner) + "." + name, reason));
    }

    private void type(String internalName) {
        vocabulary
                .type(internalName)
                .ifPresent(reason -> add(Type.getObjectType(internalName).getClassName(), reason));
    }

    /** What the instruction does with values whose origin is known. */
    private void follow(AbstractInsnNode instruction, Frame<BasicValue> frame) {
        int depth = frame.getStackSize();
        if (instruction instanceof MethodInsnNode call) {
            int arguments = Type.getArgumentTypes(call.desc).length;
            if (call.getOpcode() != Opcodes.INVOKESTATIC) {
                BasicValue receiver = frame.getStack(depth - arguments - 1);
                boolean unordered =
                        Origins.hasNoOrder(call.owner) ? !Origins.isOrdered(receiver) : receiver == Origins.UNORDERED;
                if (unordered && WALKS.contains(call.name)) {
                    add(ClassInspector.dots(call.owner) + "." + call.name, UNORDERED);
                }
            }
            if (KEEPERS.contains(call.owner + "." + call.name)) {
                noneUnordered(frame, arguments, ClassInspector.dots(call.owner) + "." + call.name);
            }
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            // a text put together of it; or a reference to a method that is bound to it
            boolean bound = dynamic.bsmArgs.length > 1
                    && dynamic.bsmArgs[1] instanceof Handle handle
                    && WALKS.contains(handle.getName());
            if (bound || dynamic.bsm.getName().equals("makeConcatWithConstants")) {
                noneUnordered(
                        frame, Type.getArgumentTypes(dynamic.desc).length, "text of or reference to a set or map");
            }
        } else if (instruction.getOpcode() == Opcodes.PUTSTATIC
                && method.name.equals("<clinit>")
                && Origins.isFresh(frame.getStack(depth - 1))) {
            add(
                    "static field " + ((FieldInsnNode) instruction).name,
                    "can be changed, and is memory that is not in the chain's state");
        } else if (instruction.getOpcode() >= Opcodes.IASTORE
                && instruction.getOpcode() <= Opcodes.SASTORE
                && !method.name.equals("<clinit>")
                && frame.getStack(depth - 3) == Origins.STATIC_ARRAY) {
            add("write to a static array", "is memory that is not in the chain's state");
        }
    }

    private void noneUnordered(Frame<BasicValue> frame, int arguments, String thing) {
        for (int i = 1; i <= arguments; i++) {
            if (frame.getStack(frame.getStackSize() - i) == Origins.UNORDERED) {
                add(thing, UNORDERED);
            }
        }
    }

    private static boolean isFloating(int opcode) {
        return switch (opcode) {
            case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2, Opcodes.DCONST_0, Opcodes.DCONST_1 -> true;
            case Opcodes.FLOAD, Opcodes.DLOAD, Opcodes.FALOAD, Opcodes.DALOAD -> true;
            case Opcodes.FSTORE, Opcodes.DSTORE, Opcodes.FASTORE, Opcodes.DASTORE -> true;
            case Opcodes.FADD, Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV, Opcodes.FREM, Opcodes.FNEG -> true;
            case Opcodes.DADD, Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV, Opcodes.DREM, Opcodes.DNEG -> true;
            case Opcodes.I2F, Opcodes.I2D, Opcodes.L2F, Opcodes.L2D, Opcodes.F2D, Opcodes.D2F -> true;
            case Opcodes.F2I, Opcodes.F2L, Opcodes.D2I, Opcodes.D2L -> true;
            case Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> true;
            case Opcodes.FRETURN, Opcodes.DRETURN -> true;
            default -> false;
        };
    }

    private void add(String thing, String reason) {
        boolean known = findings.stream().anyMatch(f -> f.thing().equals(thing));
        if (!known) {
            findings.add(new Finding(ClassInspector.dots(type), method.name, line, thing, reason));
        }
    }
}
