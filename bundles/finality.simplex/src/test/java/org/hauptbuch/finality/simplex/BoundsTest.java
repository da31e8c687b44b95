package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** What liars can and cannot do: they are accused, and they fill nobody's memory. */
class BoundsTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    @Test
    void twoVotesAreEvidenceAndEachCounts() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(NOTARIZE, 0, W, 3).votes(NOTARIZE, 0, V, 3);
        scene.accused(Equivocation.of(four.vote(3, NOTARIZE, 0, W), four.vote(3, NOTARIZE, 0, V)));
        scene.sawVotes(1).votes(NOTARIZE, 0, V, 0).saw(FINALIZE, 0, V);
    }

    @Test
    void toFinalizeAndToGiveUpAreEvidence() {
        Scene scene = new Scene(four, 1).begin().votes(FINALIZE, 0, V, 3).votes(FINALIZE, 0, NIL, 3);
        scene.accused(Equivocation.of(four.vote(3, FINALIZE, 0, V), four.vote(3, FINALIZE, 0, NIL)));
    }

    @Test
    void votesOfOnePhaseAndRoundOnlyContradict() {
        new Scene(four, 1)
                .begin()
                .votes(NOTARIZE, 0, V, 3)
                .votes(FINALIZE, 0, NIL, 3)
                .votes(NOTARIZE, 1, W, 3)
                .votes(NOTARIZE, 0, V, 3)
                .sawNo(Action.Accuse.class);
    }

    @Test
    void oneAccusationForEachOffender() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 0; round < 3; round++) {
            scene.votes(NOTARIZE, round, V, 3).votes(NOTARIZE, round, W, 3);
        }
        scene.only(Action.Accuse.class);
        scene.votes(FINALIZE, 0, V, 2).votes(FINALIZE, 0, NIL, 2);
        assertEquals(2, scene.all(Action.Accuse.class).size());
    }

    @Test
    void twoOffersAreEvidenceAndTheFirstCounts() {
        Message.Offer first = four.offer(0, V);
        Message.Offer second = four.offer(0, W);
        Scene scene = new Scene(four, 1).begin().receive(first).receive(second);
        scene.accused(Equivocation.of(first.proposal(), second.proposal()));
        scene.saw(NOTARIZE, 0, V).sawVotes(1);
    }

    @Test
    void anotherValidRoundIsAnotherOffer() {
        Message.Offer first = four.offer(3, V, 0, Optional.empty());
        Message.Offer second = four.offer(3, V, 1, Optional.empty());
        new Scene(four, 1)
                .begin()
                .receive(first)
                .receive(second)
                .accused(Equivocation.of(first.proposal(), second.proposal()));
    }

    @Test
    void alsoAfterTheDecision() {
        Scene scene = new Scene(four, 1).begin().votes(FINALIZE, 0, V, 0, 2, 3).then();
        scene.votes(FINALIZE, 0, NIL, 0);
        scene.accused(Equivocation.of(four.vote(0, FINALIZE, 0, V), four.vote(0, FINALIZE, 0, NIL)));
    }

    @Test
    void aLiarCannotHideItsVotesBehindOthers() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        for (int i = 0; i < 100; i++) {
            scene.votes(NOTARIZE, 0, Committee.block("liar " + i), 3)
                    .votes(FINALIZE, 0, Committee.block("liar " + i), 3);
        }
        assertEquals(2 + 2 * Ballots.MOST_OF_ONE, scene.machine.known().size());
        // it made somebody count on its votes for V and for the dummy, who tells us now
        scene.votes(NOTARIZE, 0, V, 0, 3).saw(FINALIZE, 0, V);
        scene.votes(FINALIZE, 0, NIL, 3, 0, 2);
        assertEquals(1, scene.machine.round());
    }

    @Test
    void whatOthersVoteForTooIsNotForgotten() {
        Scene scene = new Scene(four, 1).begin();
        for (int i = 0; i < Ballots.MOST_OF_ONE; i++) {
            scene.votes(NOTARIZE, 0, Committee.block("liars " + i), 2, 3);
        }
        scene.votes(NOTARIZE, 0, V, 3);
        assertEquals(2 * Ballots.MOST_OF_ONE, scene.machine.known().size());
        assertTrue(!scene.machine.known().contains(four.ballot(3, NOTARIZE, 0, V)));
    }

    @Test
    void votesForAMillionRoundsAreForgotten() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 5; round <= 1_000_000; round += 5) {
            scene.machine.on(new Event.Received(four.ballot(3, FINALIZE, round, V)));
        }
        assertEquals(HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
        for (int round = 999_000; round > 0; round -= 1_000) {
            scene.votes(FINALIZE, round, NIL, 3);
        }
        assertEquals(HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
        assertEquals(0, scene.machine.round());
        // and nobody else is the worse for it
        scene.votes(FINALIZE, 2, NIL, 0, 2).timeOut("notarize", 0).votes(FINALIZE, 2, NIL, 1);
        assertEquals(3, scene.machine.round());
    }

    @Test
    void offersOfFarRoundsAreNotLookedAt() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 3; round <= 4_003; round += 4) {
            scene.receive(four.offer(round, V));
        }
        assertEquals(HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
        assertTrue(scene.machine.known().stream().allMatch(m -> m.round() <= HeightLog.OFFERS_AHEAD));
        scene.sawNo(Action.Judge.class);
        scene.votes(FINALIZE, 62, NIL, 0, 2, 3);
        assertEquals(
                Optional.of(V),
                scene.all(Action.Judge.class).stream().map(Action.Judge::block).findFirst());
    }

    @Test
    void messagesOfTheLastRoundThereIsDoNotOverflow() {
        Scene scene = new Scene(four, 1).begin();
        scene.receive(four.offer(Integer.MAX_VALUE, V)).votes(NOTARIZE, Integer.MAX_VALUE, V, 3);
        assertEquals(0, scene.machine.round());
    }

    @Test
    void aProofAheadOfTimeIsBoundedToo() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 3; round <= HeightLog.OFFERS_AHEAD; round += 4) {
            scene.receive(
                    four.offer(3, round, V, OptionalInt.of(1), Optional.of(four.certificate(NOTARIZE, 1, V, 0, 2, 3))));
        }
        // the three votes of the proof once, this validator's own, and the last offers
        assertEquals(1, scene.machine.round());
        scene.saw(FINALIZE, 1, V);
        assertEquals(4 + HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
    }

    @Test
    void aLaggingPeerIsToldAllOfTheLastTwoRoundsAndWhatNotarizesOrFinalizesOfEarlierOnes() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(NOTARIZE, 0, V, 0).votes(FINALIZE, 0, NIL, 2);
        List<Message> first = List.of(
                four.offer(0, V),
                four.ballot(0, NOTARIZE, 0, V),
                four.ballot(1, NOTARIZE, 0, V),
                four.ballot(2, FINALIZE, 0, NIL));
        assertEquals(first, scene.machine.known());
        scene.votes(FINALIZE, 0, NIL, 0, 3);
        assertEquals(1, scene.machine.round());
        assertEquals(first.subList(0, 3), scene.machine.known().subList(0, 3));
        scene.receive(four.offer(1, V)).votes(NOTARIZE, 1, V, 0, 2).timeOut("finalize", 1);
        scene.votes(FINALIZE, 2, NIL, 0, 2, 3);
        assertEquals(3, scene.machine.round());
        // a quorum for round 1 and nothing but dummies else: enough to come here and to propose
        Scene lagging = new Scene(four, 3).begin();
        scene.machine.known().forEach(lagging::receive);
        assertEquals(3, lagging.machine.round());
        lagging.sawProposal(3, Optional.of(V), 1);
        assertTrue(!scene.machine.known().contains(four.offer(0, V)));
        assertTrue(!scene.machine.known().contains(four.ballot(0, NOTARIZE, 0, V)));
    }
}
