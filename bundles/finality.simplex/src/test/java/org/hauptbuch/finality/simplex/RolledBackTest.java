package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
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
        Scene proposer = scene(0, 500).begin().sawNo(Action.Propose.class);
        assertEquals(FIRST, proposer.machine.round());
        proposer.sawTimer("start", FIRST, 500).sawTimer("notarize", FIRST, 900);
        Action.Propose asked = proposer.timeOut("start", FIRST).only(Action.Propose.class);
        assertEquals(FIRST, asked.round());
        assertEquals(Optional.empty(), asked.block());
    }

    @Test
    void aNewBlockIsJustifiedByDummiesSinceThenAndTimeoutsGrowFromThere() {
        Scene next = scene(1, 0).begin().timeOut("notarize", FIRST).saw(FINALIZE, FIRST, NIL);
        next.votes(FINALIZE, FIRST, NIL, 2, 3).sawTimer("notarize", FIRST + 1, 400);
        assertEquals(FIRST + 1, next.only(Action.Propose.class).round());
    }

    @Test
    void itDecidesThere() {
        Scene scene = scene(3, 0).begin().receive(four.offer(FIRST, V)).saw(NOTARIZE, FIRST, V);
        scene.votes(NOTARIZE, FIRST, V, 0, 1).saw(FINALIZE, FIRST, V);
        scene.votes(FINALIZE, FIRST, V, 0, 1);
        assertEquals(
                four.certificate(FINALIZE, FIRST, V, 0, 1, 3),
                scene.only(Action.Decide.class).certificate());
    }

    @Test
    void whatWasSaidBeforeIsOfAnotherRuleSet() {
        Scene scene = scene(3, 0, four.ballot(3, NOTARIZE, 1, W), four.ballot(3, FINALIZE, 1, W))
                .begin();
        scene.sawNo(Action.Resend.class);
        assertEquals(FIRST, scene.machine.round());
        scene.votes(FINALIZE, 1, W, 0, 1, 2).sawNo(Action.Decide.class);
        scene.receive(four.offer(FIRST, V)).saw(NOTARIZE, FIRST, V);
    }

    @Test
    void itGoesOnFromWhatItSignedSince() {
        Message old = four.ballot(3, NOTARIZE, 1, W);
        Message since = four.ballot(3, NOTARIZE, FIRST + 1, V);
        Scene scene = scene(3, 0, old, since).begin();
        assertEquals(List.of(new Action.Resend(since)), scene.all(Action.Resend.class));
        assertEquals(FIRST + 1, scene.machine.round());
    }
}
