package org.hauptbuch.embed;

import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** Finality rules that agree on nothing, or on nonsense. */
class LocalFinalityTest {
    private static final Hash SOME = Hash.sha256(Bytes.EMPTY);

    private static void refused(List<Action> actions, String... named) {
        PoSConsensus consensus = Chains.without("finality")
                .rule("finality.broken", BrokenRules.saying(actions))
                .build();
        consensus.startConsensus();
        assertRefused(PoSError.BLOCK_FINALIZATION_FAILED, () -> consensus.produceBlock(List.of()), named);
        assertEquals(0, consensus.consensusState().height());
    }

    @Test
    void nothingIsEverDecided() {
        refused(List.of(), "nobody waits for anything");
        refused(
                List.of(new Action.Propose(0, Optional.empty(), OptionalInt.empty(), Optional.empty())),
                "nobody waits for anything");
    }

    @Test
    void roundsWithoutEnd() {
        refused(List.of(new Action.Arm(new Timer("propose", 100), 1)), "not decided after 100 rounds", "step mute");
    }

    @Test
    void aBlockThatNobodyOffered() {
        refused(
                List.of(new Action.Decide(new Certificate(VotePhase.PRECOMMIT, 1, 0, SOME, List.of()))),
                "which nobody offered");
    }

    @Test
    void friendsThatAccuseEachOther() {
        refused(
                List.of(new Action.Accuse(new Evidence("equivocation.votes", Chains.address("bob"), 1, Bytes.EMPTY))),
                "contradict themselves: equivocation.votes");
    }

    @Test
    void aRuleThatFails() {
        PoSConsensus consensus = Chains.without("finality")
                .rule("finality.broken", BrokenRules.saying(null))
                .build();
        consensus.startConsensus();
        assertRefused(
                PoSError.BLOCK_FINALIZATION_FAILED,
                () -> consensus.produceBlock(List.of()),
                "the finality rule failed",
                "it answered null");
    }

    @Test
    void aSelectionRuleThatFails() {
        selectionRefused(null, "it answered null");
        selectionRefused(
                (height, round) -> {
                    throw new ArithmeticException("/ by zero");
                },
                "height 1 round 0: no proposer: / by zero");
        selectionRefused((height, round) -> Chains.address("erin"), "one of the 4 validators of epoch 0");
    }

    private static void selectionRefused(PublicSchedule schedule, String... named) {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.broken", BrokenRules.selecting(schedule))
                .build();
        consensus.startConsensus();
        assertRefused(PoSError.VALIDATOR_SELECTION_FAILED, () -> consensus.produceBlock(List.of()), named);
    }
}
