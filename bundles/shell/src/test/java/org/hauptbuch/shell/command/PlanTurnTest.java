package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.FakePause;
import org.hauptbuch.shell.PlanTurn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanTurnTest extends PlanFixture {
    private final FakePause pause = new FakePause();
    private final PlanTurn turn = new PlanTurn(alice, pause);

    @BeforeEach
    void twoOfFourVote() {
        retire("carol", "dave");
    }

    @Test
    void nothingIsWaitedForWhereNoPlanIsOpen() throws Exception {
        turn.await(Optional.empty());
        assertEquals(0, pause.millis());
    }

    @Test
    void aPlanWithoutItsAttestationsGivesWayAndIsNotWaitedFor() throws Exception {
        json("pos:rules-propose --json selection=selection.new:0.2.0 --activate-at 2");
        turn.await(Optional.empty());
        assertEquals(0, pause.millis());
    }

    @Test
    void waitsUntilThePlanThatHasItsAttestationsIsActive() throws Exception {
        json("pos:rules-adopt --json slashing.late 0.1.0");
        pause.during(() -> {
            if (pause.millis() == 5000) {
                chain.plan = chain.plan.map(record -> record.with(PlanStatus.READY, 10));
            }
            if (pause.millis() == 7000) {
                chain.settle(PlanStatus.ACTIVE);
            }
        });
        turn.await(Optional.empty());
        assertEquals(7000, pause.millis());
    }

    @Test
    void givesUpOnAChainThatStandsStill() {
        json("pos:rules-adopt --json slashing.late 0.1.0");
        Failure late = assertThrows(Failure.class, () -> turn.await(Optional.of(Duration.ofSeconds(3))));
        assertTrue(
                late.getMessage()
                        .endsWith("was not active after 3 s: it becomes active with epoch 1, and another can"
                                + " be adopted then"),
                late.getMessage());
        assertEquals(3000, pause.millis());
    }
}
