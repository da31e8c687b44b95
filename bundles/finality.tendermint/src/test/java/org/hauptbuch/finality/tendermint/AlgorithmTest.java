package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** Algorithm 1, line by line. Validators 0 to 3 of equal power; 0 proposes in round 0, 1 in round 1. */
class AlgorithmTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    @Test
    void lines10To19TheProposerProposesANewBlock() {
        new Scene(four, 0).begin().sawProposal(0, Optional.empty(), -1);
    }

    @Test
    void line18TheProposerWaitsUntilTheBlockIsDue() {
        Scene scene = new Scene(four, 0, 700, List.of()).begin();
        scene.sawNo(Action.Propose.class).sawTimer("start", 0, 700);
        scene.timeOut("start", 0).sawProposal(0, Optional.empty(), -1);
    }

    @Test
    void line18ATimerOfThePastProposesNothing() {
        new Scene(four, 0, 700, List.of())
                .begin()
                .timeOut("propose", 0)
                .timeOut("start", 0)
                .sawNo(Action.Propose.class)
                .saw(PREVOTE, 0, NIL);
    }

    @Test
    void line21OthersWaitForTheProposalFromWhenItIsDue() {
        new Scene(four, 1, 700, List.of()).begin().sawTimer("propose", 0, 1_100).sawNo(Action.Propose.class);
    }

    @Test
    void lines22To24AValidOfferIsPrevotedBeforeItIsDueToo() {
        new Scene(four, 1, 700, List.of())
                .begin()
                .receive(four.offer(0, V))
                .saw(PREVOTE, 0, V)
                .sawVotes(1);
    }

    @Test
    void lines25And26AnInvalidOfferIsPrevotedNil() {
        new Scene(four, 1).invalid(V).begin().receive(four.offer(0, V)).saw(PREVOTE, 0, NIL);
    }

    @Test
    void line22AnOfferWaitsForItsJudgement() {
        Scene scene = new Scene(four, 1).judgesLater().begin().receive(four.offer(0, V));
        scene.sawVotes(0);
        assertEquals(V, scene.only(Action.Judge.class).block());
        scene.judged(W, true).sawVotes(0).judged(V, true).saw(PREVOTE, 0, V);
    }

    @Test
    void line22OnlyTheProposerOfTheRoundIsHeard() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(2, 0, V, java.util.OptionalInt.empty(), Optional.empty()))
                .sawNo(Action.Judge.class)
                .sawVotes(0);
    }

    @Test
    void line22OneVoteForEachRoundHoweverManyOffers() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .receive(four.offer(0, V))
                .receive(four.offer(0, W))
                .sawVotes(1);
    }

    @Test
    void line22NilIsNoBlock() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, NIL))
                .sawNo(Action.Judge.class)
                .sawVotes(0);
    }

    @Test
    void line28AnOldBlockNeedsItsQuorum() {
        Scene scene = new Scene(four, 3)
                .begin()
                .timeOut("propose", 0)
                .timeOut("precommit", 0)
                .then();
        scene.receive(four.offer(1, V, 0, Optional.empty())).sawVotes(0);
        scene.votes(PREVOTE, 0, V, 0, 1).sawVotes(0);
        scene.votes(PREVOTE, 0, V, 2).saw(PREVOTE, 1, V);
    }

    @Test
    void line28TheProofInTheOfferIsAsGood() {
        new Scene(four, 3)
                .begin()
                .timeOut("precommit", 0)
                .then()
                .receive(four.offer(1, V, 0, Optional.of(four.certificate(PREVOTE, 0, V, 0, 1, 2))))
                .saw(PREVOTE, 1, V);
    }

    @Test
    void lines31And32AnOldInvalidBlockIsPrevotedNil() {
        new Scene(four, 3)
                .invalid(V)
                .begin()
                .timeOut("precommit", 0)
                .then()
                .receive(four.offer(1, V, 0, Optional.of(four.certificate(PREVOTE, 0, V, 0, 1, 2))))
                .saw(PREVOTE, 1, NIL);
    }

    @Test
    void line34AQuorumThatDisagreesStartsTheTimerOnce() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(PREVOTE, 0, NIL, 2).sawNoTimer("prevote", 0);
        scene.votes(PREVOTE, 0, W, 3).sawTimer("prevote", 0, 200);
        scene.then().votes(PREVOTE, 0, V, 0).sawNoTimer("prevote", 0);
    }

    @Test
    void line34NotBeforeItsOwnVote() {
        new Scene(four, 1)
                .begin()
                .votes(PREVOTE, 0, NIL, 0, 2, 3)
                .sawNoTimer("prevote", 0)
                .sawVotes(0)
                .timeOut("propose", 0)
                .saw(PREVOTE, 0, NIL)
                .saw(PRECOMMIT, 0, NIL);
    }

    @Test
    void lines36To41AQuorumOfPrevotesIsLockedAndPrecommitted() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .votes(PREVOTE, 0, V, 0)
                .sawVotes(1)
                .votes(PREVOTE, 0, V, 2)
                .saw(PRECOMMIT, 0, V);
    }

    @Test
    void line36PrevotesWithoutTheBlockLockNothing() {
        Scene scene = new Scene(four, 1).begin().timeOut("propose", 0).votes(PREVOTE, 0, V, 0, 2, 3);
        scene.sawVotes(1);
        scene.receive(four.offer(0, V)).saw(PRECOMMIT, 0, V);
    }

    @Test
    void line36AnInvalidBlockIsNeverPrecommitted() {
        new Scene(four, 1)
                .invalid(V)
                .begin()
                .receive(four.offer(0, V))
                .votes(PREVOTE, 0, V, 0, 2, 3)
                .timeOut("prevote", 0)
                .saw(PRECOMMIT, 0, NIL)
                .sawVotes(2);
    }

    @Test
    void lines42And43ALateQuorumIsProposedAgainWithItsProof() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(0, V));
        scene.votes(PREVOTE, 0, NIL, 3)
                .votes(PREVOTE, 0, V, 0)
                .timeOut("prevote", 0)
                .saw(PRECOMMIT, 0, NIL);
        scene.votes(PREVOTE, 0, V, 2).timeOut("precommit", 0).sawProposal(1, Optional.of(V), 0);
        assertEquals(
                Optional.of(four.certificate(PREVOTE, 0, V, 0, 1, 2)),
                scene.only(Action.Propose.class).proofOfLock());
    }

    @Test
    void line42AQuorumThatIsSeenAfterItsRoundIsProposedToo() {
        new Scene(four, 2)
                .begin()
                .receive(four.offer(0, V))
                .timeOut("precommit", 0)
                .votes(PREVOTE, 0, V, 0, 1)
                .timeOut("precommit", 1)
                .sawProposal(2, Optional.of(V), 0);
    }

    @Test
    void line42AProofInAnOfferIsPassedOn() {
        new Scene(four, 2)
                .begin()
                .timeOut("precommit", 0)
                .receive(four.offer(1, V, 0, Optional.of(four.certificate(PREVOTE, 0, V, 0, 1, 3))))
                .timeOut("precommit", 1)
                .sawProposal(2, Optional.of(V), 0);
    }

    @Test
    void lines44To46AQuorumForNilIsPrecommittedWithoutWaiting() {
        new Scene(four, 1)
                .begin()
                .timeOut("propose", 0)
                .votes(PREVOTE, 0, NIL, 2, 3)
                .saw(PRECOMMIT, 0, NIL)
                .sawNoTimer("prevote", 0);
    }

    @Test
    void line47AQuorumOfPrecommitsStartsTheTimerOnceWhateverTheStep() {
        Scene scene = new Scene(four, 1).begin();
        scene.votes(PRECOMMIT, 0, NIL, 0).votes(PRECOMMIT, 0, V, 2).sawNoTimer("precommit", 0);
        scene.votes(PRECOMMIT, 0, NIL, 3).sawTimer("precommit", 0, 50);
        assertEquals("propose", scene.machine.step());
        scene.then().receive(four.offer(0, V)).sawNoTimer("precommit", 0);
    }

    @Test
    void lines49To54AQuorumOfPrecommitsDecides() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .votes(PREVOTE, 0, V, 0, 2)
                .votes(PRECOMMIT, 0, V, 0)
                .sawNo(Action.Decide.class)
                .votes(PRECOMMIT, 0, V, 3)
                .sawDecision(four.certificate(PRECOMMIT, 0, V, 0, 1, 3));
    }

    @Test
    void line49AlsoWithoutTheBlockAndForAnEarlierRound() {
        new Scene(four, 1)
                .begin()
                .timeOut("precommit", 0)
                .votes(PRECOMMIT, 0, V, 0, 2, 3)
                .sawDecision(four.certificate(PRECOMMIT, 0, V, 0, 2, 3));
    }

    @Test
    void line49AlsoForALaterRound() {
        new Scene(four, 1)
                .begin()
                .votes(PRECOMMIT, 3, V, 0, 2, 3)
                .sawDecision(four.certificate(PRECOMMIT, 3, V, 0, 2, 3));
    }

    @Test
    void line49NilDecidesNothing() {
        new Scene(four, 1).begin().votes(PRECOMMIT, 0, NIL, 0, 2, 3).sawNo(Action.Decide.class);
    }

    @Test
    void afterTheDecisionNothingIsSigned() {
        Scene scene = new Scene(four, 1).begin().votes(PRECOMMIT, 0, V, 0, 2, 3).then();
        scene.receive(four.offer(0, V)).timeOut("propose", 0).timeOut("precommit", 0);
        scene.votes(PREVOTE, 5, V, 0, 2, 3).votes(PRECOMMIT, 0, V, 1);
        assertEquals(List.of(), scene.seen);
    }

    @Test
    void lines55And56AThirdInALaterRoundIsFollowed() {
        Scene scene = new Scene(four, 1).begin().votes(PREVOTE, 2, V, 0);
        assertEquals(0, scene.machine.round());
        scene.votes(PRECOMMIT, 2, NIL, 3).sawTimer("propose", 2, 650);
        assertEquals(2, scene.machine.round());
    }

    @Test
    void line55OffersCountAndWhoIsFurtherHasBeenThere() {
        Scene scene = new Scene(four, 1).begin().receive(four.offer(2, V)).votes(PREVOTE, 5, NIL, 3);
        assertEquals(2, scene.machine.round());
        assertEquals(List.of(new Action.Judge(V)), scene.all(Action.Judge.class));
        scene.saw(PREVOTE, 2, V);
    }

    @Test
    void line55IsAMatterOfPower() {
        Committee weighted = Committee.weighted(40, 20, 20, 20);
        Scene scene = new Scene(weighted, 1).begin().votes(PREVOTE, 1, NIL, 2);
        assertEquals(0, scene.machine.round());
        scene.votes(PREVOTE, 1, NIL, 0);
        assertEquals(1, scene.machine.round());
    }

    @Test
    void whoLeavesARoundUnvotedVotesNilThere() {
        Scene scene = new Scene(four, 1).begin().votes(PREVOTE, 3, V, 0, 2);
        assertEquals(
                List.of(new Action.CastVote(PREVOTE, 2, NIL), new Action.CastVote(PRECOMMIT, 2, NIL)),
                scene.all(Action.CastVote.class));
    }

    @Test
    void lines57To60NoOfferIsPrevotedNil() {
        new Scene(four, 1).begin().timeOut("propose", 0).saw(PREVOTE, 0, NIL).sawVotes(1);
    }

    @Test
    void lines57To60NotAfterItsVote() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .timeOut("propose", 0)
                .sawVotes(1);
    }

    @Test
    void lines61To64NoAgreementIsPrecommittedNil() {
        new Scene(four, 1)
                .begin()
                .receive(four.offer(0, V))
                .timeOut("prevote", 0)
                .saw(PRECOMMIT, 0, NIL);
    }

    @Test
    void lines65To67TheNextRoundHasItsProposer() {
        Scene scene = new Scene(four, 1)
                .begin()
                .timeOut("propose", 0)
                .timeOut("prevote", 0)
                .timeOut("precommit", 0);
        assertEquals(1, scene.machine.round());
        scene.sawProposal(1, Optional.empty(), -1).sawTimer("propose", 1, 400);
    }

    @Test
    void timersOfOtherRoundsChangeNothing() {
        Scene scene = new Scene(four, 1).begin().then();
        scene.timeOut("propose", 1)
                .timeOut("prevote", 1)
                .timeOut("precommit", 1)
                .timeOut("start", 1);
        scene.timeOut("prevote", 0).timeOut("unheard of", 0);
        assertEquals(List.of(), scene.seen);
    }

    @Test
    void aChainOfOneDecidesByItself() {
        Committee one = Committee.equal(1);
        new Scene(one, 0).begin().propose(V).sawDecision(one.certificate(PRECOMMIT, 0, V, 0));
    }

    @Test
    void aFollowerSignsNothingAndHearsTheDecision() {
        Scene scene = new Scene(four, -1).begin().receive(four.offer(0, V));
        scene.votes(PREVOTE, 0, V, 0, 1, 2).votes(PREVOTE, 4, V, 0, 1);
        assertEquals(List.of(), scene.seen);
        assertEquals(4, scene.machine.round());
        scene.votes(PRECOMMIT, 0, V, 0, 1, 2).sawDecision(four.certificate(PRECOMMIT, 0, V, 0, 1, 2));
    }

    @Test
    void votesOfAnotherProtocolSayNothing() {
        Scene scene = new Scene(four, 1).begin().then();
        for (VotePhase phase : List.of(VotePhase.NOTARIZE, VotePhase.FINALIZE)) {
            scene.votes(phase, 0, V, 0, 1, 2, 3).votes(phase, 3, W, 0, 2, 3).votes(phase, 0, NIL, 0);
        }
        assertEquals(List.of(), scene.seen);
        assertEquals(List.of(), scene.machine.known());
        scene.receive(four.offer(0, V))
                .votes(PREVOTE, 0, V, 0, 2)
                .saw(PREVOTE, 0, V)
                .saw(PRECOMMIT, 0, V);
    }

    @Test
    void messagesOfOtherHeightsAndStrangersAreDropped() {
        Scene scene = new Scene(four, 1).begin().then();
        var other = four.vote(0, PRECOMMIT, 0, V);
        for (int i = 0; i < 4; i++) {
            scene.receive(new org.hauptbuch.api.finality.Message.Ballot(new org.hauptbuch.api.block.Vote(
                    PRECOMMIT, Committee.HEIGHT + 1, 0, V, four.address(i), other.signature())));
        }
        Committee seven = Committee.equal(7);
        for (int i = 4; i < 7; i++) {
            scene.receive(seven.ballot(i, PRECOMMIT, 0, V));
        }
        assertEquals(List.of(), scene.seen);
        assertEquals(List.of(), scene.machine.known());
    }
}
