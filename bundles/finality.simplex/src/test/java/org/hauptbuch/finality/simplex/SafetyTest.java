package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** What keeps two blocks from being decided: a proposal is voted for with its whole justification, or not at all. */
class SafetyTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    /** Validator 3 in round 1, after V was notarized in round 0 and finalized by itself. */
    private Scene finalized() {
        return new Scene(four, 3)
                .begin()
                .receive(four.offer(0, V))
                .votes(NOTARIZE, 0, V, 0, 1)
                .saw(FINALIZE, 0, V)
                .timeOut("finalize", 0)
                .then();
    }

    /** Validator 3 in round 2, which knows the dummy of round 1 alone. */
    private Scene skipped() {
        return new Scene(four, 3).begin().votes(FINALIZE, 1, NIL, 0, 1, 2).then();
    }

    @Test
    void anotherBlockIsNotNotarizedAfterOneThatMayBeFinal() {
        finalized().receive(four.offer(1, W)).sawVotes(0);
    }

    @Test
    void theSameBlockAsANewOneNeitherUntilTheDummyIsNotarized() {
        finalized()
                .receive(four.offer(1, V))
                .sawVotes(0)
                .votes(FINALIZE, 0, NIL, 0, 1, 2)
                .saw(NOTARIZE, 1, V);
    }

    @Test
    void theNotarizedBlockIsNotarizedAgain() {
        finalized().receive(four.offer(1, V, 0, Optional.empty())).saw(NOTARIZE, 1, V);
    }

    @Test
    void aBlockThatWasNotNotarizedInItsValidRoundIsNot() {
        finalized().receive(four.offer(1, W, 0, Optional.empty())).sawVotes(0);
        skipped().receive(four.offer(2, W, 0, Optional.empty())).sawVotes(0);
    }

    @Test
    void everyRoundSinceTheValidRoundNeedsItsDummy() {
        Certificate proof = four.certificate(NOTARIZE, 0, V, 0, 1, 2);
        // over round 1, whose dummy is known
        skipped().receive(four.offer(2, V, 0, Optional.of(proof))).saw(NOTARIZE, 2, V);
        // over round 3, where another block was notarized and the dummy was not
        Scene later = new Scene(four, 1)
                .begin()
                .votes(NOTARIZE, 3, W, 0, 2, 3)
                .timeOut("finalize", 3)
                .votes(FINALIZE, 1, NIL, 0, 2, 3)
                .votes(FINALIZE, 2, NIL, 0, 2, 3);
        assertEquals(4, later.machine.round());
        later.then().receive(four.offer(4, V, 0, Optional.of(proof)));
        assertEquals(List.of(new Action.CastVote(FINALIZE, 0, V)), later.all(Action.CastVote.class));
        later.votes(FINALIZE, 3, NIL, 0, 2, 3).saw(NOTARIZE, 4, V);
    }

    @Test
    void aNewBlockNeedsTheDummyOfEveryRound() {
        Scene scene = skipped().receive(four.offer(2, W)).sawVotes(0);
        scene.votes(FINALIZE, 0, NIL, 0, 1)
                .sawVotes(0)
                .votes(FINALIZE, 0, NIL, 2)
                .saw(NOTARIZE, 2, W);
    }

    @Test
    void proofsThatProveNothingJustifyNothing() {
        List<Certificate> bad = List.of(
                four.certificate(NOTARIZE, 0, W, 0, 1), // no quorum
                four.certificate(FINALIZE, 0, W, 0, 1, 2), // of another phase
                four.certificate(PREVOTE, 0, W, 0, 1, 2), // of another protocol
                four.certificate(NOTARIZE, 0, V, 0, 1, 2), // of another block
                four.certificate(NOTARIZE, 1, W, 0, 1, 2), // of another round
                four.certificate(NOTARIZE, 0, W, 0, 0, 1), // one voter twice
                Committee.equal(7).certificate(NOTARIZE, 0, W, 4, 5, 6), // strangers
                new Certificate(
                        NOTARIZE,
                        Committee.HEIGHT + 1,
                        0,
                        W,
                        four.certificate(NOTARIZE, 0, W, 0, 1, 2).signatures())); // of another height
        for (Certificate proof : bad) {
            Scene scene =
                    skipped().receive(four.offer(2, W, 0, Optional.of(proof))).sawVotes(0);
            // the offer itself stands: with a good proof it is answered
            scene.receive(four.offer(2, W, 0, Optional.of(four.certificate(NOTARIZE, 0, W, 0, 1, 2))))
                    .saw(NOTARIZE, 2, W);
        }
    }

    @Test
    void aProofIsWeighedByPower() {
        Committee weighted = Committee.weighted(10, 10, 10, 70);
        Scene scene = new Scene(weighted, 2).begin().votes(FINALIZE, 0, NIL, 3);
        scene.then().receive(weighted.offer(1, V, 0, Optional.of(weighted.certificate(NOTARIZE, 0, V, 0, 1, 2))));
        scene.sawVotes(0);
        scene.receive(weighted.offer(1, V, 0, Optional.of(weighted.certificate(NOTARIZE, 0, V, 3))));
        scene.saw(NOTARIZE, 1, V);
    }

    @Test
    void aVoterOfAProofThatToldUsOtherwiseIsAccusedAndCounted() {
        Scene scene = new Scene(four, 3).begin().votes(NOTARIZE, 0, W, 2).then();
        scene.receive(four.offer(1, V, 0, Optional.of(four.certificate(NOTARIZE, 0, V, 0, 1, 2))));
        scene.saw(NOTARIZE, 1, V).saw(FINALIZE, 0, V);
        scene.accused(Equivocation.of(four.vote(2, NOTARIZE, 0, W), four.vote(2, NOTARIZE, 0, V)));
    }

    @Test
    void whoFinalizedNeverGivesTheRoundUp() {
        Scene scene = new Scene(four, 3).begin().receive(four.offer(0, V)).votes(NOTARIZE, 0, V, 0, 1);
        scene.saw(FINALIZE, 0, V).timeOut("notarize", 0).timeOut("finalize", 0).timeOut("notarize", 0);
        scene.votes(FINALIZE, 0, NIL, 0, 1, 2).sawVotes(2);
    }

    @Test
    void whoGaveTheRoundUpNeverFinalizesInIt() {
        Scene scene = new Scene(four, 3).begin().timeOut("notarize", 0).receive(four.offer(0, V));
        scene.votes(NOTARIZE, 0, V, 0, 1, 2).timeOut("finalize", 0);
        assertEquals(
                List.of(new Action.CastVote(FINALIZE, 0, NIL), new Action.CastVote(NOTARIZE, 0, V)),
                scene.all(Action.CastVote.class));
    }

    @Test
    void aFinalizedBlockAndANotarizedDummyNeverMeet() {
        // 0 and 1 are honest and finalize V in round 0; 2 is a liar that finalizes and gives up; 3 gives up
        Scene three = new Scene(four, 3).begin().timeOut("notarize", 0);
        three.votes(FINALIZE, 0, NIL, 2);
        assertEquals(0, three.machine.round());
        // in the next round it votes for nothing but V, whatever the liar proposes
        three.votes(NOTARIZE, 0, V, 0, 1, 2).timeOut("finalize", 0).then();
        three.receive(four.offer(1, W)).sawVotes(0);
        three.votes(FINALIZE, 0, V, 0, 1, 2).sawDecision(four.certificate(FINALIZE, 0, V, 0, 1, 2));
    }

    @Test
    void anOfferWithAValidRoundIsNotAFreshOne() {
        Scene scene =
                new Scene(four, 3).begin().votes(FINALIZE, 0, NIL, 0, 1, 2).then();
        scene.receive(four.offer(1, 1, V, OptionalInt.of(0), Optional.empty())).sawVotes(0);
        scene.timeOut("notarize", 1).saw(FINALIZE, 1, NIL);
    }
}
