package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Equivocation;
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
    void twoVotesAreEvidenceAndTheFirstCounts() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(PREVOTE, 0, W, 3).votes(PREVOTE, 0, V, 3);
        scene.accused(Equivocation.of(four.vote(3, PREVOTE, 0, W), four.vote(3, PREVOTE, 0, V)));
        scene.votes(PREVOTE, 0, V, 0).sawVotes(1);
        scene.votes(PREVOTE, 0, V, 2).saw(PRECOMMIT, 0, V);
    }

    @Test
    void votesOfOnePhaseAndRoundOnlyContradict() {
        new Scene(four, 1)
                .begin()
                .votes(PREVOTE, 0, V, 3)
                .votes(PRECOMMIT, 0, NIL, 3)
                .votes(PREVOTE, 1, W, 3)
                .votes(PREVOTE, 0, V, 3)
                .sawNo(Action.Accuse.class);
    }

    @Test
    void oneAccusationForEachOffender() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 0; round < 3; round++) {
            scene.votes(PREVOTE, round, V, 3).votes(PREVOTE, round, W, 3);
        }
        scene.only(Action.Accuse.class);
        scene.votes(PRECOMMIT, 0, V, 2).votes(PRECOMMIT, 0, NIL, 2);
        assertEquals(2, scene.all(Action.Accuse.class).size());
    }

    @Test
    void twoOffersAreEvidenceAndTheFirstCounts() {
        Message.Offer first = four.offer(0, V);
        Message.Offer second = four.offer(0, W);
        Scene scene = new Scene(four, 1).begin().receive(first).receive(second);
        scene.accused(Equivocation.of(first.proposal(), second.proposal()));
        scene.saw(PREVOTE, 0, V).sawVotes(1);
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
        Scene scene = new Scene(four, 1).begin().votes(PRECOMMIT, 0, V, 0, 2, 3).then();
        scene.votes(PRECOMMIT, 0, W, 0);
        scene.accused(Equivocation.of(four.vote(0, PRECOMMIT, 0, V), four.vote(0, PRECOMMIT, 0, W)));
    }

    @Test
    void votesForAMillionRoundsAreForgotten() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 5; round <= 1_000_000; round += 5) {
            scene.machine.on(new org.hauptbuch.api.finality.Event.Received(four.ballot(3, PREVOTE, round, V)));
        }
        assertEquals(HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
        for (int round = 999_000; round > 0; round -= 1_000) {
            scene.votes(PRECOMMIT, round, V, 3);
        }
        assertEquals(HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
        assertEquals(0, scene.machine.round());
        // and nobody else is the worse for it
        scene.votes(PREVOTE, 2, V, 0);
        assertEquals(2, scene.machine.round());
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
    }

    @Test
    void anOfferOfTheLastRoundThereIsDoesNotOverflow() {
        Scene scene = new Scene(four, 1).begin();
        scene.receive(four.offer(Integer.MAX_VALUE, V)).votes(PREVOTE, Integer.MAX_VALUE, V, 3);
        assertEquals(0, scene.machine.round());
    }

    @Test
    void aProofAheadOfTimeIsBoundedToo() {
        Scene scene = new Scene(four, 1).begin();
        for (int round = 3; round <= HeightLog.OFFERS_AHEAD; round += 4) {
            scene.receive(four.offer(
                    3, round, V, OptionalInt.of(0), Optional.of(four.certificate(VotePhase.PREVOTE, 0, V, 0, 2, 3))));
        }
        // three votes of the proof, and the last offers
        assertEquals(3 + HeightLog.ROUNDS_AHEAD, scene.machine.known().size());
    }

    @Test
    void aLaggingPeerIsToldAllOfTheLastTwoRoundsAndTheBlocksOfEarlierOnes() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(PREVOTE, 0, V, 0)
                .votes(PREVOTE, 0, NIL, 2)
                .timeOut("prevote", 0)
                .votes(PRECOMMIT, 0, NIL, 2);
        List<Message> first = List.of(
                four.offer(0, V),
                four.ballot(0, PREVOTE, 0, V),
                four.ballot(1, PREVOTE, 0, V),
                four.ballot(2, PREVOTE, 0, NIL),
                four.ballot(1, PRECOMMIT, 0, NIL),
                four.ballot(2, PRECOMMIT, 0, NIL));
        assertEquals(first, scene.machine.known());
        scene.timeOut("precommit", 0);
        assertEquals(first, scene.machine.known());
        scene.timeOut("precommit", 1);
        assertEquals(first.subList(0, 3), scene.machine.known().subList(0, 3));
        assertEquals(
                List.of(four.ballot(1, PREVOTE, 1, NIL), four.ballot(1, PRECOMMIT, 1, NIL)),
                scene.machine.known().subList(3, 5));
    }
}
