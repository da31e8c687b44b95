package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** After a crash the journal is all that a validator has, and all that it needs. */
class JournalTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    private Scene resumed(int self, Message... journal) {
        return new Scene(four, self, 500, List.of(journal)).begin();
    }

    @Test
    void everythingIsSentAgainInOrder() {
        Message first = four.ballot(1, PREVOTE, 0, V);
        Message second = four.ballot(1, PRECOMMIT, 0, V);
        assertEquals(List.of(new Action.Resend(first), new Action.Resend(second)), resumed(1, first, second).seen);
    }

    @Test
    void itGoesOnFromTheLastStepOfTheLastRound() {
        Scene prevoted = resumed(
                1, four.ballot(1, PREVOTE, 0, NIL), four.ballot(1, PRECOMMIT, 0, NIL), four.ballot(1, PREVOTE, 1, V));
        assertEquals(1, prevoted.machine.round());
        assertEquals("prevote", prevoted.machine.step());
        prevoted.then().receive(four.offer(1, W)).timeOut("propose", 1).sawVotes(0);
        prevoted.timeOut("prevote", 1).saw(PRECOMMIT, 1, NIL);

        Scene precommitted = resumed(1, four.ballot(1, PREVOTE, 2, V), four.ballot(1, PRECOMMIT, 2, NIL));
        assertEquals("precommit", precommitted.machine.step());
        precommitted
                .then()
                .receive(four.offer(2, V))
                .votes(PREVOTE, 2, V, 0, 2, 3)
                .sawVotes(0);
        precommitted.votes(PRECOMMIT, 2, NIL, 0, 2).sawTimer("precommit", 2, 300);
    }

    @Test
    void aProposalIsNeverReplaced() {
        Message offer = four.offer(0, V);
        Scene scene = resumed(0, offer);
        scene.sawNo(Action.Propose.class).timeOut("start", 0).sawNo(Action.Propose.class);
        assertEquals(List.of(new Action.Resend(offer)), scene.all(Action.Resend.class));
        scene.saw(PREVOTE, 0, V).sawVotes(1);
    }

    @Test
    void aProposalOfALostBlockIsGivenUpAfterTheTimeout() {
        Scene scene =
                new Scene(four, 0, 0, List.of(four.offer(0, V))).judgesLater().begin();
        scene.sawTimer("propose", 0, 400).timeOut("propose", 0).saw(PREVOTE, 0, NIL);
    }

    @Test
    void aLockIsRestored() {
        Scene scene = resumed(3, four.ballot(3, PREVOTE, 1, V), four.ballot(3, PRECOMMIT, 1, V));
        scene.timeOut("precommit", 1).then().receive(four.offer(2, W)).saw(PREVOTE, 2, NIL);
        scene.timeOut("precommit", 2).sawProposal(3, Optional.of(V), -1);
    }

    @Test
    void theProofOfARestoredLockComesFromVotesSentAgain() {
        Scene scene = resumed(3, four.ballot(3, PREVOTE, 1, V), four.ballot(3, PRECOMMIT, 1, V));
        scene.timeOut("precommit", 1).votes(PREVOTE, 1, V, 0, 2).timeOut("precommit", 2);
        scene.sawProposal(3, Optional.of(V), 1);
        assertEquals(
                Optional.of(four.certificate(PREVOTE, 1, V, 0, 2, 3)),
                scene.only(Action.Propose.class).proofOfLock());
    }

    @Test
    void onlyTheLastLockCounts() {
        Scene scene = resumed(
                3,
                four.ballot(3, PREVOTE, 0, V),
                four.ballot(3, PRECOMMIT, 0, V),
                four.ballot(3, PREVOTE, 1, W),
                four.ballot(3, PRECOMMIT, 1, W),
                four.ballot(3, PREVOTE, 2, NIL),
                four.ballot(3, PRECOMMIT, 2, NIL));
        scene.timeOut("precommit", 2).sawProposal(3, Optional.of(W), -1);
    }

    @Test
    void ownVotesThatAPeerStillHasBindAsWell() {
        // the journal is younger than the vote: it was lost with the disk
        Scene scene = new Scene(four, 3).begin().receive(four.ballot(3, PREVOTE, 1, V));
        scene.receive(four.ballot(3, PRECOMMIT, 1, V)).timeOut("precommit", 0).then();
        scene.receive(four.offer(1, W))
                .timeOut("propose", 1)
                .timeOut("prevote", 1)
                .sawVotes(0);
        scene.timeOut("precommit", 1).timeOut("precommit", 2).sawProposal(3, Optional.of(V), -1);
    }

    @Test
    void anOwnPrecommitOfALaterRoundIsNoValidRoundYet() {
        new Scene(four, 3)
                .begin()
                .receive(four.ballot(3, PRECOMMIT, 9, V))
                .timeOut("precommit", 0)
                .timeOut("precommit", 1)
                .timeOut("precommit", 2)
                .sawProposal(3, Optional.of(V), -1);
    }

    @Test
    void aLockWithoutProofIsOfferedAsNewAndAccepted() {
        Scene locked = resumed(3, four.ballot(3, PREVOTE, 1, V), four.ballot(3, PRECOMMIT, 1, V));
        locked.timeOut("precommit", 1).timeOut("precommit", 2).propose(W).saw(PREVOTE, 3, V);
        Message offer = locked.journal.get(locked.journal.size() - 2);
        assertEquals(four.offer(3, V), offer);
        Scene free = new Scene(four, 0)
                .begin()
                .timeOut("precommit", 0)
                .timeOut("precommit", 1)
                .timeOut("precommit", 2);
        free.receive(offer).saw(PREVOTE, 3, V);
    }

    @Test
    void aChainOfOneDecidesFromItsJournal() {
        Committee one = Committee.equal(1);
        List<Message> journal = List.of(one.ballot(0, PREVOTE, 0, V), one.ballot(0, PRECOMMIT, 0, V));
        new Scene(one, 0, 0, journal).begin().sawDecision(one.certificate(PRECOMMIT, 0, V, 0));
    }

    @Test
    void theProofOfALockGoesOnRecordWithIt() {
        Scene scene = new Scene(four, 3).begin().timeOut("precommit", 0).then();
        scene.receive(four.offer(1, V)).votes(PREVOTE, 1, V, 0, 2);
        List<Message> proof = List.of(four.ballot(0, PREVOTE, 1, V), four.ballot(2, PREVOTE, 1, V));
        int kept = scene.seen.indexOf(new Action.Keep(proof));
        assertEquals(new Action.CastVote(PRECOMMIT, 1, V), scene.seen.get(kept + 1));

        List<Message> journal = new ArrayList<>(scene.journal);
        journal.addAll(journal.size() - 1, proof);
        Scene resumed = new Scene(four, 3, 0, journal).begin();
        assertEquals(
                scene.journal,
                resumed.all(Action.Resend.class).stream()
                        .map(Action.Resend::message)
                        .toList());
        resumed.timeOut("precommit", 1).timeOut("precommit", 2).sawProposal(3, Optional.of(V), 1);
        assertEquals(
                Optional.of(four.certificate(PREVOTE, 1, V, 0, 2, 3)),
                resumed.only(Action.Propose.class).proofOfLock());
    }

    @Test
    void aJournalOfAnotherValidatorOrHeightIsRefused() {
        Vote vote = four.vote(1, PREVOTE, 0, V);
        Message other =
                new Message.Ballot(new Vote(PREVOTE, Committee.HEIGHT - 1, 0, V, vote.validator(), vote.signature()));
        for (Message foreign : List.of(other, four.offer(0, V))) {
            Scene scene = new Scene(four, 1, 0, List.of(foreign));
            String message =
                    assertThrows(IllegalArgumentException.class, scene::begin).getMessage();
            assertTrue(message.startsWith("journal of height 7 of validator 01"), message);
        }
        Scene follower = new Scene(four, -1, 0, List.of(four.ballot(0, PREVOTE, 0, V)));
        assertThrows(IllegalArgumentException.class, follower::begin);
    }

    @Test
    void ofAllWhoCrashedNoneIsStuckThoughAByzantineVoteIsGone() {
        // 0 came to round 1 by a precommit of 3 that 3 showed to nobody else and will not repeat
        Scene zero = new Scene(four, 0).begin();
        zero.propose(V).timeOut("prevote", 0).votes(PRECOMMIT, 0, NIL, 1, 3);
        zero.timeOut("precommit", 0).timeOut("propose", 1);
        Scene one = new Scene(four, 1).begin().timeOut("propose", 0);
        Scene two = new Scene(four, 2).begin();
        one.timeOut("prevote", 0);
        two.timeOut("propose", 0);
        List<Scene> scenes = new ArrayList<>();
        List<Message> sent = new ArrayList<>();
        for (Scene old : List.of(zero, one, two)) {
            Scene scene = new Scene(four, old.self, 0, old.journal).begin();
            scenes.add(scene);
            sent.addAll(old.journal);
        }
        scenes.forEach(scene -> sent.forEach(scene::receive));
        // three prevotes, so that 2 precommits; then three precommits, so that all leave round 0
        Scene last = scenes.get(2);
        last.timeOut("prevote", 0);
        Message precommit = last.journal.get(last.journal.size() - 1);
        assertEquals(four.ballot(2, PRECOMMIT, 0, NIL), precommit);
        scenes.forEach(scene -> scene.receive(precommit));
        scenes.get(1).sawTimer("precommit", 0, 50);
        scenes.get(2).sawTimer("precommit", 0, 50);
    }
}
