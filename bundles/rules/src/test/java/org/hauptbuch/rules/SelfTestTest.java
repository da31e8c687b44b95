package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sound set of rules in which one does what it must not. */
@Timeout(60)
class SelfTestTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Answers in place of a sound rule, which it may ask. */
    private interface Instead {
        Object answer(Object[] arguments, Supplier<Object> sound) throws Throwable;
    }

    private final RuleCatalogue catalogue = new RuleCatalogue();

    @Test
    void nothingIsWrongWithASoundRule() {
        assertEquals(List.of(), problems("penalty.fixed", "penalty", (arguments, sound) -> sound.get()));
    }

    @Test
    void knownAnswersAreAsked() {
        KnownAnswer right = new KnownAnswer("one and one", "2", () -> "2");
        assertEquals(List.of(), known(List.of(right)));
        assertProblem(
                "penalty.fixed 0.1.0",
                "known answer: one and one: answers '3', must be '2'",
                known(List.of(new KnownAnswer("one and one", "2", () -> "3"))));
        assertProblem("answers null", known(List.of(new KnownAnswer("nothing", "2", () -> null))));
        assertProblem(
                "throws java.lang.IllegalStateException: no idea", known(List.of(new KnownAnswer("refused", "2", () -> {
                    throw new IllegalStateException("no\n idea");
                }))));
        AtomicInteger calls = new AtomicInteger();
        assertProblem(
                "answers '2' when it is asked again, '1' before",
                known(List.of(new KnownAnswer("count", "1", () -> Integer.toString(calls.incrementAndGet())))));
        assertProblem("'one and one' is in it twice", known(List.of(right, right)));
        assertProblem("list of known answers: throws java.lang.NullPointerException", known(null));
    }

    @Test
    void whoThrowsIsNamed() {
        List<String> problems = problems("reward.proportional", "issuance", (arguments, sound) -> {
            throw new IllegalStateException("no\n money");
        });
        assertEquals(3, problems.size(), problems.toString());
        assertEquals(
                "reward.proportional 0.1.0 (sha256 "
                        + TestRules.digest("reward.proportional0.1.0").shortHex()
                        + "): made up: an epoch of 1: throws java.lang.IllegalStateException: no money",
                problems.get(0));
        assertProblem("throws java.lang.StackOverflowError", problems("penalty.fixed", "penalty", (a, sound) -> {
            throw new StackOverflowError();
        }));
    }

    @Test
    void aRefusalIsAnAnswerOnlyWhereTheInterfaceSaysSo() {
        Instead refuses = (arguments, sound) -> {
            throw new PoSException(PoSError.STAKING_FAILED, "I would rather not");
        };
        assertEquals(List.of(), problems("staking.bonded", "checkStake", refuses));
        assertEquals(List.of(), problems("delegation.pooled", "sharesFor", refuses));
        assertEquals(List.of(), problems("slashing.equivocation", "judge", refuses));
        for (String[] method : new String[][] {
            {"staking.bonded", "eligibility"},
            {"slashing.downtime", "observe"},
            {"selection.weighted", "elect"},
            {"reward.proportional", "divide"},
            {"penalty.fixed", "penalty"},
            {"finality.tendermint", "start"}
        }) {
            assertProblem(
                    "throws org.hauptbuch.api.error.PoSException: Staking failed: I would rather not",
                    problems(method[0], method[1], refuses));
        }
    }

    @Test
    void nullIsNoAnswer() {
        for (String[] method : new String[][] {
            {"selection.weighted", "elect", "the election"},
            {"selection.weighted", "prepare", "a schedule"},
            {"staking.bonded", "eligibility", "the eligibility"},
            {"reward.proportional", "divide", "the payouts"},
            {"reward.proportional", "accrue", "an accumulator"},
            {"slashing.downtime", "evidenceTypes", "the evidence types"},
            {"slashing.equivocation", "judge", "the offence"},
            {"slashing.downtime", "observe", "what it saw"},
            {"penalty.fixed", "penalty", "the penalty"},
            {"finality.tendermint", "start", "a machine"}
        }) {
            assertProblem("answers null for " + method[2], problems(method[0], method[1], (a, sound) -> null));
        }
    }

    @Test
    void electionsOutOfRangeAreFound() {
        assertProblem(
                "elects 20, must elect at most 7",
                problems("selection.weighted", "elect", (arguments, sound) -> arguments[0]));
        assertProblem(
                "must elect candidates, unchanged",
                problems("selection.weighted", "elect", (arguments, sound) -> elected(sound).stream()
                        .map(m -> new ValidatorSet.Member(m.address(), m.key(), m.power() + 1))
                        .toList()));
        assertProblem("each once", problems("selection.weighted", "elect", (arguments, sound) -> {
            List<ValidatorSet.Member> twice = new ArrayList<>(elected(sound));
            twice.add(twice.get(0));
            return (int) arguments[1] >= twice.size() ? twice : elected(sound);
        }));
        Schedule stranger = (height, round) -> new Address(Bytes.of(new byte[20]));
        assertProblem(
                "must be a validator of the epoch", problems("selection.weighted", "prepare", (a, sound) -> stranger));
    }

    @Test
    void amountsOutOfRangeAreFound() {
        assertProblem(
                "answers 8 for the maturity, must be 9 to 9223372036854775807",
                problems("staking.bonded", "maturityEpoch", (arguments, sound) -> (long) sound.get() - 15));
        assertProblem(
                "must be ACTIVE or INACTIVE",
                problems("staking.bonded", "eligibility", (arguments, sound) -> ValidatorStatus.BANNED));
        assertProblem("answers 0 for the shares for 1,", problems("delegation.pooled", "sharesFor", (a, sound) -> 0L));
        assertProblem(
                "for the worth of", problems("delegation.pooled", "tokensFor", (a, sound) -> (long) sound.get() + 2));
        assertProblem("for the issuance", problems("reward.proportional", "issuance", (a, sound) -> -1L));
        assertProblem(
                "for the commission of",
                problems("reward.proportional", "divide", (arguments, sound) -> payouts(sound).stream()
                        .map(p -> new Payout(p.validator(), p.commission() + (long) arguments[1], p.pool()))
                        .toList()));
        assertProblem(
                "must pay a participant of the epoch, each once",
                problems("reward.proportional", "divide", (arguments, sound) -> {
                    List<Payout> twice = new ArrayList<>(payouts(sound));
                    twice.addAll(payouts(sound).stream()
                            .map(p -> new Payout(p.validator(), 0, 0))
                            .toList());
                    return twice;
                }));
        assertProblem(
                "takes back what a share has earned",
                problems(
                        "reward.proportional",
                        "accrue",
                        (arguments, sound) -> (long) arguments[2] > 500_000_000_000L ? Accumulator.ZERO : sound.get()));
        assertProblem(
                "for what all shares earned",
                problems("reward.proportional", "owed", (arguments, sound) -> (long) sound.get() + 1));
    }

    @Test
    void offencesOutOfRangeAreFound() {
        assertProblem(
                "must be of whom and when the evidence says",
                problems("slashing.equivocation", "judge", (arguments, sound) -> {
                    var found = (org.hauptbuch.api.chain.Offence) sound.get();
                    return new org.hauptbuch.api.chain.Offence(
                            found.condition(),
                            found.reason(),
                            found.offender(),
                            found.height() - 1,
                            found.gravity(),
                            found.evidence(),
                            found.reporter());
                }));
        Observation.Remembered nameless = new Observation.Remembered(Bytes.EMPTY, Optional.of(Bytes.EMPTY));
        assertProblem(
                "answers 0 for the bytes of a memory key",
                problems("slashing.downtime", "observe", (a, sound) -> new Observation(List.of(), List.of(nameless))));
        assertProblem(
                "judges evidence of type 'Surprise'",
                problems("slashing.downtime", "evidenceTypes", (a, sound) -> java.util.Set.of("Surprise")));
    }

    @Test
    void aProtocolThatMayForkOrStandStillIsFound() {
        assertProblem("takes 1 of 4 equal votes for final", problems("finality.tendermint", "verifyFinal", (a, s) -> {
            return null;
        }));
        assertProblem(
                "refuses the certificate of its own decision",
                problems("finality.tendermint", "verifyFinal", (arguments, sound) -> {
                    throw new PoSException(PoSError.BLOCK_FINALIZATION_FAILED, "never");
                }));
        assertProblem("waits for ever without a timer and decides nothing", machine("begin", (a, s) -> List.of()));
        assertProblem(
                "decides nothing within 5000 events",
                machine("on", (a, sound) -> List.of(new Action.Arm(new Timer("again", 0), 1))));
        assertProblem(
                "answers -1 for a timer's delay",
                machine("begin", (a, sound) -> List.of(new Action.Arm(new Timer("propose", 0), -1))));
        assertProblem("votes for two blocks: PREVOTE in round 0", machine("on", (a, sound) -> actions(sound).stream()
                .flatMap(action -> action instanceof Action.CastVote vote
                        ? java.util.stream.Stream.of(
                                action, new Action.CastVote(vote.phase(), vote.round(), TestRules.digest("other")))
                        : java.util.stream.Stream.of(action))
                .toList()));
        assertProblem("decides two blocks at one height", machine("on", (a, sound) -> actions(sound).stream()
                .flatMap(action -> action instanceof Action.Decide decide
                        ? java.util.stream.Stream.of(action, new Action.Decide(ofAnother(decide.certificate())))
                        : java.util.stream.Stream.of(action))
                .toList()));
        assertProblem("answers null for the step", machine("step", (a, sound) -> null));
    }

    @Test
    void whoDependsOnTheOrderOfItsInputsIsFound() {
        assertProblem(
                "selection.weighted",
                "elect 3 of 7: gives another answer when it gets its inputs in another order",
                problems("selection.weighted", "elect", (arguments, sound) -> {
                    List<?> candidates = (List<?>) arguments[0];
                    return candidates.subList(0, Math.min((int) arguments[1], candidates.size()));
                }));
        assertProblem(
                "gets its inputs in another order", problems("reward.proportional", "divide", (arguments, sound) -> {
                    var epoch = (org.hauptbuch.api.reward.EpochSummary) arguments[0];
                    Address first = epoch.participants().get(0).validator().address();
                    return List.of(new Payout(first, (long) arguments[1], 0));
                }));
    }

    @Test
    void whoDependsOnTheNumberOfCallsIsFound() {
        AtomicInteger calls = new AtomicInteger();
        assertProblem(
                "gives another answer when it is asked again",
                problems(
                        "penalty.fixed",
                        "penalty",
                        (arguments, sound) -> calls.incrementAndGet() % 50 == 0
                                ? new Penalty(Rate.ONE, true, 0, Rate.ZERO)
                                : sound.get()));
    }

    @Test
    void whoDependsOnTheQuestionBeforeIsFound() {
        assertProblem(
                "propose among 4 with a seed: gives another answer when it gets its inputs in another order",
                problems("selection.weighted", "prepare", (arguments, sound) -> {
                    Schedule schedule = (Schedule) sound.get();
                    AtomicReference<Address> last = new AtomicReference<>(schedule.proposer((long) arguments[1], 0));
                    return (Schedule) (height, round) -> last.getAndSet(schedule.proposer(height, round));
                }));
    }

    @Test
    void whoDependsOnTheClockIsFound() {
        assertProblem(
                "gives another answer when it is asked again", problems("penalty.fixed", "penalty", (a, sound) -> {
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
        List<String> problems = run(
                        "penalty.fixed",
                        sound -> parameters -> {
                            Rule rule = sound.create(parameters);
                            int number = made.incrementAndGet();
                            return around(
                                    rule, "penalty", (a, right) -> new Penalty(new Rate(number), false, 0, Rate.ZERO));
                        },
                        LONG)
                .problems();
        assertProblem("gives another answer when it is made anew", problems);
    }

    @Test
    void whoDoesNotComeBackIsLeftBehind() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        CountDownLatch released = new CountDownLatch(1);
        RuleSet set = add(
                "penalty.fixed",
                sound -> parameters -> around(sound.create(parameters), "penalty", (arguments, right) -> {
                    stuck.set(Thread.currentThread());
                    while (released.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return right.get();
                }));
        SelfTest test = new SelfTest(catalogue, Duration.ofMillis(1_500));
        SelfTestReport report = test.run(set);
        assertProblem(
                "penalty.fixed 0.1.0",
                "penalties after 0 others: has not answered after 1500 ms for the whole self-test;"
                        + " its thread is left behind with its class loader",
                report.problems());
        assertEquals(Hash.ZERO, report.digest());
        assertTrue(stuck.get().isDaemon());
        assertProblem(
                "an earlier self-test of this rule set has not come back",
                test.run(set).problems());
        released.countDown();
        stuck.get().join();
        assertEquals(List.of(), new SelfTest(catalogue, LONG).run(set).problems());
    }

    @Test
    void whoDoesNotComeBackFromCreatingIsLeftBehindToo() throws Exception {
        AtomicReference<Thread> stuck = new AtomicReference<>();
        RuleSet set = add("penalty.fixed", sound -> parameters -> {
            stuck.set(Thread.currentThread());
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return sound.create(parameters);
        });
        SelfTestReport report = new SelfTest(catalogue, Duration.ofMillis(200)).run(set);
        assertProblem("rule set " + set.id().shortHex() + ": has not answered", report.problems());
        stuck.get().join();
    }

    @Test
    void theCallersInterruptionIsNotSwallowed() {
        RuleSet set = add("penalty.fixed", sound -> sound);
        Thread.currentThread().interrupt();
        PoSException refused = assertThrows(PoSException.class, () -> new SelfTest(catalogue).run(set));
        assertTrue(Thread.interrupted());
        assertTrue(refused.getMessage().contains("interrupted"), refused.getMessage());
    }

    @Test
    void missingCodeIsNamed() {
        RuleSet set = add("penalty.fixed", sound -> sound);
        RuleCatalogue.Entry gone = catalogue.available().get(0);
        catalogue.remove(gone);
        PoSException refused = assertThrows(PoSException.class, () -> new SelfTest(catalogue).run(set));
        assertTrue(refused.getMessage().contains(gone.id() + " 0.1.0"), refused.getMessage());
    }

    @Test
    void aRuleThatCannotBeCreatedIsAProblem() {
        RuleSet set = add("penalty.fixed", sound -> sound);
        RuleRef one = set.only(RuleKind.PENALTY);
        Parameters wrong = Parameters.of(Map.of("rte", "5%"));
        List<RuleRef> refs = new ArrayList<>(set.rules());
        refs.remove(one);
        refs.add(new RuleRef(one.kind(), one.id(), one.version(), one.digest(), wrong));
        SelfTestReport report = new SelfTest(catalogue).run(new RuleSet(refs));
        assertProblem("cannot be created with parameters {rte=5%}", report.problems());
        assertEquals(0, report.cases());
    }

    @Test
    void anotherAnswerIsAnotherDigest() {
        Hash sound = run("penalty.fixed", factory -> factory, LONG).digest();
        SelfTestTest other = new SelfTestTest();
        SelfTestReport changed = other.run(
                "penalty.fixed",
                factory -> parameters -> around(
                        factory.create(parameters), "penalty", (a, s) -> new Penalty(Rate.ONE, true, 0, Rate.ZERO)),
                LONG);
        assertEquals(List.of(), changed.problems());
        assertFalse(sound.equals(changed.digest()));
    }

    private List<String> known(List<KnownAnswer> answers) {
        return run(
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
                        LONG)
                .problems();
    }

    private List<String> problems(String id, String method, Instead instead) {
        return run(id, sound -> parameters -> around(sound.create(parameters), method, instead), LONG)
                .problems();
    }

    private List<String> machine(String method, Instead instead) {
        return problems("finality.tendermint", "start", (arguments, sound) -> {
            Object machine = sound.get();
            return Proxy.newProxyInstance(
                    SelfTestTest.class.getClassLoader(),
                    new Class<?>[] {FinalityMachine.class},
                    (p, m, a) -> answer(machine, m, a, method, instead));
        });
    }

    private SelfTestReport run(String id, java.util.function.UnaryOperator<RuleFactory> change, Duration budget) {
        RuleSet set = add(id, change);
        SelfTestReport report = new SelfTest(catalogue, budget).run(set);
        catalogue.available().forEach(catalogue::remove);
        return report;
    }

    private RuleSet add(String id, java.util.function.UnaryOperator<RuleFactory> change) {
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

    private static Rule around(Rule sound, String method, Instead instead) {
        return (Rule) Proxy.newProxyInstance(
                SelfTestTest.class.getClassLoader(),
                sound.getClass().getInterfaces(),
                (p, m, a) -> answer(sound, m, a, method, instead));
    }

    private static Object answer(
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

    private static Certificate ofAnother(Certificate c) {
        return new Certificate(c.phase(), c.height(), c.round(), TestRules.digest("another"), c.signatures());
    }

    @SuppressWarnings("unchecked")
    private static List<ValidatorSet.Member> elected(Supplier<Object> sound) {
        return (List<ValidatorSet.Member>) sound.get();
    }

    @SuppressWarnings("unchecked")
    private static List<Payout> payouts(Supplier<Object> sound) {
        return (List<Payout>) sound.get();
    }

    @SuppressWarnings("unchecked")
    private static List<Action> actions(Supplier<Object> sound) {
        return (List<Action>) sound.get();
    }

    private static void assertProblem(String part, List<String> problems) {
        assertProblem("", part, problems);
    }

    private static void assertProblem(String rule, String part, List<String> problems) {
        assertTrue(
                problems.stream().anyMatch(line -> line.startsWith(rule) && line.contains(part)),
                part + " is not in " + problems);
        assertTrue(problems.stream().noneMatch(line -> line.contains("\n")), "one line each: " + problems);
    }
}
