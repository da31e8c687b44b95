package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleSet;

/** A sound set of rules in which one does what it must not. */
final class Doctored {
    /** More than any test takes. */
    static final Duration LONG = Duration.ofMinutes(1);

    /** Answers in place of a sound rule, which it may ask. */
    interface Instead {
        Object answer(Object[] arguments, Supplier<Object> sound) throws Throwable;
    }

    final RuleCatalogue catalogue = new RuleCatalogue();

    List<String> problems(String id, String method, Instead instead) {
        return run(id, sound -> parameters -> around(sound.create(parameters), method, instead), LONG)
                .problems();
    }

    SelfTestReport run(String id, java.util.function.UnaryOperator<RuleFactory> change, Duration budget) {
        RuleSet set = add(id, change);
        SelfTestReport report = new SelfTest(catalogue, budget).run(set);
        catalogue.available().forEach(catalogue::remove);
        return report;
    }

    RuleSet add(String id, java.util.function.UnaryOperator<RuleFactory> change) {
        List<RuleCatalogue.Entry> entries = OwnRules.FIRST.stream()
                .map(OwnRules::entry)
                .map(e -> e.id().equals(id)
                        ? new RuleCatalogue.Entry(
                                e.kind(), e.id(), e.version(), e.digest(), e.source(), change.apply(e.factory()))
                        : e)
                .toList();
        entries.forEach(catalogue::add);
        return TestRules.setOf(entries);
    }

    static Rule around(Rule sound, String method, Instead instead) {
        return (Rule) Proxy.newProxyInstance(
                Doctored.class.getClassLoader(),
                sound.getClass().getInterfaces(),
                (p, m, a) -> answer(sound, m, a, method, instead));
    }

    static Object answer(
            Object sound, java.lang.reflect.Method called, Object[] arguments, String method, Instead instead)
            throws Throwable {
        Supplier<Object> right = () -> {
            try {
                called.setAccessible(true);
                return called.invoke(sound, arguments);
            } catch (InvocationTargetException e) {
                throw (RuntimeException) e.getCause();
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        };
        return called.getName().equals(method) ? instead.answer(arguments, right) : right.get();
    }

    static void assertProblem(String part, List<String> problems) {
        assertProblem("", part, problems);
    }

    static void assertProblem(String rule, String part, List<String> problems) {
        assertTrue(
                problems.stream().anyMatch(line -> line.startsWith(rule) && line.contains(part)),
                part + " is not in " + problems);
        assertTrue(problems.stream().noneMatch(line -> line.contains("\n")), "one line each: " + problems);
    }
}
