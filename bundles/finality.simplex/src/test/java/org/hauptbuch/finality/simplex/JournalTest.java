package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
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
        Message first = four.ballot(1, NOTARIZE, 0, V);
        Message second = four.ballot(1, FINALIZE, 0, NIL);
        assertEquals(
                List.of(new Action.Resend(first), new Action.Resend(second)),
                resumed(1, first, second).all(Action.Resend.class));
    }

    @Test
    void itGoesOnInTheLastRoundThatItSignedIn() {
        Scene scene = resumed(3, four.ballot(3, FINALIZE, 0, NIL), four.ballot(3, NOTARIZE, 1, V));
        assertEquals(1, scene.machine.round());
        assertEquals("notarize", scene.machine.step());
        scene.sawTimer("notarize", 1, 400).then().receive(four.offer(1, W)).sawVotes(0);
        scene.timeOut("notarize", 1).saw(FINALIZE, 1, NIL).sawVotes(1);
    }

    @Test
    void whoGaveARoundUpDoesNotFinalizeInItAfterwards() {
        Scene scene = resumed(3, four.ballot(3, NOTARIZE, 0, V), four.ballot(3, FINALIZE, 0, NIL))
                .then();
        scene.votes(NOTARIZE, 0, V, 0, 1, 2).timeOut("finalize", 0).sawVotes(0);
    }

    @Test
    void whoFinalizedDoesNotGiveUpAfterwards() {
        Scene scene = resumed(3, four.ballot(3, NOTARIZE, 0, V), four.ballot(3, FINALIZE, 0, V))
                .then();
        scene.timeOut("notarize", 0).sawVotes(0);
    }

    @Test
    void aProposalIsNeverReplaced() {
        Message offer = four.offer(0, V);
        Scene scene = resumed(0, offer);
        scene.sawNo(Action.Propose.class).timeOut("start", 0).sawNo(Action.Propose.class);
        assertEquals(List.of(new Action.Resend(offer)), scene.all(Action.Resend.class));
        scene.saw(NOTARIZE, 0, V).sawVotes(1);
    }

    @Test
    void aProposalOfALostBlockIsGivenUpAfterTheTimeout() {
        Scene scene =
                new Scene(four, 0, 0, List.of(four.offer(0, V))).judgesLater().begin();
        scene.sawTimer("notarize", 0, 400).timeOut("notarize", 0).saw(FINALIZE, 0, NIL);
    }

    @Test
    void ownVotesThatAPeerStillHasBindAsWell() {
        // the journal is younger than the votes: it was lost with the disk
        Scene scene = new Scene(four, 3)
                .begin()
                .receive(four.ballot(3, FINALIZE, 0, V))
                .timeOut("notarize", 0);
        scene.receive(four.ballot(3, NOTARIZE, 0, V)).receive(four.offer(0, W)).sawVotes(0);
    }

    @Test
    void aChainOfOneDecidesFromItsJournal() {
        Committee one = Committee.equal(1);
        List<Message> journal = List.of(one.ballot(0, NOTARIZE, 0, V), one.ballot(0, FINALIZE, 0, V));
        new Scene(one, 0, 0, journal).begin().sawDecision(one.certificate(FINALIZE, 0, V, 0));
    }

    @Test
    void whatNotarizesGoesOnRecordBeforeTheVoteThatItAllows() {
        Scene scene = new Scene(four, 3).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 2, 1);
        List<Message> proof = List.of(four.ballot(0, NOTARIZE, 0, V), four.ballot(2, NOTARIZE, 0, V));
        int kept = scene.seen.indexOf(new Action.Keep(proof));
        assertEquals(new Action.CastVote(FINALIZE, 0, V), scene.seen.get(kept + 1));
        scene.only(Action.Keep.class);

        List<Message> journal = new ArrayList<>(scene.journal);
        journal.addAll(journal.size() - 1, proof);
        Scene resumed = new Scene(four, 3, 0, journal).begin();
        assertEquals(
                scene.journal,
                resumed.all(Action.Resend.class).stream()
                        .map(Action.Resend::message)
                        .toList());
        assertEquals("finalize", resumed.machine.step());
        // it is on record already
        resumed.sawNo(Action.Keep.class).sawVotes(0).timeOut("finalize", 0);
        resumed.votes(FINALIZE, 1, NIL, 0, 1, 2)
                .votes(FINALIZE, 2, NIL, 0, 1, 2)
                .sawProposal(3, Optional.of(V), 0);
    }

    @Test
    void theDummiesGoOnRecordToo() {
        Scene scene = new Scene(four, 3).begin().timeOut("notarize", 0).votes(FINALIZE, 0, NIL, 0, 1);
        assertEquals(
                List.of(four.ballot(0, FINALIZE, 0, NIL), four.ballot(1, FINALIZE, 0, NIL)),
                scene.only(Action.Keep.class).messages());
        List<Message> journal = new ArrayList<>(scene.journal);
        journal.addAll(scene.only(Action.Keep.class).messages());
        Scene resumed = new Scene(four, 3, 0, journal).begin();
        assertEquals(1, resumed.machine.round());
        resumed.receive(four.offer(1, W)).saw(NOTARIZE, 1, W);
    }

    @Test
    void aJournalOfAnotherValidatorOrHeightIsRefused() {
        Vote vote = four.vote(1, NOTARIZE, 0, V);
        Message other =
                new Message.Ballot(new Vote(NOTARIZE, Committee.HEIGHT - 1, 0, V, vote.validator(), vote.signature()));
        for (Message foreign : List.of(other, four.offer(0, V))) {
            Scene scene = new Scene(four, 1, 0, List.of(foreign));
            String message =
                    assertThrows(IllegalArgumentException.class, scene::begin).getMessage();
            assertTrue(message.startsWith("journal of height 7 of validator 01"), message);
        }
        Scene follower = new Scene(four, -1, 0, List.of(four.ballot(0, NOTARIZE, 0, V)));
        assertThrows(IllegalArgumentException.class, follower::begin);
    }

    @Test
    void ofAllWhoCrashedNoneIsStuckThoughAByzantineVoteIsGone() {
        // 0 left round 0 by a vote of 3 that 3 showed to nobody else and will not repeat; 1 finalized there
        Scene zero = new Scene(four, 0).begin();
        zero.propose(V).timeOut("notarize", 0).votes(FINALIZE, 0, NIL, 2, 3);
        assertEquals(1, zero.machine.round());
        Scene one = new Scene(four, 1).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 3);
        one.saw(FINALIZE, 0, V);
        Scene two = new Scene(four, 2).begin().timeOut("notarize", 0);
        List<Scene> scenes = new ArrayList<>();
        for (Scene old : List.of(zero, one, two)) {
            List<Message> journal = new ArrayList<>(old.journal);
            old.all(Action.Keep.class).forEach(keep -> journal.addAll(keep.messages()));
            scenes.add(new Scene(four, old.self, 0, journal).begin());
        }
        List<Message> known = new ArrayList<>();
        scenes.forEach(scene -> known.addAll(scene.machine.known()));
        scenes.forEach(scene -> known.forEach(scene::receive));
        scenes.forEach(scene -> assertEquals(1, scene.machine.round()));
        Message again =
                scenes.get(1).propose(W).journal.get(scenes.get(1).journal.size() - 1);
        assertEquals(V, ((Message.Ballot) again).vote().block());
    }
}
