package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.junit.jupiter.api.Test;

class ValidatorHandleTest {
    private final PoSConsensus consensus = Chains.started();
    private final ValidatorHandle erin = new ValidatorHandle(consensus, "erin", address("erin"));

    @Test
    void nobodyKnowsItBeforeItStakes() {
        assertTrue(erin.record().isEmpty());
        assertEquals(0, erin.stakedAmount());
        assertEquals(ValidatorStatus.INACTIVE, erin.status());
        assertEquals(ValidatorMetrics.NONE, erin.metrics());
    }

    @Test
    void statusFollowsTheStake() {
        erin.stakeTokens(1_000_000);
        assertEquals(ValidatorStatus.ACTIVE, erin.status());
        erin.unstakeTokens(1);
        assertEquals(ValidatorStatus.INACTIVE, erin.status());
        erin.stakeTokens(1_000_000);
        assertEquals(ValidatorStatus.ACTIVE, erin.status());
        erin.unstakeTokens(999_999);
        assertEquals(1_000_000, erin.stakedAmount());
        assertEquals(ValidatorStatus.ACTIVE, erin.status());
        erin.unstakeTokens(1_000_000);
        assertEquals(0, erin.stakedAmount());
        assertEquals(ValidatorStatus.INACTIVE, erin.status());
        assertEquals("erin", erin.record().orElseThrow().id());
    }

    @Test
    void amountsOutOfRange() {
        assertRefused(PoSError.INVALID_STAKE, () -> erin.stakeTokens(0), "amount is 0, must be 1 to");
        assertRefused(PoSError.INVALID_STAKE, () -> erin.stakeTokens(-1));
        assertRefused(
                PoSError.INSUFFICIENT_STAKE, () -> erin.stakeTokens(999_999), "amount is 999999, must be 1000000 to");
        assertRefused(PoSError.INVALID_STAKE, () -> erin.unstakeTokens(0));
        assertRefused(PoSError.INSUFFICIENT_STAKE, () -> erin.unstakeTokens(1), "at most the staked 0");
        erin.stakeTokens(1_000_000);
        // as the specification has it: each addition is at least the minimum
        assertRefused(PoSError.INSUFFICIENT_STAKE, () -> erin.stakeTokens(999_999));
        assertRefused(PoSError.INSUFFICIENT_STAKE, () -> erin.unstakeTokens(1_000_001), "at most the staked 1000000");
        assertEquals(1, consensus.consensusState().height(), "what is refused makes no block");
    }

    @Test
    void moreThanTheBalance() {
        assertRefused(
                PoSError.STAKING_FAILED,
                () -> erin.stakeTokens(Chains.BALANCE),
                "balance of " + address("erin"),
                "at least the amount " + Chains.BALANCE + " and the fee 1");
        erin.stakeTokens(Chains.BALANCE - 1);
        assertRefused(PoSError.STAKING_FAILED, () -> erin.unstakeTokens(5), "and the fee 1");
    }

    @Test
    void names() {
        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> new ValidatorHandle(consensus, "Erin!", address("erin")),
                "validator id is 'Erin!'");
        ValidatorHandle taken = new ValidatorHandle(consensus, "bob", address("erin"));
        assertRefused(PoSError.INVALID_VALIDATOR, () -> taken.stakeTokens(1_000_000), "'bob'");
        ValidatorHandle alias = new ValidatorHandle(consensus, "robert", address("bob"));
        assertRefused(PoSError.INVALID_VALIDATOR, () -> alias.stakeTokens(1_000_000), "must be bob");
    }

    @Test
    void aKeyThatIsElsewhere() {
        ValidatorHandle stranger = new ValidatorHandle(consensus, "stranger", address("stranger"));
        assertRefused(PoSError.STAKING_FAILED, () -> stranger.stakeTokens(1_000_000), "key of account");
        consensus.addSigner(key("stranger"));
        assertRefused(PoSError.STAKING_FAILED, () -> stranger.stakeTokens(1_000_000), "balance of");
        consensus.produceBlock(List.of(Chains.transfer(consensus, "frank", "stranger", 1_500_000)));
        stranger.stakeTokens(1_000_000);
        assertEquals(ValidatorStatus.ACTIVE, stranger.status());
    }

    @Test
    void aBannedValidatorStakesNoMore() {
        consensus.produceBlock(List.of());
        ValidatorHandle bob = new ValidatorHandle(consensus, "bob", address("bob"));
        consensus.detectSlashing(bob, Chains.doubleVote(consensus, "bob", key("bob"), 1));
        assertRefused(PoSError.INVALID_VALIDATOR_STATUS, () -> bob.stakeTokens(1_000_000), "BANNED");
        bob.unstakeTokens(1_000);
        assertEquals(ValidatorStatus.BANNED, bob.status());
    }
}
