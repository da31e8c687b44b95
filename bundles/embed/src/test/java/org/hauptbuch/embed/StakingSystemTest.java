package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.hauptbuch.api.error.PoSError;
import org.junit.jupiter.api.Test;

class StakingSystemTest {
    private final PoSConsensus consensus = Chains.started();
    private final StakingParticipant erin = new StakingParticipant(address("erin"));

    private ValidatorHandle handle(String name) {
        return new ValidatorHandle(consensus, name, address(name));
    }

    private long tokens(String name) {
        return handle(name).record().orElseThrow().tokens();
    }

    @Test
    void thePoolStaysSpread() {
        for (int i = 0; i < 4; i++) {
            consensus.stakeTokens(erin, 100);
        }
        for (String name : Chains.VALIDATORS) {
            assertEquals(Chains.STAKE + 100, tokens(name), name);
        }
        assertEquals(new StakingState(4 * Chains.STAKE + 400, participants("erin"), 8), state());
        assertEquals(
                Chains.BALANCE - 400 - 4,
                consensus.ledger().account(address("erin")).balance());
    }

    @Test
    void anOperatorAddsToItsOwnStake() {
        consensus.stakeTokens(new StakingParticipant(address("bob")), 5);
        assertEquals(Chains.STAKE + 5, handle("bob").stakedAmount());
    }

    @Test
    void aDelegationGoesWhereItIsSent() {
        consensus.delegateTokens(erin, handle("carol"), 300);
        assertEquals(Chains.STAKE + 300, tokens("carol"));
        assertEquals(Chains.STAKE, handle("carol").stakedAmount());
        assertEquals(new StakingState(4 * Chains.STAKE + 300, participants("erin"), 5), state());
    }

    @Test
    void refusals() {
        assertRefused(PoSError.INVALID_STAKE, () -> consensus.stakeTokens(erin, 0), "amount is 0");
        assertRefused(PoSError.INVALID_STAKE, () -> consensus.delegateTokens(erin, handle("carol"), -5));
        assertRefused(
                PoSError.INVALID_VALIDATOR, () -> consensus.delegateTokens(erin, handle("frank"), 5), "registered");
        StakingParticipant stranger = new StakingParticipant(address("stranger"));
        assertRefused(PoSError.STAKING_FAILED, () -> consensus.stakeTokens(stranger, 5), "key of account");
        assertRefused(
                PoSError.DELEGATION_FAILED,
                () -> consensus.delegateTokens(stranger, handle("carol"), 5),
                "key of account");
        assertRefused(
                PoSError.DELEGATION_FAILED,
                () -> consensus.delegateTokens(new StakingParticipant(address("bob")), handle("bob"), 5),
                "own stake");
        assertRefused(
                PoSError.STAKING_FAILED,
                () -> consensus.stakeTokens(erin, Long.MAX_VALUE),
                "balance of " + address("erin"));
        assertEquals(0, consensus.consensusState().height());
    }

    @Test
    void aSystemThatIsNotStarted() {
        StakingSystem system = new StakingSystem(consensus);
        assertRefused(PoSError.STAKING_FAILED, () -> system.stakeTokens(erin, 5), "not started");
        assertRefused(PoSError.DELEGATION_FAILED, () -> system.delegateTokens(erin, handle("bob"), 5), "not started");
    }

    private StakingState state() {
        return consensus.stakingSystem().stakingState();
    }

    private static List<StakingParticipant> participants(String more) {
        return Stream.concat(Chains.VALIDATORS.stream(), Stream.of(more))
                .map(Chains::address)
                .sorted()
                .map(StakingParticipant::new)
                .toList();
    }
}
