package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sound set of rules in which one does what it must not. */
@Timeout(60)
class SelfTestTest {
    private final Doctored doctored = new Doctored();

    @Test
    void nothingIsWrongWithASoundRule() {
        assertEquals(List.of(), doctored.problems("penalty.fixed", "penalty", (arguments, sound) -> sound.get()));
    }

    @Test
    void knownAnswersAreAsked() {
        KnownAnswer right = new KnownAnswer("one and one", "2", () -> "2");
        assertEquals(List.of(), known(List.of(right)));
        Doctored.assertProblem(
                "penalty.fixed 0.1.0",
                "known answer: one and one: answers '3', must be '2'",
                known(List.of(new KnownAnswer("one and one", "2", () -> "3"))));
        Doctored.assertProblem("answers null", known(List.of(new KnownAnswer("nothing", "2", () -> null))));
        Doctored.assertProblem(
                "throws java.lang.IllegalStateException: no idea", known(List.of(new KnownAnswer("refused", "2", () -> {
                    throw new IllegalStateException("no\n idea");
                }))));
        AtomicInteger calls = new AtomicInteger();
        Doctored.assertProblem(
                "answers '2' when it is asked again, '1' before",
                known(List.of(new KnownAnswer("count", "1", () -> Integer.toString(calls.incrementAndGet())))));
        Doctored.assertProblem("'one and one' is in it twice", known(List.of(right, right)));
        Doctored.assertProblem("list of known answers: throws java.lang.NullPointerException", known(null));
    }

    @Test
    void whoThrowsIsNamed() {
        List<String> problems = doctored.problems("reward.proportional", "issuance", (arguments, sound) -> {
            throw new IllegalStateException("no\n money");
        });
        assertEquals(3, problems.size(), problems.toString());
        assertEquals(
                "reward.proportional 0.1.0 (sha256 "
                        + TestRules.digest("reward.proportional0.1.0").shortHex()
                        + "): made up: an epoch of 1: throws java.lang.IllegalStateException: no money",
                problems.get(0));
        Doctored.assertProblem(
                "throws java.lang.StackOverflowError", doctored.problems("penalty.fixed", "penalty", (a, sound) -> {
                    throw new StackOverflowError();
                }));
    }

    @Test
    void aRefusalIsAnAnswerOnlyWhereTheInterfaceSaysSo() {
        Doctored.Instead refuses = (arguments, sound) -> {
            throw new PoSException(PoSError.STAKING_FAILED, "I would rather not");
        };
        assertEquals(List.of(), doctored.problems("staking.bonded", "checkStake", refuses));
        assertEquals(List.of(), doctored.problems("delegation.pooled", "sharesFor", refuses));
        assertEquals(List.of(), doctored.problems("slashing.equivocation", "judge", refuses));
        for (String[] method : new String[][] {
            {"staking.bonded", "eligibility"},
            {"slashing.downtime", "observe"},
            {"selection.weighted", "elect"},
            {"reward.proportional", "divide"},
            {"penalty.fixed", "penalty"},
            {"finality.tendermint", "start"}
        }) {
            Doctored.assertProblem(
                    "throws org.hauptbuch.api.error.PoSException: Staking failed: I would rather not",
                    doctored.problems(method[0], method[1], refuses));
        }
    }

    @Test
    void whoDependsOnTheOrderOfItsInputsIsFound() {
        Doctored.assertProblem(
                "selection.weighted",
                "elect 3 of 7: gives another answer when it gets its inputs in another order",
                doctored.problems("selection.weighted", "elect", (arguments, sound) -> {
                    List<?> candidates = (List<?>) arguments[0];
                    return candidates.subList(0, Math.min((int) arguments[1], candidates.size()));
                }));
        Doctored.assertProblem(
                "gets its inputs in another order",
                doctored.problems("reward.proportional", "divide", (arguments, sound) -> {
                    var epoch = (org.hauptbuch.api.reward.EpochSummary) arguments[0];
                    Address first = epoch.participants().get(0).validator().address();
                    return List.of(new Payout(first, (long) arguments[1], 0));
                }));
    }

    @Test
    void whoDependsOnTheNumberOfCallsIsFound() {
        AtomicInteger calls = new AtomicInteger();
        Doctored.assertProblem(
                "gives another answer when it is asked again",
                doctored.problems(
                        "penalty.fixed",
                        "penalty",
                        (arguments, sound) -> calls.incrementAndGet() % 50 == 0
                                ? new Penalty(Rate.ONE, true, 0, Rate.ZERO)
                                : sound.get()));
    }

    @Test
    void whoDependsOnTheQuestionBeforeIsFound() {
        Doctored.assertProblem(
                "propose among 4 with a seed: gives another answer when it gets its inputs in another order",
                doctored.problems("selection.weighted", "prepare", (arguments, sound) -> {
                    PublicSchedule schedule = (PublicSchedule) sound.get();
                    AtomicReference<Address> last = new AtomicReference<>(schedule.proposer((long) arguments[1], 0));
                    return (PublicSchedule) (height, round) -> last.getAndSet(schedule.proposer(height, round));
                }));
    }

    @Test
    void whoDependsOnTheClockIsFound() {
        Doctored.assertProblem(
                "gives another answer when it is asked again",
                doctored.problems("penalty.fixed", "penalty", (a, sound) -> {
                    long before = System.nanoTime();
                    while (System.nanoTime() == before) {
                        Thread.onSpinWait();
                    }
                    return new Penalty(new Rate((int) (System.nanoTime() % 1_000_000)), false, 1, Rate.ZERO);
                }));
    }

    @Test
    void whoIsAnotherEachTimeItIsMadeIsFound() {
        AtomicInteger made = new AtomicInteger();
        List<String> problems = doctored.run(
                        "penalty.fixed",
                        sound -> parameters -> {
                            Rule rule = sound.create(parameters);
                            int number = made.incrementAndGet();
                            return Doctored.around(
                                    rule, "penalty", (a, right) -> new Penalty(new Rate(number), false, 0, Rate.ZERO));
                        },
                        Doctored.LONG)
                .problems();
        Doctored.assertProblem("gives another answer when it is made anew", problems);
    }

    @Test
    void whoDoesNotComeBackIsLeftBehind() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        CountDownLatch released = new CountDownLatch(1);
        RuleSet set = doctored.add(
                "selection.weighted",
                sound -> parameters -> Doctored.around(sound.create(parameters), "elect", (arguments, right) -> {
                    stuck.set(Thread.currentThread());
                    while (released.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return right.get();
                }));
        SelfTest test = new SelfTest(doctored.catalogue, Duration.ofMillis(300));
        SelfTestReport report = test.run(set);
        Doctored.assertProblem(
                "selection.weighted 0.1.0",
                "elect 1 of 1: has not answered within the 300 ms that the whole self-test may take;"
                        + " its thread is left behind with its class loader",
                report.problems());
        assertEquals(Hash.ZERO, report.digest());
        assertTrue(stuck.get().isDaemon());
        Doctored.assertProblem(
                "an earlier self-test of this rule set has not come back",
                test.run(set).problems());
        released.countDown();
        stuck.get().join();
        assertEquals(
                List.of(),
                new SelfTest(doctored.catalogue, Doctored.LONG).run(set).problems());
    }

    @Test
    void whoWaitsForEverIsLeftBehindToo() {
        Doctored.assertProblem(
                "elect 1 of 1: has not answered",
                doctored.run(
                                "selection.weighted",
                                sound -> parameters ->
                                        Doctored.around(sound.create(parameters), "elect", (arguments, right) -> {
                                            new CountDownLatch(1).await();
                                            return right.get();
                                        }),
                                Duration.ofMillis(20))
                        .problems());
    }

    @Test
    void whoDoesNotComeBackFromCreatingIsLeftBehindToo() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        RuleSet set = doctored.add("penalty.fixed", sound -> parameters -> {
            stuck.set(Thread.currentThread());
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return sound.create(parameters);
        });
        SelfTestReport report = new SelfTest(doctored.catalogue, Duration.ofMillis(200)).run(set);
        Doctored.assertProblem("rule set " + set.id().shortHex() + ": has not answered", report.problems());
        stuck.get().join();
    }

    @Test
    void theCallersInterruptionIsNotSwallowed() {
        RuleSet set = doctored.add("penalty.fixed", sound -> sound);
        Thread.currentThread().interrupt();
        PoSException refused = assertThrows(PoSException.class, () -> new SelfTest(doctored.catalogue).run(set));
        assertTrue(Thread.interrupted());
        assertTrue(refused.getMessage().contains("interrupted"), refused.getMessage());
    }

    @Test
    void missingCodeIsNamed() {
        RuleSet set = doctored.add("penalty.fixed", sound -> sound);
        RuleCatalogue.Entry gone = doctored.catalogue.available().get(0);
        doctored.catalogue.remove(gone);
        PoSException refused = assertThrows(PoSException.class, () -> new SelfTest(doctored.catalogue).run(set));
        assertTrue(refused.getMessage().contains(gone.id() + " 0.1.0"), refused.getMessage());
    }

    @Test
    void aRuleThatCannotBeCreatedIsAProblem() {
        RuleSet set = doctored.add("penalty.fixed", sound -> sound);
        RuleRef one = set.only(RuleKind.PENALTY);
        Parameters wrong = Parameters.of(Map.of("rte", "5%"));
        List<RuleRef> refs = new ArrayList<>(set.rules());
        refs.remove(one);
        refs.add(new RuleRef(one.kind(), one.id(), one.version(), one.digest(), wrong));
        SelfTestReport report = new SelfTest(doctored.catalogue).run(new RuleSet(refs));
        Doctored.assertProblem("cannot be created with parameters {rte=5%}", report.problems());
        assertEquals(0, report.cases());
    }

    @Test
    void anotherAnswerIsAnotherDigest() {
        Hash sound =
                doctored.run("penalty.fixed", factory -> factory, Doctored.LONG).digest();
        Doctored other = new Doctored();
        SelfTestReport changed = other.run(
                "penalty.fixed",
                factory -> parameters -> Doctored.around(
                        factory.create(parameters), "penalty", (a, s) -> new Penalty(Rate.ONE, true, 0, Rate.ZERO)),
                Doctored.LONG);
        assertEquals(List.of(), changed.problems());
        assertFalse(sound.equals(changed.digest()));
    }

    private List<String> known(List<KnownAnswer> answers) {
        return doctored.run(
                        "penalty.fixed",
                        sound -> new RuleFactory() {
                            @Override
                            public Rule create(Parameters parameters) {
                                return sound.create(parameters);
                            }

                            @Override
                            public List<KnownAnswer> knownAnswers() {
                                return answers;
                            }
                        },
                        Doctored.LONG)
                .problems();
    }
}
