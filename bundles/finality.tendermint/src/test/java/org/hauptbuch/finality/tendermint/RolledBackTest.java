package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.hauptbuch.tck.Committee.NIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** A height that was rolled back begins in a later round, as if it were round 0 and nothing had been said. */
class RolledBackTest {
    private static final int FIRST = RollbackCertificate.FIRST_ROUND;
    private static final Hash V = Committee.block("v");
    private static final Hash W = Committee.block("w");

    // FIRST is a multiple of four: validator 0 proposes
    private final Committee four = Committee.equal(4);

    private Scene scene(int self, long startDelay, Message... journal) {
        return new Scene(four, self, startDelay, FIRST, List.of(journal));
    }

    @Test
    void itBeginsInTheFirstRoundAndWaitsAsLongAsInRoundZero() {
        Scene proposer = scene(0, 500).begin();
        assertEquals(FIRST, proposer.machine.round());
        proposer.sawNo(Action.Propose.class).sawNo(Action.CastVote.class);
        proposer.sawTimer("start", FIRST, 500).sawTimer("propose", FIRST, 900);
        proposer.timeOut("start", FIRST).sawProposal(FIRST, Optional.empty(), -1);
        scene(0, 0).begin().sawProposal(FIRST, Optional.empty(), -1);
    }

    @Test
    void timeoutsGrowFromThere() {
        Scene scene = scene(3, 0).begin();
        scene.sawTimer("propose", FIRST, 400);
        scene.timeOut("propose", FIRST).votes(PREVOTE, FIRST, NIL, 0).votes(PREVOTE, FIRST, V, 1);
        scene.sawTimer("prevote", FIRST, 200).timeOut("prevote", FIRST);
        scene.votes(PRECOMMIT, FIRST, NIL, 0, 1).sawTimer("precommit", FIRST, 50);
        scene.timeOut("precommit", FIRST).sawTimer("propose", FIRST + 1, 400);
        scene.timeOut("precommit", FIRST + 1).sawTimer("propose", FIRST + 2, 650);
    }

    @Test
    void itDecidesThere() {
        Scene scene = scene(3, 0).begin().receive(four.offer(FIRST, V)).saw(PREVOTE, FIRST, V);
        scene.votes(PREVOTE, FIRST, V, 0, 1).saw(PRECOMMIT, FIRST, V);
        scene.votes(PRECOMMIT, FIRST, V, 0, 1).sawDecision(four.certificate(PRECOMMIT, FIRST, V, 0, 1, 3));
    }

    @Test
    void whatWasSaidBeforeIsOfAnotherRuleSet() {
        // a lock that validator 3 took before, and a quorum that there cannot have been
        Scene scene = scene(3, 0, four.ballot(3, PREVOTE, 1, W), four.ballot(3, PRECOMMIT, 1, W))
                .begin();
        scene.sawNo(Action.Resend.class);
        assertEquals(FIRST, scene.machine.round());
        scene.votes(PRECOMMIT, 1, W, 0, 1, 2).sawNo(Action.Decide.class);
        scene.receive(four.offer(FIRST, V)).saw(PREVOTE, FIRST, V);
        assertEquals(List.of(four.offer(FIRST, V), four.ballot(3, PREVOTE, FIRST, V)), scene.machine.known());
    }

    @Test
    void itGoesOnFromWhatItSignedSince() {
        Message old = four.ballot(3, PREVOTE, 1, W);
        Message since = four.ballot(3, PREVOTE, FIRST + 1, V);
        Scene scene = scene(3, 0, old, since).begin();
        assertEquals(List.of(new Action.Resend(since)), scene.seen);
        assertEquals(FIRST + 1, scene.machine.round());
        assertEquals("prevote", scene.machine.step());
    }

    @Test
    void whoHasNotGoneBackDoesNotFollowThere() {
        Scene scene = new Scene(four, 3).begin().votes(PREVOTE, FIRST, V, 0, 1, 2);
        assertEquals(0, scene.machine.round());
        scene.sawNo(Action.CastVote.class);
        // but a decision is one
        scene.votes(PRECOMMIT, FIRST, V, 0, 1, 2).sawDecision(four.certificate(PRECOMMIT, FIRST, V, 0, 1, 2));
        Scene back = scene(3, 0).begin().votes(PREVOTE, FIRST + 7, V, 0, 1);
        assertEquals(FIRST + 7, back.machine.round());
    }
}
