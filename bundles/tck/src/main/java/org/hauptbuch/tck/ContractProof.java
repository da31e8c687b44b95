package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That a contract says yes to a good rule, and for each of its promises no to a rule that breaks it: a promise that
 * nobody breaks is an error. For authors of contracts.
 *
 * @param <C> the contract
 */
public final class ContractProof<C extends RuleContract> {
    private final Class<C> contract;
    private final C good;
    private final SortedMap<String, List<C>> bad = new TreeMap<>();

    /** Begins with a rule that keeps the contract. */
    public ContractProof(Class<C> contract, C good) {
        this.contract = contract;
        this.good = good;
    }

    /** The promise, the name of a test of the contract, is broken by this rule. */
    public ContractProof<C> breaks(String promise, C rule) {
        bad.computeIfAbsent(promise, p -> new ArrayList<>()).add(rule);
        return this;
    }

    /** Two tests for each promise: the good rule keeps it, and every bad one is found out. */
    public Stream<DynamicTest> tests() {
        List<Method> promises = Arrays.stream(contract.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        List<DynamicTest> tests = new ArrayList<>();
        for (Method promise : promises) {
            tests.add(DynamicTest.dynamicTest("a good rule: " + promise.getName(), () -> call(promise, good)));
            List<C> breakers = bad.remove(promise.getName());
            tests.add(DynamicTest.dynamicTest("a bad rule: " + promise.getName(), () -> {
                if (breakers == null) {
                    throw new AssertionError("nobody breaks it, so nobody knows whether it is looked at");
                }
                for (C breaker : breakers) {
                    assertThrows(
                            Throwable.class,
                            () -> call(promise, breaker),
                            () -> "bad rule number " + breakers.indexOf(breaker) + " keeps it");
                }
            }));
        }
        bad.keySet()
                .forEach(name -> tests.add(DynamicTest.dynamicTest("no such promise: " + name, () -> {
                    throw new AssertionError(name + " is no test of " + contract.getSimpleName());
                })));
        return tests.stream();
    }

    private static void call(Method promise, Object subject) throws Throwable {
        try {
            if (promise.invoke(subject) instanceof Stream<?> made) {
                for (Object test : made.toList()) {
                    ((DynamicTest) test).getExecutable().execute();
                }
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
