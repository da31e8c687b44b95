package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** A lock is what keeps two blocks from being decided: it yields to a newer quorum and to nothing else. */
class LockingTest {
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    private final Committee four = Committee.equal(4);

    /** Validator 3, locked on V in round 1, now in round 2. */
    private Scene locked() {
        return new Scene(four, 3)
                .begin()
                .timeOut("propose", 0)
                .timeOut("precommit", 0)
                .receive(four.offer(1, V))
                .votes(PREVOTE, 1, V, 0, 1)
                .saw(PRECOMMIT, 1, V)
                .timeOut("precommit", 1)
                .then();
    }

    @Test
    void anotherNewBlockIsRefused() {
        locked().receive(four.offer(2, W)).saw(PREVOTE, 2, NIL);
    }

    @Test
    void theLockedBlockIsAcceptedWithoutProof() {
        locked().receive(four.offer(2, V)).saw(PREVOTE, 2, V);
    }

    @Test
    void anOlderQuorumForAnotherBlockIsRefused() {
        locked().receive(four.offer(2, W, 0, Optional.of(four.certificate(PREVOTE, 0, W, 0, 1, 2))))
                .saw(PREVOTE, 2, NIL);
    }

    @Test
    void aNewerQuorumForAnotherBlockUnlocks() {
        locked().timeOut("precommit", 2)
                .then()
                .timeOut("propose", 3)
                .timeOut("precommit", 3)
                .then()
                .receive(four.offer(4, W, 2, Optional.of(four.certificate(PREVOTE, 2, W, 0, 1, 2))))
                .saw(PREVOTE, 4, W);
    }

    @Test
    void aNewerQuorumLocksAnew() {
        Scene scene =
                locked().receive(four.offer(2, W)).votes(PREVOTE, 2, W, 0, 1, 2).saw(PRECOMMIT, 2, W);
        scene.timeOut("precommit", 2).sawProposal(3, Optional.of(W), 2);
        scene.then().timeOut("propose", 3).timeOut("precommit", 3).then();
        scene.receive(four.offer(4, V)).saw(PREVOTE, 4, NIL);
    }

    @Test
    void theLockedProposerProposesItsLockWithProof() {
        Scene scene = locked().timeOut("precommit", 2).sawProposal(3, Optional.of(V), 1);
        assertEquals(
                Optional.of(four.certificate(PREVOTE, 1, V, 0, 1, 3)),
                scene.only(Action.Propose.class).proofOfLock());
    }

    @Test
    void proofsThatProveNothingDoNotUnlock() {
        List<Certificate> bad = List.of(
                four.certificate(PREVOTE, 2, W, 0, 1), // no quorum
                four.certificate(PRECOMMIT, 2, W, 0, 1, 2), // not prevotes
                four.certificate(PREVOTE, 2, V, 0, 1, 2), // of another block
                four.certificate(PREVOTE, 1, W, 0, 1, 2), // of another round
                four.certificate(PREVOTE, 2, W, 0, 0, 1), // one voter twice
                Committee.equal(7).certificate(PREVOTE, 2, W, 4, 5, 6), // strangers
                new Certificate(
                        PREVOTE,
                        Committee.HEIGHT + 1,
                        2,
                        W,
                        four.certificate(PREVOTE, 2, W, 0, 1, 2).signatures())); // of another height
        for (Certificate proof : bad) {
            Scene scene =
                    locked().timeOut("precommit", 2).timeOut("precommit", 3).then();
            scene.receive(four.offer(4, W, 2, Optional.of(proof))).sawVotes(0);
            // the offer itself stands: with a good proof it is answered
            scene.receive(four.offer(4, W, 2, Optional.of(four.certificate(PREVOTE, 2, W, 0, 1, 2))))
                    .saw(PREVOTE, 4, W);
        }
    }

    @Test
    void aProofIsWeighedByPower() {
        Committee weighted = Committee.weighted(10, 10, 10, 70);
        Scene scene = new Scene(weighted, 2).begin().timeOut("precommit", 0).then();
        scene.receive(weighted.offer(1, V, 0, Optional.of(weighted.certificate(PREVOTE, 0, V, 0, 1, 2))))
                .sawVotes(0);
        scene.receive(weighted.offer(1, V, 0, Optional.of(weighted.certificate(PREVOTE, 0, V, 3))))
                .saw(PREVOTE, 1, V);
    }

    @Test
    void aProofHoldsAlthoughOneVoterToldUsOtherwise() {
        Scene scene = new Scene(four, 3)
                .begin()
                .votes(PREVOTE, 0, NIL, 2)
                .timeOut("precommit", 0)
                .then();
        Certificate proof = four.certificate(PREVOTE, 0, V, 0, 1, 2);
        scene.receive(four.offer(1, V, 0, Optional.of(proof))).saw(PREVOTE, 1, V);
        scene.accused(
                org.hauptbuch.api.finality.Equivocation.of(four.vote(2, PREVOTE, 0, NIL), four.vote(2, PREVOTE, 0, V)));
    }

    @Test
    void twoHonestLocksCannotBothBeServed() {
        // validators 0, 1 and 3 precommitted V in round 1, 2 saw nothing of it: no quorum for W can form later
        Scene three = locked();
        Scene zero = new Scene(four, 0).begin().timeOut("precommit", 0).then();
        zero.receive(four.offer(1, V)).votes(PREVOTE, 1, V, 1, 3).saw(PRECOMMIT, 1, V);
        zero.timeOut("precommit", 1).then();
        for (Scene scene : List.of(three, zero)) {
            scene.receive(four.offer(2, W)).saw(PREVOTE, 2, NIL);
        }
        // 2 decides by the certificate, whatever it has seen
        Scene two = new Scene(four, 2).begin().votes(PRECOMMIT, 1, V, 0, 1, 3);
        two.sawDecision(four.certificate(PRECOMMIT, 1, V, 0, 1, 3));
    }

    @Test
    void aLockDoesNotHinderADecision() {
        locked().votes(PRECOMMIT, 5, W, 0, 1, 2).sawDecision(four.certificate(PRECOMMIT, 5, W, 0, 1, 2));
    }

    @Test
    void anOfferWithAValidRoundIsNotAFreshOne() {
        Scene scene = locked().timeOut("precommit", 2).timeOut("precommit", 3).then();
        scene.receive(four.offer(0, 4, V, OptionalInt.of(3), Optional.empty())).sawVotes(0);
        scene.timeOut("propose", 4).saw(PREVOTE, 4, NIL);
    }
}
