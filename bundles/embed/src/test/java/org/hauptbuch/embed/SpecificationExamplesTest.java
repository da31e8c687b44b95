package org.hauptbuch.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/**
 * The section "Usage Examples" of the specification, line by line. What Rust's {@code new()} takes from nowhere (rules,
 * keys, money) is described before; what an example only shows is asserted after.
 */
class SpecificationExamplesTest {
    private final Signer operator = Chains.key("validator_1");
    private final Address validatorAddress = Address.of(operator.publicKey());
    private final Address participantAddress = Chains.address("erin");

    private PoSConsensusBuilder description() {
        return Chains.standard().account(operator, Chains.BALANCE);
    }

    private PoSConsensus running() {
        PoSConsensus posConsensus = description().build();
        posConsensus.startConsensus();
        return posConsensus;
    }

    @Test
    void basicPoSConsensus() {
        // Create PoS consensus
        PoSConsensus posConsensus = description().build();

        // Start consensus
        posConsensus.startConsensus();

        // Produce block
        Transaction transaction1 = Chains.transfer(posConsensus, "erin", "frank", 1_000);
        Transaction transaction2 = Chains.transfer(posConsensus, "frank", "grace", 2_000);
        List<Transaction> transactions = List.of(transaction1, transaction2);
        Block block = posConsensus.produceBlock(transactions);

        assertEquals(1, block.height());
        assertEquals(transactions, block.transactions());
        assertEquals(
                Chains.BALANCE + 2_000,
                posConsensus.ledger().account(Chains.address("grace")).balance());
    }

    @Test
    void validatorManagement() {
        PoSConsensus posConsensus = running();

        // Create validator
        ValidatorHandle validator = new ValidatorHandle(posConsensus, "validator_1", validatorAddress);
        assertEquals(ValidatorStatus.INACTIVE, validator.status());

        // Stake tokens
        validator.stakeTokens(1_000_000); // 1M tokens
        assertEquals(1_000_000, validator.stakedAmount());
        assertEquals(ValidatorStatus.ACTIVE, validator.status());

        // Unstake tokens
        validator.unstakeTokens(100_000); // 100K tokens
        assertEquals(900_000, validator.stakedAmount());
        assertEquals(ValidatorStatus.INACTIVE, validator.status());
    }

    @Test
    void stakingSystem() {
        PoSConsensus posConsensus = running();
        ValidatorHandle validator = new ValidatorHandle(posConsensus, "validator_1", validatorAddress);
        validator.stakeTokens(1_000_000);
        long before = posConsensus.stakingSystem().stakingState().totalStaked();

        // Create staking system
        StakingSystem stakingSystem = new StakingSystem(posConsensus);

        // Start staking
        stakingSystem.startStaking();

        // Stake tokens
        StakingParticipant participant = new StakingParticipant(participantAddress);
        stakingSystem.stakeTokens(participant, 500_000);

        // Delegate tokens
        stakingSystem.delegateTokens(participant, validator, 200_000);

        assertEquals(before + 700_000, stakingSystem.stakingState().totalStaked());
        assertTrue(stakingSystem.stakingState().stakingParticipants().contains(participant));
    }

    @Test
    void slashingSystem() {
        PoSConsensus posConsensus = running();
        posConsensus.produceBlock(List.of());
        ValidatorHandle validator = new ValidatorHandle(posConsensus, "bob", Chains.address("bob"));
        Bytes evidenceData =
                Chains.doubleVote(posConsensus, "bob", Chains.key("bob"), 1).encode();

        // Create slashing system
        SlashingSystem slashingSystem = new SlashingSystem(posConsensus);

        // Start slashing
        slashingSystem.startSlashing();

        // Detect slashing
        Evidence evidence = Evidence.decode(evidenceData);
        boolean isSlashed = slashingSystem.detectSlashing(validator, evidence);

        assertTrue(isSlashed);
        assertEquals(ValidatorStatus.BANNED, validator.status());
        // 5 %
        assertEquals(Chains.STAKE / 20, slashingSystem.slashingState().totalSlashed());
        assertEquals(Chains.STAKE - Chains.STAKE / 20, validator.stakedAmount());
    }
}
