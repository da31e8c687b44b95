package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link FinalityRule} promises, whatever its protocol: honest validators never decide two blocks, never
 * contradict what they signed, and decide as long as more than two thirds of the power work and the network delivers
 * in the end. The machines run in virtual time over a {@link FinalityWorld} that delays, loses, repeats and reorders,
 * with crashes and liars. {@code -Dfinality.seed=N} replays one of its seeds, {@code -Dfinality.seeds=N} runs more.
 */
public interface FinalityRuleContract extends RuleContract {
    /** A fresh rule. */
    default FinalityRule rule() {
        return (FinalityRule) factory().create(parameters());
    }

    /** Agreement, validity and a decision in the end; one test for each hundred seeds. */
    @TestFactory
    default Stream<DynamicTest> honestValidatorsAgree() {
        Long one = Long.getLong("finality.seed");
        long seeds = Long.getLong("finality.seeds", 400);
        return one != null
                ? Stream.of(DynamicTest.dynamicTest("seed " + one, () -> run(one)))
                : LongStream.range(0, (seeds + 99) / 100).mapToObj(i -> {
                    long last = Math.min(seeds, i * 100 + 100) - 1;
                    return DynamicTest.dynamicTest(
                            "seeds " + i * 100 + " to " + last,
                            () -> LongStream.rangeClosed(i * 100, last).forEach(this::run));
                });
    }

    /** The same, where a round has no proposer, one, or several. */
    @Test
    default void honestValidatorsAgreeWhereProposersAreDrawnInPrivate() {
        for (long seed = 0; seed < 100; seed++) {
            FinalityWorld world = new FinalityWorld(rule(), seed, true);
            try {
                world.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", drawn in private: " + world.describe(), e);
            }
        }
    }

    @Test
    default void theBestDrawIsDecided() {
        for (Committee committee : List.of(
                Committee.equal(1).drawing(),
                Committee.equal(4).drawing(),
                Committee.equal(7).drawing(),
                Committee.weighted(5, 1, 1, 1, 7).drawing())) {
            Certificate decision =
                    new CalmHeight(rule(), committee, Set.of()).run().decision();
            int first = committee.first(decision.round()).orElseThrow();
            assertEquals(
                    Committee.block(first + " " + decision.round()),
                    decision.block(),
                    () -> "the block of number " + first + " in round " + decision.round());
            for (int round = 0; round < decision.round(); round++) {
                assertEquals(OptionalInt.empty(), committee.first(round), "who could propose in the rounds before");
            }
        }
        for (int silent = 0; silent < 4; silent++) {
            new CalmHeight(rule(), Committee.equal(4).drawing(), Set.of(silent))
                    .run()
                    .decision();
        }
    }

    @Test
    default void theSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(new FinalityWorld(rule(), seed).run(), new FinalityWorld(rule(), seed).run(), "seed " + seed);
        }
    }

    @Test
    default void theWorldsDoTheirWorst() {
        FinalityTally all = new FinalityTally();
        for (long seed = 0; seed < 100; seed++) {
            FinalityWorld world = new FinalityWorld(rule(), seed);
            world.run();
            all.add(world.tally());
        }
        assertTrue(all.crashes > 50, all::toString);
        assertTrue(all.massCrashes > 10, all::toString);
        assertTrue(all.dropped > 1_000, all::toString);
        assertTrue(all.repeated > 1_000, all::toString);
        assertTrue(all.cut > 500, all::toString);
        assertTrue(all.accusations > 20, all::toString);
        assertTrue(all.laterRounds > 30, all::toString);
    }

    @Test
    default void allDecideTheSameAndWhoFollowsKnowsIt() {
        for (Committee committee : List.of(
                Committee.equal(1), Committee.equal(4), Committee.equal(7), Committee.weighted(5, 1, 1, 1, 7))) {
            new CalmHeight(rule(), committee, Set.of()).run().decision();
        }
    }

    @Test
    default void threeOfFourDecide() {
        for (int silent = 0; silent < 4; silent++) {
            new CalmHeight(rule(), Committee.equal(4), Set.of(silent)).run().decision();
        }
        // less than a third of the power, also where it is more than a third of the heads
        new CalmHeight(rule(), Committee.weighted(1, 1, 10, 10), Set.of(0, 1))
                .run()
                .decision();
    }

    @Test
    default void twoOfFourDoNot() {
        for (Set<Integer> silent : List.of(Set.of(0, 1), Set.of(1, 3), Set.of(2, 3))) {
            CalmHeight height = new CalmHeight(rule(), Committee.equal(4), silent).run();
            assertFalse(height.isDecided(), () -> "decided although silent are " + silent);
        }
        // a third of the power is too much, also where it is a quarter of the heads
        CalmHeight heavy = new CalmHeight(rule(), Committee.weighted(10, 10, 5, 5), Set.of(0)).run();
        assertFalse(heavy.isDecided(), "decided without a third of the power");
    }

    @Test
    default void anInvalidBlockIsNotDecided() {
        CalmHeight height = new CalmHeight(rule(), Committee.equal(4), Set.of(), 2, 0).run();
        assertTrue(
                height.decision().round() >= 2,
                () -> "decided in round " + height.decision().round());
    }

    @Test
    default void anOfferOutOfTurnIsNotVotedFor() {
        Committee four = Committee.equal(4);
        Hash block = Committee.block("out of turn");
        for (int who : new int[] {1, 2, 3}) {
            Message offer = four.offer(who, 0, block, OptionalInt.empty(), Optional.empty());
            FinalityMachine machine = rule().start(four.context(Optional.of(four.address(2)), 0, List.of()));
            List<Action> actions = new ArrayList<>(machine.begin());
            actions.addAll(machine.on(new Event.Received(offer)));
            actions.addAll(machine.on(new Event.Judged(block, true)));
            assertTrue(
                    actions.stream()
                            .noneMatch(a -> a instanceof Action.CastVote vote
                                    && vote.block().equals(block)),
                    () -> "voted for the offer of number " + who + " in the round of number 0: " + actions);
        }
    }

    @Test
    default void aCertificateProvesWhatItSaysAndNothingElse() {
        Committee four = Committee.equal(4);
        Certificate good = new CalmHeight(rule(), four, Set.of()).run().decision();
        List<VoterSignature> all = IntStream.range(0, 4)
                .mapToObj(who -> four.vote(who, good.phase(), good.round(), good.block()))
                .map(vote -> new VoterSignature(vote.validator(), vote.signature()))
                .toList();
        CertificateCheck check = new CertificateCheck(rule(), four);
        check.accepts(good);
        check.accepts(with(good, all));
        check.accepts(with(good, all.subList(1, 4)));
        check.refuses("of half of the power", with(good, all.subList(0, 2)));
        check.refuses("of nobody", with(good, List.of()));
        check.refuses("with a voter twice", with(good, List.of(all.get(0), all.get(1), all.get(1))));
        check.refuses("with voters out of order", with(good, List.of(all.get(2), all.get(1), all.get(0))));
        check.refuses(
                "of a stranger",
                with(
                        good,
                        List.of(
                                all.get(0),
                                all.get(1),
                                new VoterSignature(
                                        TestView.address(9), all.get(2).signature()))));
        for (int i = 0; i < Hash.LENGTH; i++) {
            byte[] bent = all.get(1).signature().toArray();
            bent[i] ^= (byte) (1 << i % 8);
            VoterSignature wrong = new VoterSignature(all.get(1).validator(), Bytes.of(bent));
            check.refuses("with a bent signature", with(good, List.of(all.get(0), wrong, all.get(2))));
        }
        check.refuses("for no block", four.certificate(good.phase(), good.round(), Hash.ZERO, 0, 1, 2, 3));
        check.refuses(
                "for another block",
                new Certificate(good.phase(), good.height(), good.round(), Committee.block("other"), all));
        check.refuses(
                "of another round", new Certificate(good.phase(), good.height(), good.round() + 1, good.block(), all));
        check.refuses(
                "of another height", new Certificate(good.phase(), good.height() + 1, good.round(), good.block(), all));
        for (VotePhase phase : VotePhase.values()) {
            if (phase != good.phase()) {
                check.refuses(
                        "with the name of another phase",
                        new Certificate(phase, good.height(), good.round(), good.block(), all));
            }
        }
        check.refusesElsewhere(good);
    }

    /** What a machine does is a function of what happened to it, also where another machine answers. */
    @Test
    default void theSameEventsHaveTheSameActions() {
        CalmHeight height = new CalmHeight(rule(), Committee.equal(4), Set.of(1)).run();
        for (CalmHeight.Seat seat : height.awake()) {
            FinalityMachine other = seat.fresh(List.of());
            for (CalmHeight.Step step : seat.trace) {
                List<Action> actions = step.event().map(other::on).orElseGet(other::begin);
                assertEquals(step.actions(), actions, () -> seat + " after " + step.event());
            }
        }
    }

    @Test
    default void repeatedEventsAndOtherHeightsChangeNothing() {
        CalmHeight height = new CalmHeight(rule(), Committee.equal(4), Set.of(0)).run();
        for (CalmHeight.Seat seat : height.awake()) {
            FinalityMachine other = seat.fresh(List.of());
            for (CalmHeight.Step step : seat.trace) {
                List<Action> actions = step.event().map(other::on).orElseGet(other::begin);
                assertEquals(step.actions(), actions, () -> seat + " after repeated events, at " + step.event());
                step.event().ifPresent(event -> {
                    assertEquals(List.of(), other.on(event), () -> seat + ", the second time: " + event);
                    FinalityJournals.elsewhere(event)
                            .ifPresent(e -> assertEquals(List.of(), other.on(e), () -> seat + " at its height: " + e));
                });
            }
        }
    }

    /** After a crash at any moment: nothing is signed that contradicts the journal. */
    @Test
    default void aJournalIsNeverContradicted() {
        for (Set<Integer> silent : List.of(Set.<Integer>of(), Set.of(0), Set.of(0, 1))) {
            CalmHeight height = new CalmHeight(rule(), Committee.equal(4), silent).run();
            for (CalmHeight.Seat seat : height.awake()) {
                for (int length = 0; length <= Math.min(40, seat.journal.size()); length++) {
                    FinalityJournals.resume(height.committee(), seat, seat.journal.subList(0, length));
                }
            }
        }
    }

    /** A height that was rolled back is one like any other, with other names for its rounds. */
    @Test
    default void aHeightBeginsInTheRoundThatItIsTold() {
        int first = RollbackCertificate.FIRST_ROUND;
        for (Set<Integer> silent : List.of(Set.<Integer>of(), Set.of(0), Set.of(3))) {
            CalmHeight plain = new CalmHeight(rule(), Committee.equal(4), silent).run();
            CalmHeight later = new CalmHeight(rule(), Committee.equal(4), silent, 0, first).run();
            assertEquals(
                    plain.decision().round() + first, later.decision().round(), () -> "the round, silent " + silent);
            assertEquals(plain.duration(), later.duration(), () -> "milliseconds, silent " + silent);
            for (CalmHeight.Seat seat : later.awake()) {
                seat.journal.forEach(message -> assertTrue(message.round() >= first, () -> seat + " says " + message));
                // what was said before the rollback decides nothing now, and is no reason to do anything
                FinalityMachine machine = seat.fresh(List.of());
                machine.begin();
                for (CalmHeight.Seat other : plain.awake()) {
                    for (Message message : other.journal) {
                        assertEquals(
                                List.of(), machine.on(new Event.Received(message)), () -> seat + " hears " + message);
                    }
                }
            }
        }
    }

    @Test
    default void whoContradictsItselfIsReported() {
        CalmHeight height = new CalmHeight(rule(), Committee.equal(4), Set.of()).run();
        CalmHeight.Seat seat = height.awake().get(1);
        for (Message first : height.awake().get(0).journal) {
            FinalityJournals.reportsTwin(height.committee(), seat, first);
        }
        // once is no offence, however often it is heard
        assertTrue(seat.trace.stream()
                .flatMap(step -> step.actions().stream())
                .noneMatch(Action.Accuse.class::isInstance));
    }

    private void run(long seed) {
        FinalityWorld world = new FinalityWorld(rule(), seed);
        try {
            world.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (replay with -Dfinality.seed=" + seed + "): " + e.getMessage() + "\n"
                            + world.describe(),
                    e);
        }
    }

    private static Certificate with(Certificate certificate, List<VoterSignature> signatures) {
        return new Certificate(
                certificate.phase(), certificate.height(), certificate.round(), certificate.block(), signatures);
    }

    /** Asks a rule about certificates. */
    record CertificateCheck(FinalityRule rule, Committee committee) {
        void accepts(Certificate certificate) {
            Outcome.ofCheck(() ->
                            rule.verifyFinal(certificate, Committee.CHAIN, committee.validators(), committee.scheme()))
                    .requirePermitted("a good certificate");
        }

        void refuses(String what, Certificate certificate) {
            Outcome.ofCheck(() ->
                            rule.verifyFinal(certificate, Committee.CHAIN, committee.validators(), committee.scheme()))
                    .requireRefusedAs(PoSError.BLOCK_FINALIZATION_FAILED, "a certificate " + what);
        }

        void refusesElsewhere(Certificate certificate) {
            Outcome.ofCheck(() ->
                            rule.verifyFinal(certificate, "another-chain", committee.validators(), committee.scheme()))
                    .requireRefusedAs(PoSError.BLOCK_FINALIZATION_FAILED, "a certificate of another chain");
            Committee larger = Committee.equal(7);
            Outcome.ofCheck(() -> rule.verifyFinal(certificate, Committee.CHAIN, larger.validators(), larger.scheme()))
                    .requireRefusedAs(PoSError.BLOCK_FINALIZATION_FAILED, "a certificate of a part of another set");
        }
    }
}
