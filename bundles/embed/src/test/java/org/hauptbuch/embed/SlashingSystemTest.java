package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

class SlashingSystemTest {
    private final PoSConsensus consensus = Chains.started();
    private final ValidatorHandle bob = new ValidatorHandle(consensus, "bob", address("bob"));

    SlashingSystemTest() {
        consensus.produceBlock(List.of());
    }

    @Test
    void aDoubleVoteCostsFivePercentAndTheSeat() {
        Evidence evidence = Chains.doubleVote(consensus, "bob", key("bob"), 1);
        long supply = consensus.ledger().supply();

        assertTrue(consensus.detectSlashing(bob, evidence));

        SlashingState state = consensus.slashingSystem().slashingState();
        SlashingEvent event = state.slashingEvents().get(0);
        assertEquals(Chains.percent(5), event.rate());
        assertEquals(evidence.id(), event.offence().evidence().orElseThrow());
        assertEquals(Chains.STAKE / 20, state.totalSlashed());
        assertEquals(supply - event.burned(), consensus.ledger().supply());
        assertEquals(List.of(bob.record().orElseThrow()), state.slashedValidators());
        assertEquals(ValidatorStatus.BANNED, bob.status());
        assertEquals(1, consensus.consensusState().consensusMetrics().slashingEvents());
        Block block = consensus.block(2).orElseThrow();
        assertEquals(List.of(evidence), block.evidence());
    }

    @Test
    void evidenceThatNoConditionIsAbout() {
        Evidence gossip = new Evidence("gossip", address("bob"), 1, Bytes.EMPTY);
        assertFalse(consensus.detectSlashing(bob, gossip));
        assertEquals(1, consensus.consensusState().height());
    }

    @Test
    void evidenceThatProvesNothing() {
        refused(PoSError.SLASHING_DETECTION_FAILED, Chains.doubleVote(consensus, "bob", key("alice"), 1), "signature");
        refused(
                PoSError.SLASHING_DETECTION_FAILED,
                Chains.doubleVote(consensus, "alice", key("alice"), 1),
                "evidence.offender is " + address("alice"));
        refused(PoSError.SLASHING_DETECTION_FAILED, Chains.doubleVote(consensus, "bob", key("bob"), 9), "height is 9");
        refused(
                PoSError.SLASHING_DETECTION_FAILED,
                new Evidence("equivocation.votes", address("bob"), 1, Bytes.of(new byte[] {1, 2, 3})),
                "first");
        assertEquals(1, consensus.consensusState().height());
        assertEquals(ValidatorStatus.ACTIVE, bob.status());
    }

    @Test
    void onceIsEnough() {
        Evidence evidence = Chains.doubleVote(consensus, "bob", key("bob"), 1);
        consensus.detectSlashing(bob, evidence);
        refused(PoSError.SLASHING_FAILED, evidence, "punished already");
        refused(PoSError.PENALTY_APPLICATION_FAILED, Chains.doubleVote(consensus, "bob", key("bob"), 2), "BANNED");
    }

    @Test
    void somebodyWhoIsNoValidator() {
        ValidatorHandle erin = new ValidatorHandle(consensus, "erin", address("erin"));
        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> consensus.detectSlashing(erin, Chains.doubleVote(consensus, "erin", key("erin"), 1)),
                "evidence offender");
    }

    @Test
    void aPenaltyRuleThatFailsIsNamed() {
        PoSConsensus broken = Chains.without("penalty")
                .rule("penalty.overflowing", BrokenRules.overflowingPenalty())
                .build();
        broken.startConsensus();
        broken.produceBlock(List.of());
        assertRefused(
                PoSError.PENALTY_APPLICATION_FAILED,
                () -> broken.detectSlashing(
                        new ValidatorHandle(broken, "bob", address("bob")),
                        Chains.doubleVote(broken, "bob", key("bob"), 1)),
                "penalty.overflowing");
        assertEquals(2, broken.produceBlock(List.of()).height(), "the chain goes on without it");
    }

    private void refused(PoSError error, Evidence evidence, String... named) {
        assertRefused(error, () -> consensus.detectSlashing(bob, evidence), named);
    }
}
