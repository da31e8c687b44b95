package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.tck.sample.ImpatientPenaltyFactory;
import org.hauptbuch.tck.sample.good.OnePriceFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.osgi.annotation.versioning.ConsumerType;

class RuleContractTest {
    /** The test that the author of {@link ImpatientPenaltyFactory} writes; run by the test below and not by itself. */
    static final class ImpatientPenaltyContract implements PenaltyRuleContract {
        @Override
        public RuleFactory factory() {
            return new ImpatientPenaltyFactory();
        }

        /** The sample shares its folder with these tests. */
        @Override
        public Path code() {
            return DeterminismCheck.codeOf(ImpatientPenaltyFactory.class).resolve("org/hauptbuch/tck/sample");
        }
    }

    @Test
    void theTestKitFailsARuleThatReadsTheClock() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ImpatientPenaltyContract.class))
                .execute()
                .testEvents();
        List<String> failures = tests.failed()
                .map(event -> event.getTestDescriptor().getDisplayName() + ": "
                        + event.getPayload(org.junit.platform.engine.TestExecutionResult.class)
                                .orElseThrow()
                                .getThrowable()
                                .orElseThrow()
                                .getMessage())
                .toList();
        assertEquals(1, failures.size(), failures::toString);
        assertTrue(
                failures.get(0)
                        .matches("(?s)itsCodeIsDeterministic\\(\\): Two nodes could differ:\\s+"
                                + "org\\.hauptbuch\\.tck\\.sample\\.ImpatientPenalty\\.penalty \\(line \\d+\\): "
                                + "java\\.lang\\.System\\.currentTimeMillis: a clock; .*"),
                failures::toString);
        // and what else the contract asks, it does
        assertEquals(8, tests.succeeded().count());
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        Map<String, List<String>> wrong = Map.of("rate", List.of("-1%", "x"));
        return new ContractProof<>(RuleContract.class, new Subject(new OnePriceFactory(), wrong))
                .breaks("itsCodeIsDeterministic", new ImpatientPenaltyContract())
                .breaks("itIsWhatItsFactoryDeclares", new Subject(new OfNoKind(), Map.of()))
                .breaks("itIsWhatItsFactoryDeclares", new Subject(new OfAnotherKind(), Map.of()))
                .breaks("itIsWhatItsFactoryDeclares", new Subject(new OfAnotherName(), Map.of()))
                .breaks("itIsWhatItsFactoryDeclares", new Subject(new Undeclared(), Map.of()))
                .breaks("anUnknownParameterIsRefusedByName", new Subject(new Undeclared(), Map.of()))
                .breaks("anUnknownParameterIsRefusedByName", new Subject(new Throwing(), Map.of()))
                .breaks("aWrongParameterIsRefusedByName", new Subject(new Undeclared(), wrong))
                .breaks("aWrongParameterIsRefusedByName", new Subject(new Throwing(), wrong))
                .breaks("onlyItsFactoryNamesOsgi", new Subject(new OnePriceFactory(), Map.of()) {
                    @Override
                    public Path code() {
                        return DeterminismCheck.codeOf(RuleContractTest.class);
                    }
                })
                .breaks("itIsMadeWhereNoOsgiClassExists", new Subject(new OsgiInside(), Map.of()))
                .tests();
    }

    private static class Subject implements RuleContract {
        private final RuleFactory factory;
        private final Map<String, List<String>> wrong;

        Subject(RuleFactory factory, Map<String, List<String>> wrong) {
            this.factory = factory;
            this.wrong = wrong;
        }

        @Override
        public RuleFactory factory() {
            return factory;
        }

        @Override
        public Map<String, List<String>> wrongParameters() {
            return wrong;
        }

        /** The good rule, which shares its folder with these tests. */
        @Override
        public Path code() {
            return DeterminismCheck.codeOf(OnePriceFactory.class).resolve("org/hauptbuch/tck/sample/good");
        }
    }

    /** Says what nobody knows. */
    @ConsensusRule(kind = "fortune", id = "fortune.one")
    public static final class OfNoKind implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            return new OnePriceFactory().create(Parameters.NONE);
        }
    }

    /** Says staking and makes a penalty. */
    @ConsensusRule(kind = "staking", id = "staking.one")
    public static final class OfAnotherKind implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            return new OnePriceFactory().create(Parameters.NONE);
        }
    }

    /** Has an id that is not of its kind. */
    @ConsensusRule(kind = "penalty", id = "one")
    public static final class OfAnotherName implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            return new OnePriceFactory().create(Parameters.NONE);
        }
    }

    /** Says nothing, and takes whatever parameters there are. */
    public static final class Undeclared implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            return new OnePriceFactory().create(Parameters.NONE);
        }
    }

    /** Falls over a wrong parameter instead of refusing it. */
    public static final class Throwing implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            throw new NumberFormatException(parameters.toString());
        }
    }

    /** Makes a rule that cannot be without OSGi. */
    public static final class OsgiInside implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            Supplier<Class<?>> type = () -> ConsumerType.class;
            throw new IllegalStateException(type.get().getName());
        }
    }
}
