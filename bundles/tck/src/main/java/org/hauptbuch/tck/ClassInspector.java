package org.hauptbuch.tck;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hauptbuch.tck.DeterminismCheck.Finding;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Looks at one class: what it is, its fields, its methods. */
final class ClassInspector {
    private static final Pattern RULE = Pattern.compile("org/hauptbuch/api/\\w+/(\\w*Rule|RuleFactory)");

    private final ClassNode node;
    private final Vocabulary vocabulary;
    private final Set<Finding> findings = new LinkedHashSet<>();

    ClassInspector(ClassNode node, Vocabulary vocabulary) {
        this.node = node;
        this.vocabulary = vocabulary;
    }

    List<Finding> inspect() {
        if (node.superName != null) {
            vocabulary.type(node.superName).ifPresent(reason -> add("extends " + dots(node.superName), reason));
        }
        for (String implemented : node.interfaces) {
            vocabulary.type(implemented).ifPresent(reason -> add("implements " + dots(implemented), reason));
        }
        node.fields.forEach(this::field);
        node.methods.forEach(this::method);
        return List.copyOf(findings);
    }

    private void field(FieldNode field) {
        boolean isFinal = (field.access & Opcodes.ACC_FINAL) != 0;
        boolean isStatic = (field.access & Opcodes.ACC_STATIC) != 0;
        if (isStatic && !isFinal) {
            add("static field " + field.name, "is memory that is not in the chain's state; make it final");
        } else if (!isFinal
                && node.interfaces.stream().anyMatch(i -> RULE.matcher(i).matches())) {
            add("field " + field.name, "a rule keeps no state of its own; make it final");
        }
        vocabulary
                .descriptor(Type.getType(field.desc))
                .ifPresent(reason -> add(
                        "field " + field.name + " of type "
                                + Type.getType(field.desc).getClassName(),
                        reason));
    }

    private void method(MethodNode method) {
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            add(method.name, "native method", "does what the machine's own code does");
        }
        if (method.name.equals("finalize") && method.desc.equals("()V")) {
            add(method.name, "finalizer", "runs when the garbage collector likes");
        }
        vocabulary
                .descriptor(Type.getMethodType(method.desc))
                .ifPresent(reason -> add(
                        method.name,
                        "signature " + Type.getMethodType(method.desc).getDescriptor(),
                        reason));
        if (method.instructions.size() > 0) {
            findings.addAll(new MethodInspector(node.name, method, vocabulary).inspect());
        }
    }

    private void add(String thing, String reason) {
        add("", thing, reason);
    }

    private void add(String method, String thing, String reason) {
        findings.add(new Finding(dots(node.name), method, 0, thing, reason));
    }

    static String dots(String internalName) {
        return internalName.replace('/', '.');
    }
}
