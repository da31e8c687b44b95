package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** The steps of the paper, section 2. Validators 0 to 3 of equal power; 0 proposes in round 0, 1 in round 1. */
class ProtocolTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    @Test
    void step1TheProposerProposesANewBlock() {
        new Scene(four, 0).begin().sawProposal(0, Optional.empty(), -1);
    }

    @Test
    void step1TheProposerWaitsUntilTheBlockIsDue() {
        Scene scene = new Scene(four, 0, 700, List.of()).begin();
        scene.sawNo(Action.Propose.class).sawTimer("start", 0, 700).sawTimer("notarize", 0, 1_100);
        scene.timeOut("start", 0).sawProposal(0, Optional.empty(), -1);
    }

    @Test
    void step1NobodyProposesInARoundThatHeGaveUp() {
        new Scene(four, 0, 700, List.of())
                .begin()
                .timeOut("notarize", 0)
                .timeOut("start", 0)
                .sawNo(Action.Propose.class)
                .saw(FINALIZE, 0, NIL);
    }

    @Test
    void step1ANewBlockAfterDummiesOnlyWhichTheProposerShows() {
        Scene scene = new Scene(four, 1).begin().votes(FINALIZE, 0, NIL, 0, 2, 3);
        assertEquals(1, scene.machine.round());
        scene.sawProposal(1, Optional.empty(), -1);
        List<Message> dummies = List.of(
                four.ballot(0, FINALIZE, 0, NIL), four.ballot(2, FINALIZE, 0, NIL), four.ballot(3, FINALIZE, 0, NIL));
        int first = scene.seen.indexOf(new Action.Resend(dummies.get(0)));
        assertEquals(dummies.stream().map(Action.Resend::new).toList(), scene.seen.subList(first, first + 3));
        assertEquals(scene.only(Action.Propose.class), scene.seen.get(first + 3));
    }

    @Test
    void step1ANotarizedBlockIsProposedAgainWithItsProof() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 2);
        scene.sawNo(Action.Propose.class).timeOut("finalize", 0).sawProposal(1, Optional.of(V), 0);
        assertEquals(
                Optional.of(four.certificate(NOTARIZE, 0, V, 0, 1, 2)),
                scene.only(Action.Propose.class).proofOfLock());
    }

    @Test
    void step1TheLatestNotarizedBlockIsExtendedOverTheDummiesSince() {
        Scene scene = new Scene(four, 2).begin().votes(NOTARIZE, 0, V, 0, 1, 3).votes(FINALIZE, 1, NIL, 0, 1, 3);
        scene.sawProposal(2, Optional.of(V), 0);
        assertEquals(3, scene.all(Action.Resend.class).size());
    }

    @Test
    void step1AHoleIsWaitedFor() {
        Scene scene = new Scene(four, 3).begin().votes(FINALIZE, 2, NIL, 0, 1, 2);
        assertEquals(3, scene.machine.round());
        scene.sawNo(Action.Propose.class).votes(FINALIZE, 0, NIL, 0, 1, 2).sawNo(Action.Propose.class);
        scene.votes(FINALIZE, 1, NIL, 0, 1).sawNo(Action.Propose.class);
        scene.votes(FINALIZE, 1, NIL, 2).sawProposal(3, Optional.empty(), -1);
    }

    @Test
    void step1NothingThatIsNotJudgedYetIsProposedAgain() {
        Scene scene = new Scene(four, 1).judgesLater().begin().votes(NOTARIZE, 0, V, 0, 2, 3);
        scene.timeOut("finalize", 0).sawNo(Action.Propose.class);
        scene.judged(V, true).sawProposal(1, Optional.of(V), 0);
    }

    @Test
    void step1ARefusedBlockIsNotProposedAgain() {
        Scene scene = new Scene(four, 1).invalid(V).begin().votes(NOTARIZE, 0, V, 0, 2, 3);
        scene.timeOut("finalize", 0).sawNo(Action.Propose.class);
        scene.votes(FINALIZE, 0, NIL, 0, 2, 3).sawProposal(1, Optional.empty(), -1);
    }

    @Test
    void step2WithoutANotarizedBlockTheDummyIsVotedFor() {
        Scene scene = new Scene(four, 1).begin().timeOut("notarize", 0);
        scene.saw(FINALIZE, 0, NIL).sawVotes(1);
        assertEquals("dummy", scene.machine.step());
    }

    @Test
    void step2AlsoAfterAVoteForTheBlock() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        assertEquals("notarize", scene.machine.step());
        scene.timeOut("notarize", 0).saw(FINALIZE, 0, NIL).sawVotes(2);
    }

    @Test
    void step2NotAfterTheBlockIsNotarized() {
        new Scene(four, 1)
                .judgesLater()
                .begin()
                .votes(NOTARIZE, 0, V, 0, 2, 3)
                .timeOut("notarize", 0)
                .sawVotes(0);
    }

    @Test
    void step2WhoGivesUpShowsHowItCameToTheRound() {
        Scene scene = new Scene(four, 3)
                .begin()
                .votes(NOTARIZE, 0, V, 0, 1, 2)
                .timeOut("finalize", 0)
                .then();
        scene.timeOut("notarize", 1).saw(FINALIZE, 1, NIL);
        assertEquals(
                List.of(four.ballot(0, NOTARIZE, 0, V), four.ballot(1, NOTARIZE, 0, V), four.ballot(2, NOTARIZE, 0, V)),
                scene.all(Action.Resend.class).stream()
                        .map(Action.Resend::message)
                        .toList());
    }

    @Test
    void step3AValidProposalIsNotarizedBeforeItIsDueToo() {
        new Scene(four, 1, 700, List.of())
                .begin()
                .receive(four.offer(0, V))
                .saw(NOTARIZE, 0, V)
                .sawVotes(1);
    }

    @Test
    void step3AnInvalidOneIsAnsweredByTheDummy() {
        new Scene(four, 1)
                .invalid(V)
                .begin()
                .receive(four.offer(0, V))
                .saw(FINALIZE, 0, NIL)
                .sawVotes(1);
    }

    @Test
    void step3AProposalWaitsForItsJudgement() {
        Scene scene = new Scene(four, 1).judgesLater().begin().receive(four.offer(0, V));
        scene.sawVotes(0);
        assertEquals(V, scene.only(Action.Judge.class).block());
        scene.judged(W, true).sawVotes(0).judged(V, true).saw(NOTARIZE, 0, V);
    }

    @Test
    void step3OnlyTheProposerOfTheRoundIsHeard() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(2, 0, V, OptionalInt.empty(), Optional.empty()))
                .sawNo(Action.Judge.class)
                .sawVotes(0);
    }

    @Test
    void step3OneVoteForEachRoundHoweverManyProposals() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .receive(four.offer(0, V))
                .receive(four.offer(0, W))
                .sawVotes(1);
    }

    @Test
    void step3NilIsNoBlock() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, NIL))
                .sawNo(Action.Judge.class)
                .sawVotes(0);
    }

    @Test
    void step3ALateProposalIsNotarizedByWhoGaveUpToo() {
        new Scene(four, 1)
                .begin()
                .timeOut("notarize", 0)
                .receive(four.offer(0, V))
                .saw(NOTARIZE, 0, V);
    }

    @Test
    void step4ANotarizedBlockIsFinalizedAndWaitedFor() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0);
        scene.sawVotes(1).votes(NOTARIZE, 0, V, 2).saw(FINALIZE, 0, V).sawTimer("finalize", 0, 200);
        assertEquals(0, scene.machine.round());
        assertEquals("finalize", scene.machine.step());
        scene.then().votes(NOTARIZE, 0, V, 3).sawNoTimer("finalize", 0);
        scene.timeOut("finalize", 0).sawTimer("notarize", 1, 400);
        assertEquals(1, scene.machine.round());
    }

    @Test
    void step4NotByWhoVotedForTheDummy() {
        Scene scene = new Scene(four, 1).begin().timeOut("notarize", 0).receive(four.offer(0, V));
        scene.votes(NOTARIZE, 0, V, 0, 2).sawVotes(2).sawTimer("finalize", 0, 200);
    }

    @Test
    void step4ABlockThatWasNotSeenIsFetchedAndFinalizedLate() {
        Scene scene = new Scene(four, 1).judgesLater().begin().votes(NOTARIZE, 0, V, 0, 2, 3);
        assertEquals(V, scene.only(Action.Judge.class).block());
        scene.timeOut("finalize", 0).sawVotes(0).judged(V, true).saw(FINALIZE, 0, V);
    }

    @Test
    void step4NothingIsFinalizedThatIsRefusedHere() {
        new Scene(four, 1).invalid(V).begin().votes(NOTARIZE, 0, V, 0, 2, 3).sawVotes(0);
    }

    @Test
    void step4NotWhereTheDummyIsNotarizedToo() {
        new Scene(four, 1)
                .judgesLater()
                .begin()
                .votes(NOTARIZE, 0, V, 0, 2, 3)
                .votes(FINALIZE, 0, NIL, 0, 2, 3)
                .judged(V, true)
                .sawVotes(0);
    }

    @Test
    void step4ANotarizedDummyIsLeftAtOnce() {
        Scene scene = new Scene(four, 2).begin().votes(FINALIZE, 0, NIL, 0, 1).sawNoTimer("notarize", 1);
        scene.votes(FINALIZE, 0, NIL, 3).sawTimer("notarize", 1, 400);
        assertEquals(1, scene.machine.round());
        assertEquals("propose", scene.machine.step());
    }

    @Test
    void step4ThreeThatDisagreeNotarizeNothing() {
        Scene scene = new Scene(four, 1).begin().votes(FINALIZE, 0, NIL, 0, 2).votes(FINALIZE, 0, V, 3);
        scene.votes(NOTARIZE, 0, V, 0, 2).votes(NOTARIZE, 0, W, 3);
        assertEquals(0, scene.machine.round());
        assertEquals("propose", scene.machine.step());
    }

    @Test
    void step4VotesToNotarizeNoneNotarizeNothing() {
        Scene scene = new Scene(four, 1).begin().votes(NOTARIZE, 0, NIL, 0, 2, 3);
        assertEquals(0, scene.machine.round());
        assertEquals("propose", scene.machine.step());
        scene.sawVotes(0).sawNo(Action.Judge.class);
    }

    @Test
    void theNextProposerIsFollowedWithoutWaiting() {
        Scene scene = new Scene(four, 2).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 3);
        assertEquals(0, scene.machine.round());
        scene.receive(four.offer(1, V, 0, Optional.empty())).saw(NOTARIZE, 1, V);
        assertEquals(1, scene.machine.round());
    }

    @Test
    void notWhereItHasNoReason() {
        Scene scene = new Scene(four, 2).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 3);
        scene.receive(four.offer(1, W));
        assertEquals(0, scene.machine.round());
    }

    @Test
    void aProofInAProposalBringsItsReceiverThere() {
        Scene scene = new Scene(four, 2).begin();
        scene.receive(four.offer(1, V, 0, Optional.of(four.certificate(NOTARIZE, 0, V, 0, 1, 3))));
        assertEquals(1, scene.machine.round());
        scene.saw(NOTARIZE, 1, V).saw(FINALIZE, 0, V);
    }

    @Test
    void roundsAreSkippedToTheLastThatIsNotarized() {
        Scene dummy = new Scene(four, 2).begin().votes(FINALIZE, 6, NIL, 0, 1, 3);
        assertEquals(7, dummy.machine.round());
        Scene block = new Scene(four, 2).begin().votes(NOTARIZE, 6, V, 0, 1, 3);
        assertEquals(6, block.machine.round());
        block.saw(FINALIZE, 6, V).sawNoTimer("notarize", 6).sawTimer("finalize", 6, 1_450);
    }

    @Test
    void fewerThanAQuorumMoveNobody() {
        Scene scene = new Scene(four, 2).begin().votes(FINALIZE, 6, NIL, 0, 1).votes(NOTARIZE, 6, V, 0, 1);
        assertEquals(0, scene.machine.round());
        Committee weighted = Committee.weighted(40, 20, 20, 20);
        Scene heavy = new Scene(weighted, 1).begin().votes(FINALIZE, 0, NIL, 1, 2, 3);
        assertEquals(0, heavy.machine.round());
        heavy.votes(FINALIZE, 0, NIL, 0);
        assertEquals(1, heavy.machine.round());
    }

    @Test
    void step5AQuorumOfFinalizeVotesDecides() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .votes(NOTARIZE, 0, V, 0, 2)
                .votes(FINALIZE, 0, V, 0)
                .sawNo(Action.Decide.class)
                .votes(FINALIZE, 0, V, 3)
                .sawDecision(four.certificate(FINALIZE, 0, V, 0, 1, 3));
    }

    @Test
    void step5AlsoWithoutTheBlockInAnyRound() {
        new Scene(four, 1)
                .begin()
                .votes(FINALIZE, 0, NIL, 0, 2, 3)
                .votes(FINALIZE, 1, V, 0, 2, 3)
                .sawDecision(four.certificate(FINALIZE, 1, V, 0, 2, 3));
        new Scene(four, 1)
                .begin()
                .votes(FINALIZE, 3, V, 0, 2, 3)
                .sawDecision(four.certificate(FINALIZE, 3, V, 0, 2, 3));
        new Scene(four, 1)
                .begin()
                .votes(NOTARIZE, 2, V, 0, 2, 3)
                .votes(FINALIZE, 0, V, 0, 2, 3)
                .sawDecision(four.certificate(FINALIZE, 0, V, 0, 2, 3));
    }

    @Test
    void step5ANotarizationDecidesNothing() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .votes(NOTARIZE, 0, V, 0, 2, 3)
                .sawNo(Action.Decide.class);
    }

    @Test
    void afterTheDecisionNothingIsSigned() {
        Scene scene = new Scene(four, 1).begin().votes(FINALIZE, 0, V, 0, 2, 3).then();
        scene.receive(four.offer(0, V)).timeOut("notarize", 0).timeOut("finalize", 0);
        scene.votes(NOTARIZE, 5, V, 0, 2, 3).votes(FINALIZE, 0, V, 1);
        assertEquals(List.of(), scene.seen);
    }

    @Test
    void timersOfOtherRoundsChangeNothing() {
        Scene scene = new Scene(four, 1).begin().then();
        scene.timeOut("notarize", 1).timeOut("finalize", 1).timeOut("start", 1);
        scene.timeOut("finalize", 0).timeOut("unheard of", 0);
        assertEquals(List.of(), scene.seen);
        assertEquals(0, scene.machine.round());
    }

    @Test
    void aChainOfOneDecidesByItself() {
        Committee one = Committee.equal(1);
        new Scene(one, 0).begin().propose(V).sawDecision(one.certificate(FINALIZE, 0, V, 0));
    }

    @Test
    void aFollowerSignsNothingAndHearsTheDecision() {
        Scene scene = new Scene(four, -1).begin().receive(four.offer(0, V));
        scene.votes(NOTARIZE, 0, V, 0, 1, 2).votes(FINALIZE, 4, NIL, 0, 1, 2);
        assertEquals(List.of(), scene.seen);
        assertEquals(5, scene.machine.round());
        scene.votes(FINALIZE, 0, V, 0, 1, 2).sawDecision(four.certificate(FINALIZE, 0, V, 0, 1, 2));
    }

    @Test
    void votesOfAnotherProtocolSayNothing() {
        Scene scene = new Scene(four, 1).begin().then();
        for (VotePhase phase : List.of(VotePhase.PREVOTE, VotePhase.PRECOMMIT)) {
            scene.votes(phase, 0, V, 0, 1, 2, 3).votes(phase, 3, NIL, 0, 2, 3).votes(phase, 0, W, 0);
        }
        assertEquals(List.of(), scene.seen);
        assertEquals(List.of(), scene.machine.known());
        scene.receive(four.offer(0, V))
                .votes(NOTARIZE, 0, V, 0, 2)
                .saw(NOTARIZE, 0, V)
                .saw(FINALIZE, 0, V);
    }

    @Test
    void messagesOfOtherHeightsAndStrangersAreDropped() {
        Scene scene = new Scene(four, 1).begin().then();
        Vote other = four.vote(0, FINALIZE, 0, V);
        for (int i = 0; i < 4; i++) {
            scene.receive(new Message.Ballot(
                    new Vote(FINALIZE, Committee.HEIGHT + 1, 0, V, four.address(i), other.signature())));
        }
        Committee seven = Committee.equal(7);
        for (int i = 4; i < 7; i++) {
            scene.receive(seven.ballot(i, FINALIZE, 0, V));
        }
        assertEquals(List.of(), scene.seen);
        assertEquals(List.of(), scene.machine.known());
    }
}
