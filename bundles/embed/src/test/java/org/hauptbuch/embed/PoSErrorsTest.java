package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Chains.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each of the specification's errors, provoked by a situation in which a user meets it. {@link #situation} is a switch
 * without default: a nineteenth error would not compile.
 */
class PoSErrorsTest {
    @ParameterizedTest
    @EnumSource(PoSError.class)
    void everyErrorIsProvoked(PoSError error) {
        PoSException thrown = assertThrows(PoSException.class, situation(error));
        assertEquals(error, thrown.error(), thrown.getMessage());
        assertTrue(thrown.getMessage().startsWith(error.text() + ": "), thrown.getMessage());
        assertTrue(thrown.getMessage().length() > error.text().length() + 10, "says what was wrong");
    }

    @Test
    void theyAreTheSpecificationsEighteen() {
        assertEquals(18, PoSError.values().length);
    }

    private static Executable situation(PoSError error) {
        return switch (error) {
            case INVALID_VALIDATOR -> PoSErrorsTest::delegateToNobody;
            case INVALID_STAKE -> () -> Chains.started().stakeTokens(new StakingParticipant(address("erin")), 0);
            case INSUFFICIENT_STAKE -> () ->
                    new ValidatorHandle(Chains.started(), "erin", address("erin")).stakeTokens(999_999);
            case INVALID_BLOCK -> PoSErrorsTest::blockWithAnotherStateRoot;
            case INVALID_TRANSACTION -> PoSErrorsTest::forgedSignature;
            case SLASHING_DETECTION_FAILED -> PoSErrorsTest::forgedEvidence;
            case SECURITY_VALIDATION_FAILED -> PoSErrorsTest::moneyWrittenIntoTheStore;
            case INVALID_VALIDATOR_STATUS -> PoSErrorsTest::bannedValidatorsTurn;
            case BLOCK_SECURITY_VALIDATION_FAILED -> PoSErrorsTest::ruleThatForgets;
            case VALIDATOR_SELECTION_FAILED -> PoSErrorsTest::strangerAsProposer;
            case BLOCK_PRODUCTION_FAILED -> PoSErrorsTest::ruleThatFails;
            case TRANSACTION_VALIDATION_FAILED -> PoSErrorsTest::sameTransactionTwice;
            case STAKING_FAILED -> () ->
                    Chains.started().stakeTokens(new StakingParticipant(address("erin")), Chains.BALANCE + 1);
            case DELEGATION_FAILED -> PoSErrorsTest::delegateMoreThanThereIs;
            case SLASHING_FAILED -> PoSErrorsTest::slashingNotStarted;
            case PENALTY_APPLICATION_FAILED -> PoSErrorsTest::penaltyThatOverflows;
            case BLOCK_FINALIZATION_FAILED -> PoSErrorsTest::twoOfFourKeys;
            case CONSENSUS_STATE_UPDATE_FAILED -> PoSErrorsTest::diskFull;
        };
    }

    private static void delegateToNobody() {
        PoSConsensus consensus = Chains.started();
        ValidatorHandle nobody = new ValidatorHandle(consensus, "nobody", address("nobody"));
        consensus.delegateTokens(new StakingParticipant(address("erin")), nobody, 1_000);
    }

    private static void blockWithAnotherStateRoot() {
        Block block = Chains.started().produceBlock(List.of());
        // the same chain, one block behind
        PoSConsensus twin = Chains.started();
        twin.validateBlock(block);
        twin.validateBlock(new Block(
                block.header().withStateRoot(Hash.ZERO),
                block.lastCertificate(),
                block.evidence(),
                block.transactions()));
    }

    private static void forgedSignature() {
        PoSConsensus consensus = Chains.started();
        Transaction transaction = transfer(consensus, "erin", "frank", 1);
        consensus.validateTransaction(transaction.signed(key("frank").sign(transaction.signBytes())));
    }

    private static void forgedEvidence() {
        PoSConsensus consensus = Chains.started();
        consensus.produceBlock(List.of());
        consensus.detectSlashing(
                new ValidatorHandle(consensus, "bob", address("bob")),
                Chains.doubleVote(consensus, "bob", key("alice"), 1));
    }

    private static void moneyWrittenIntoTheStore() {
        TamperedStore store = new TamperedStore();
        PoSConsensus consensus = Chains.standard().store(store).build();
        consensus.startConsensus();
        consensus.secureProduceBlock(List.of());
        store.copyValue(LedgerView.accountKey(address("alice")), LedgerView.accountKey(address("mallory")));
        consensus.secureProduceBlock(List.of());
    }

    private static void bannedValidatorsTurn() {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.bob", BrokenRules.selecting((height, round) -> address("bob")))
                .build();
        consensus.startConsensus();
        consensus.secureProduceBlock(List.of());
        ValidatorHandle bob = new ValidatorHandle(consensus, "bob", address("bob"));
        consensus.detectSlashing(bob, Chains.doubleVote(consensus, "bob", key("bob"), 1));
        consensus.secureProduceBlock(List.of());
    }

    private static void ruleThatForgets() {
        PoSConsensus consensus = Chains.standard()
                .rule("slashing.forgetful", BrokenRules.forgetful())
                .build();
        consensus.startConsensus();
        consensus.secureProduceBlock(List.of());
    }

    private static void strangerAsProposer() {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.stranger", BrokenRules.selecting((height, round) -> address("stranger")))
                .build();
        consensus.startConsensus();
        consensus.secureProduceBlock(List.of());
    }

    private static void ruleThatFails() {
        PoSConsensus consensus = Chains.standard()
                .rule("slashing.failing", BrokenRules.failing())
                .build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
    }

    private static void sameTransactionTwice() {
        PoSConsensus consensus = Chains.started();
        Transaction transaction = transfer(consensus, "erin", "frank", 1);
        consensus.produceBlock(List.of(transaction, transaction));
    }

    private static void delegateMoreThanThereIs() {
        PoSConsensus consensus = Chains.started();
        ValidatorHandle alice = new ValidatorHandle(consensus, "alice", address("alice"));
        consensus.delegateTokens(new StakingParticipant(address("erin")), alice, Chains.BALANCE + 1);
    }

    private static void slashingNotStarted() {
        PoSConsensus consensus = Chains.started();
        consensus.produceBlock(List.of());
        new SlashingSystem(consensus)
                .detectSlashing(
                        new ValidatorHandle(consensus, "bob", address("bob")),
                        Chains.doubleVote(consensus, "bob", key("bob"), 1));
    }

    private static void penaltyThatOverflows() {
        PoSConsensus consensus = Chains.without("penalty")
                .rule("penalty.overflowing", BrokenRules.overflowingPenalty())
                .build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
        consensus.detectSlashing(
                new ValidatorHandle(consensus, "bob", address("bob")),
                Chains.doubleVote(consensus, "bob", key("bob"), 1));
    }

    private static void twoOfFourKeys() {
        PoSConsensusBuilder builder =
                PoSConsensus.builder(Chains.SCHEME).clock(Chains.ticking()).config(Chains.config());
        Chains.defaultRules().forEach(rule -> builder.rule(rule.id(), rule.factory()));
        builder.validator("alice", key("alice"), Chains.STAKE).validator("bob", key("bob"), Chains.STAKE);
        for (String elsewhere : List.of("carol", "dave")) {
            builder.validator(new Genesis.GenesisValidator(
                    address(elsewhere),
                    elsewhere,
                    key(elsewhere).publicKey(),
                    Chains.STAKE,
                    new Commission(Rate.ZERO, Rate.ZERO, Rate.ZERO, 0)));
        }
        PoSConsensus consensus = builder.build();
        consensus.startConsensus();
        consensus.produceBlock(List.of());
    }

    private static void diskFull() {
        TamperedStore store = new TamperedStore();
        PoSConsensus consensus = Chains.standard().store(store).build();
        consensus.startConsensus();
        store.fill();
        consensus.produceBlock(List.of());
    }
}
