package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.penalty.correlated.CorrelatedPenaltyFactory;
import org.hauptbuch.penalty.fixed.FixedPenaltyFactory;
import org.junit.jupiter.api.Test;

class PoSConsensusBuilderTest {
    @Test
    void theDefaultsAreTheSpecifications() {
        PoSConsensusConfig config = Chains.hybrid("alice").build().parameters().consensus();
        assertEquals(PoSConsensusConfig.defaults(), config);
        assertEquals(1_000_000, config.minimumStake());
        assertEquals(100, config.maxValidators());
        assertEquals(12_000, config.blockTimeMillis());
        assertEquals(100, config.epochLength());
        assertEquals(Rate.parse("5%"), config.slashingPenalty());
        assertTrue(config.enableQuantumResistance());
        assertTrue(config.enableParallelProcessing());
    }

    @Test
    void eachParameterOutOfRangeIsRefusedByName() {
        refused("minimumStake: 0, must be 1 to", () -> config(0, 100, 12_000, 100));
        refused("minimumStake: -1", () -> config(-1, 100, 12_000, 100));
        refused("maxValidators: 0, must be 1 to 10000", () -> config(1, 0, 12_000, 100));
        refused("maxValidators: 10001", () -> config(1, 10_001, 12_000, 100));
        refused("blockTimeMillis: 49, must be 50 to 600000", () -> config(1, 100, 49, 100));
        refused("blockTimeMillis: 600001", () -> config(1, 100, 600_001, 100));
        refused("epochLength: 1, must be 2 to 1000000", () -> config(1, 100, 12_000, 1));
        refused("epochLength: 1000001", () -> config(1, 100, 12_000, 1_000_001));
        refused("rate: 1000001 ppm, must be 0 to 1000000", () -> new Rate(1_000_001));
        refused("rate: -1 ppm", () -> new Rate(-1));
        config(1, 1, 50, 2);
        config(Long.MAX_VALUE, 10_000, 600_000, 1_000_000);
    }

    private static void config(long minimumStake, int maxValidators, long blockTime, long epochLength) {
        new PoSConsensusConfig(minimumStake, maxValidators, blockTime, epochLength, Rate.ZERO, true, true);
    }

    private static void refused(String message, Runnable making) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, making::run);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    @Test
    void aPenaltyOfTheConfigurationIsThePenaltyThatIsPaid() {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        PoSConsensus consensus = Chains.standard()
                .config(new PoSConsensusConfig(
                        d.minimumStake(),
                        d.maxValidators(),
                        d.blockTimeMillis(),
                        d.epochLength(),
                        Rate.parse("20%"),
                        false,
                        true))
                .build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
        ValidatorHandle bob = new ValidatorHandle(consensus, "bob", address("bob"));
        consensus.detectSlashing(bob, Chains.doubleVote(consensus, "bob", key("bob"), 1));
        assertEquals(Chains.STAKE * 8 / 10, bob.stakedAmount());
    }

    @Test
    void noMoreValidatorsThanTheConfigurationAllows() {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        PoSConsensus consensus = Chains.standard()
                .config(new PoSConsensusConfig(1_000_000, 3, 1_000, 2, d.slashingPenalty(), false, true))
                .build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
        consensus.produceBlock(List.of());
        assertEquals(3, consensus.ledger().validatorSet().size());
    }

    /** By default blocks and votes are signed with both; a validator with one key only is refused from the beginning. */
    @Test
    void validatorsSignWithHybridKeysWhereQuantumResistanceIsOn() {
        PoSConsensus consensus = Chains.hybrid("alice", "bob", "carol", "dave")
                .account(key("erin"), Chains.BALANCE)
                .build();
        consensus.startConsensus();
        Block first = consensus.produceBlock(List.of(Chains.transfer(consensus, "erin", "frank", 7)));
        Block second = consensus.produceBlock(List.of());
        assertEquals(first.hash(), second.header().parent());
        second.lastCertificate()
                .orElseThrow()
                .signatures()
                .forEach(vote -> assertEquals(
                        KeyType.HYBRID.signatureLength(), vote.signature().length()));
        assertEquals(7, consensus.ledger().account(address("frank")).balance());

        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> Chains.hybrid("alice")
                        .validator("bob", key("bob"), Chains.STAKE)
                        .build(),
                "validator bob consensusKey.type is ED25519, must be HYBRID, by enableQuantumResistance");
        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> Chains.standard()
                        .validator("zoe", Chains.hybridKey("zoe"), Chains.STAKE)
                        .build(),
                "validator zoe consensusKey.type is HYBRID, must be ED25519, by enableQuantumResistance");
    }

    @Test
    void aBlockHasRoomForTheCertificateOfAllValidators() {
        ChainParameters d = ChainParameters.defaults();
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> Chains.hybrid("alice")
                        .parameters(new ChainParameters(
                                d.consensus(), 1, 100, 100, 0, 1, d.maxBlockGas(), 679_399, d.gas()))
                        .build(),
                "maxBlockBytes is 679399, must be at least 679400, as 100 validators (maxValidators) sign with HYBRID");
        Chains.hybrid("alice")
                .parameters(new ChainParameters(d.consensus(), 1, 100, 100, 0, 1, d.maxBlockGas(), 679_400, d.gas()))
                .build();
    }

    @Test
    void descriptionsOfNoChain() {
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> Chains.without("penalty").build(),
                "kind penalty");
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> Chains.standard()
                        .rule("penalty.correlated", new CorrelatedPenaltyFactory())
                        .build(),
                "2 rules of kind penalty");
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> Chains.standard().rule("luck.blind", new FixedPenaltyFactory()),
                "rule id is 'luck.blind'");
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> Chains.standard().chainId("").build(),
                "chainId");
        assertRefused(
                PoSError.INVALID_VALIDATOR,
                () -> Chains.standard()
                        .validator("alice", key("erin"), Chains.STAKE)
                        .build(),
                "validator.id is 'alice' twice");
        assertRefused(
                PoSError.INSUFFICIENT_STAKE,
                () -> Chains.standard().validator("erin", key("erin"), 999_999).build(),
                "validator erin stake is 999999");
        assertRefused(
                PoSError.INVALID_STAKE,
                () -> Chains.standard().account(address("rich"), Long.MAX_VALUE).build(),
                "must be 0 to");
        PoSConsensusBuilder nobody = PoSConsensus.builder(Chains.SCHEME);
        Chains.defaultRules().forEach(rule -> nobody.rule(rule.id(), rule.factory()));
        assertRefused(PoSError.VALIDATOR_SELECTION_FAILED, nobody::build, "validators is empty, must be at least one");
    }

    @Test
    void aDelayIsRefusedByName() {
        PoSConsensusBuilder delayed =
                Chains.hybrid("alice").parameters(ChainParameters.defaults().withDelay(1_000, 1_024));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, delayed::build);
        assertTrue(refused.getMessage().startsWith("vdfIterations: 1000, must be 0"), refused.getMessage());
    }

    @Test
    void aRuleParameterThatNobodyKnowsIsFoundAtTheStart() {
        Parameters misspelled = Parameters.of(Map.of("jailEpoch", "3"));
        PoSConsensus consensus = Chains.without("penalty")
                .rule(EmbeddedRule.of("penalty.fixed", new FixedPenaltyFactory(), misspelled))
                .build();
        assertRefused(PoSError.CONSENSUS_STATE_UPDATE_FAILED, consensus::startConsensus, "penalty.fixed", "jailEpoch");
        assertTrue(!consensus.isStarted());
    }

    @Test
    void aRuleOfAnotherKindIsFoundAtTheStart() {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.penalty", new FixedPenaltyFactory())
                .build();
        assertRefused(PoSError.CONSENSUS_STATE_UPDATE_FAILED, consensus::startConsensus, "SelectionRule");
    }

    @Test
    void balancesOfOneAccountAddUpAndTheSeedDecidesWhoProposes() {
        PoSConsensus consensus = Chains.standard()
                .account(address("erin"), 5)
                .seed(Hash.sha256(new byte[] {7}))
                .genesisTime(Chains.START)
                .build();
        consensus.startConsensus();
        assertEquals(
                Chains.BALANCE + 5, consensus.ledger().account(address("erin")).balance());
        assertEquals(Chains.START, consensus.ledger().timeMillis());
    }
}
