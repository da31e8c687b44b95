package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/**
 * What every rule promises, whatever its kind. Nobody implements it alone: a rule's test implements the contract of its
 * kind, such as {@link SelectionRuleContract}, and names the factory; JUnit runs the tests that it inherits.
 *
 * <pre>
 *     class MySelectionTest implements SelectionRuleContract {
 *         public RuleFactory factory() {
 *             return new MySelectionFactory();
 *         }
 *     }
 * </pre>
 */
public interface RuleContract {
    /** The rule's factory: the component that the node finds in the bundle. */
    RuleFactory factory();

    /** Parameters to test the rule with; its defaults unless the test says otherwise. */
    default Parameters parameters() {
        return Parameters.NONE;
    }

    /**
     * For each parameter of the rule values that it has to refuse: out of range at both ends, and no number at all.
     * None for a rule without parameters.
     */
    default Map<String, List<String>> wrongParameters() {
        return Map.of();
    }

    /** Where the rule's classes are: where its factory was loaded from. */
    default Path code() {
        return DeterminismCheck.codeOf(factory().getClass());
    }

    /** The id in the factory's {@link ConsensusRule}. */
    default String id() {
        return declared().get("id");
    }

    /** Reads every class of the bundle, see {@link DeterminismCheck}. */
    @Test
    default void itsCodeIsDeterministic() {
        DeterminismCheck.require(code());
    }

    /** The node looks the rule up by what is declared, and hands it to the place of its kind. */
    @Test
    default void itIsWhatItsFactoryDeclares() {
        String kind = declared().get("kind");
        RuleKind known = RuleKind.ofText(kind)
                .orElseThrow(() -> new AssertionError("@ConsensusRule(kind = \"" + kind + "\"): there is no such kind,"
                        + " must be one of "
                        + Stream.of(RuleKind.values()).map(RuleKind::text).toList()));
        assertTrue(id().startsWith(kind + "."), () -> "@ConsensusRule(id = \"" + id() + "\"): must begin with " + kind);
        Class<?> wanted =
                switch (known) {
                    case SELECTION -> org.hauptbuch.api.selection.SelectionRule.class;
                    case STAKING -> org.hauptbuch.api.staking.StakingRule.class;
                    case DELEGATION -> org.hauptbuch.api.delegation.DelegationRule.class;
                    case REWARD -> org.hauptbuch.api.reward.RewardRule.class;
                    case SLASHING -> org.hauptbuch.api.slashing.SlashingRule.class;
                    case PENALTY -> org.hauptbuch.api.penalty.PenaltyRule.class;
                    case FINALITY -> org.hauptbuch.api.finality.FinalityRule.class;
                };
        assertInstanceOf(wanted, factory().create(parameters()));
    }

    /** A misspelled name must not be a silent default: whole chains have run on one. */
    @Test
    default void anUnknownParameterIsRefusedByName() {
        Map<String, String> values = new TreeMap<>(parameters().asMap());
        values.put("noSuchParameter", "1");
        Outcome refusal = Outcome.of(() -> factory().create(Parameters.of(values)));
        refusal.requireRefusedAs(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "the parameter noSuchParameter");
        assertTrue(refusal.message().contains("noSuchParameter"), () -> "names no parameter: " + refusal.message());
    }

    @Test
    default void aWrongParameterIsRefusedByName() {
        wrongParameters()
                .forEach((name, wrong) -> wrong.forEach(value -> {
                    Map<String, String> values = new TreeMap<>(parameters().asMap());
                    values.put(name, value);
                    Outcome refusal = Outcome.of(() -> factory().create(Parameters.of(values)));
                    refusal.requireRefusedAs(
                            PoSError.CONSENSUS_STATE_UPDATE_FAILED, "the parameter " + name + "=" + value);
                    assertTrue(refusal.message().contains(name), () -> "names not " + name + ": " + refusal.message());
                }));
    }

    /** All that knows of OSGi is the factory, so that the rule also runs in a simulator and in a program. */
    @Test
    default void onlyItsFactoryNamesOsgi() {
        assertEquals(List.of(), PlainJava.osgiUsers(code(), factory().getClass()));
    }

    @Test
    default void itIsMadeWhereNoOsgiClassExists() {
        PlainJava.make(factory().getClass(), parameters());
    }

    private Map<String, String> declared() {
        Class<?> type = factory().getClass();
        ClassNode node = new ClassNode();
        try (InputStream in =
                type.getClassLoader().getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            new ClassReader(in).accept(node, ClassReader.SKIP_CODE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the annotation is for bnd, and gone at run time
        List<AnnotationNode> annotations = node.invisibleAnnotations == null ? List.of() : node.invisibleAnnotations;
        List<Object> values = annotations.stream()
                .filter(annotation -> annotation.desc.equals(Type.getDescriptor(ConsensusRule.class)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type.getName() + " has no @ConsensusRule"))
                .values;
        Map<String, String> declared = new TreeMap<>();
        for (int i = 0; i < values.size(); i += 2) {
            declared.put((String) values.get(i), (String) values.get(i + 1));
        }
        return declared;
    }
}
