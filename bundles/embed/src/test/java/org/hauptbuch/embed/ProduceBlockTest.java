package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Chains.transfer;
import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.junit.jupiter.api.Test;

class ProduceBlockTest {
    @Test
    void everyBlockIsFinalAndNamesItsParent() {
        PoSConsensus consensus = Chains.started();
        Hash parent = consensus.consensusState().blockHash();
        for (long height = 1; height <= 3; height++) {
            Block block = consensus.produceBlock(Chains.transfers(consensus, "erin", "frank", "grace"));
            assertEquals(height, block.height());
            assertEquals(parent, block.header().parent());
            Certificate certificate = consensus.certificate(height).orElseThrow();
            assertEquals(block.hash(), certificate.block());
            certificate.verify(
                    "embedded", consensus.ledger().validatorSetAt(height).orElseThrow(), Chains.SCHEME);
            assertEquals(4, certificate.signatures().size(), "everybody's vote, not only the first quorum's");
            assertEquals(Optional.of(block), consensus.block(height));
            parent = block.hash();
        }
        ConsensusState state = consensus.consensusState();
        assertEquals(new ConsensusMetrics(3, 9, 0, 0, 3 * (1_000_000 + 3 * 500_000)), state.consensusMetrics());
        assertEquals(parent, state.blockHash());
        assertEquals(4, state.activeValidators().size());
    }

    @Test
    void theSameDescriptionIsTheSameChain() {
        Block one = Chains.started().produceBlock(List.of());
        Block other = Chains.started().produceBlock(List.of());
        assertEquals(one.encode(), other.encode());
    }

    @Test
    void aPayloadThatFailsCostsItsFee() {
        PoSConsensus consensus = Chains.started();
        Block block = consensus.produceBlock(List.of(transfer(consensus, "erin", "frank", Chains.BALANCE + 1)));
        assertEquals(1, block.transactions().size());
        assertTrue(!consensus.lastReceipts().get(0).succeeded());
        assertEquals(
                Chains.BALANCE - 1, consensus.ledger().account(address("erin")).balance());
        assertEquals(1, consensus.consensusState().consensusMetrics().transactionsFailed());
    }

    @Test
    void noncesOfOneSenderFollowEachOther() {
        PoSConsensus consensus = Chains.started();
        List<Transaction> transactions = new ArrayList<>();
        for (int nonce = 0; nonce < 5; nonce++) {
            transactions.add(consensus.transaction(address("erin"), nonce, new Payload.Transfer(address("frank"), 10)));
        }
        consensus.produceBlock(transactions);
        assertEquals(5, consensus.ledger().account(address("erin")).nonce());
        assertRefused(
                PoSError.TRANSACTION_VALIDATION_FAILED,
                () -> consensus.produceBlock(
                        List.of(consensus.transaction(address("erin"), 6, new Payload.Transfer(address("frank"), 10)))),
                "transaction 0",
                "nonce is 6, must be 5");
    }

    @Test
    void whatNoBlockMayHoldIsNamed() {
        PoSConsensus consensus = Chains.started();
        Transaction good = transfer(consensus, "erin", "frank", 1);
        refused(consensus, good, signed(good, "other", good.fee(), good.gasLimit(), 50), "chainId is other");
        refused(consensus, good, signed(good, "embedded", 0, good.gasLimit(), 50), "fee is 0, must be at least 1");
        refused(consensus, good, signed(good, "embedded", 1, 499_999, 50), "gasLimit is 499999");
        refused(consensus, good, signed(good, "embedded", 1, good.gasLimit(), 0), "expiryHeight is 0");
        refused(consensus, good, good.signed(key("frank").sign(good.signBytes())), "signature is wrong");
        assertEquals(0, consensus.consensusState().height());
    }

    private static Transaction signed(Transaction t, String chainId, long fee, long gasLimit, long expiry) {
        Transaction changed =
                new Transaction(chainId, t.sender(), t.nonce(), fee, gasLimit, expiry, t.payload(), t.signature());
        return changed.signed(key("erin").sign(changed.signBytes()));
    }

    private static void refused(PoSConsensus consensus, Transaction good, Transaction bad, String why) {
        Transaction before = transfer(consensus, "grace", "frank", 1);
        assertRefused(
                PoSError.TRANSACTION_VALIDATION_FAILED,
                () -> consensus.produceBlock(List.of(before, bad)),
                "transaction 1",
                why);
        assertRefused(PoSError.INVALID_TRANSACTION, () -> consensus.validateTransaction(bad), why);
        consensus.validateTransaction(good);
    }

    @Test
    void nothingWorksBeforeTheStart() {
        PoSConsensus consensus = Chains.standard().build();
        assertRefused(
                PoSError.BLOCK_PRODUCTION_FAILED, () -> consensus.produceBlock(List.of()), "consensus is not started");
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, () -> consensus.secureProduceBlock(List.of()));
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, () -> consensus.cachedProduceBlock(List.of()));
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, consensus::consensusState);
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, consensus::ledger);
        assertRefused(PoSError.STAKING_FAILED, () -> consensus.stakeTokens(new StakingParticipant(address("erin")), 1));
        assertRefused(
                PoSError.STAKING_FAILED, () -> new StakingSystem(consensus).startStaking(), "consensus is not started");
        assertRefused(
                PoSError.SLASHING_FAILED,
                () -> new SlashingSystem(consensus).startSlashing(),
                "consensus is not started");
    }

    @Test
    void startingTwiceChangesNothing() {
        PoSConsensus consensus = Chains.started();
        consensus.produceBlock(List.of());
        consensus.startConsensus();
        assertEquals(1, consensus.consensusState().height());
    }

    @Test
    void aNewValidatorVotesFromTheNextEpochOnAndNobodyIsEverAbsent() {
        PoSConsensus consensus = Chains.standard().config(Chains.epochs(3)).build();
        consensus.startConsensus();
        new ValidatorHandle(consensus, "erin", address("erin")).stakeTokens(3_000_000);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    consensus.consensusState().height() < 3 ? 4 : 5,
                    consensus.ledger().validatorSet().size());
            consensus.produceBlock(List.of());
        }
        assertEquals(2, consensus.consensusState().currentEpoch());
        assertEquals(5, consensus.certificate(6).orElseThrow().signatures().size());
        for (Validator validator : consensus.ledger().validators()) {
            assertEquals(0, validator.metrics().blocksMissed(), validator.id());
        }
        assertTrue(consensus
                        .ledger()
                        .validator(address("erin"))
                        .orElseThrow()
                        .metrics()
                        .blocksSigned()
                > 0);
    }

    @Test
    void whereTheProposersKeyIsElsewhereTheNextOneProposes() {
        PoSConsensusBuilder builder =
                PoSConsensus.builder(Chains.SCHEME).clock(Chains.ticking()).config(Chains.config());
        for (var rule : Chains.defaultRules()) {
            if (!rule.id().startsWith("selection.")) {
                builder.rule(rule.id(), rule.factory());
            }
        }
        builder.rule(
                "selection.fixed", BrokenRules.selecting((height, round) -> address(Chains.VALIDATORS.get(round % 4))));
        builder.validator(new Genesis.GenesisValidator(
                address("alice"),
                "alice",
                key("alice").publicKey(),
                Chains.STAKE,
                new Commission(Rate.ZERO, Rate.ZERO, Rate.ZERO, 0)));
        Chains.VALIDATORS.subList(1, 4).forEach(name -> builder.validator(name, key(name), Chains.STAKE));
        PoSConsensus consensus = builder.build();
        consensus.startConsensus();

        Block block = consensus.secureProduceBlock(List.of());

        assertEquals(1, block.header().round());
        assertEquals(address("bob"), block.header().proposer());
    }

    @Test
    void aFullDiskChangesNothingAndTheNextCallGoesOn() {
        TamperedStore store = new TamperedStore();
        PoSConsensus consensus = Chains.standard().store(store).build();
        consensus.startConsensus();
        ConsensusState before = consensus.consensusState();
        store.fill();
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> consensus.produceBlock(List.of()),
                "block 1",
                "no space left on device");
        assertEquals(before, consensus.consensusState());
        assertEquals(Optional.empty(), consensus.block(1));
        store.free();
        assertEquals(1, consensus.produceBlock(List.of()).height());
    }

    @Test
    void aStoreIsOpenedAgainWhereItWasLeft() {
        TamperedStore store = new TamperedStore();
        PoSConsensus first = Chains.standard().store(store).build();
        first.startConsensus();
        first.produceBlock(Chains.transfers(first, "erin", "frank"));
        first.produceBlock(List.of());

        PoSConsensus second = Chains.standard()
                .store(store)
                .clock(() -> Chains.START + 3_600_000)
                .build();
        second.startConsensus();

        assertEquals(first.consensusState().blockHash(), second.consensusState().blockHash());
        assertEquals(first.consensusState().stateRoot(), second.consensusState().stateRoot());
        assertEquals(3, second.secureProduceBlock(List.of()).height());

        PoSConsensus other = Chains.standard().chainId("other").store(store).build();
        assertRefused(PoSError.CONSENSUS_STATE_UPDATE_FAILED, other::startConsensus, "genesis is");
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, () -> other.produceBlock(List.of()));
    }

    @Test
    void anotherRuleSetJudgesFromTheNextEpochOn() {
        EmbeddedRule roundRobin = EmbeddedRule.of("selection.roundrobin", new RoundRobinSelectionFactory());
        PoSConsensus consensus =
                Chains.standard().config(Chains.epochs(2)).available(roundRobin).build();
        consensus.startConsensus();
        Hash before = consensus.consensusState().ruleSetId();
        RuleChange change = new RuleChange(RuleChange.Operation.ADOPT, roundRobin.ref());
        consensus.produceBlock(
                List.of(consensus.transaction(address("alice"), consensus.ruleProposal(address("alice"), change))));
        assertTrue(consensus.lastReceipts().get(0).succeeded());
        assertEquals(before, consensus.produceBlock(List.of()).header().ruleSetId());

        Block block = consensus.secureProduceBlock(List.of());

        assertNotEquals(before, block.header().ruleSetId());
        assertEquals(consensus.consensusState().ruleSetId(), block.header().ruleSetId());
    }

    @Test
    void aRuleThatIsNotHereStopsTheChainAtTheBoundaryAndIsNamed() {
        EmbeddedRule roundRobin = EmbeddedRule.of("selection.roundrobin", new RoundRobinSelectionFactory());
        PoSConsensus consensus = Chains.standard().config(Chains.epochs(2)).build();
        consensus.startConsensus();
        RuleChange change = new RuleChange(RuleChange.Operation.ADOPT, roundRobin.ref());
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> consensus.ruleProposal(address("alice"), change),
                "selection.roundrobin",
                roundRobin.ref().digest().toString());
        // validators that say what is not so
        Payload untested = Chains.proposal(consensus, change);
        consensus.produceBlock(List.of(consensus.transaction(address("alice"), untested)));
        consensus.produceBlock(List.of());
        assertRefused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                () -> consensus.produceBlock(List.of()),
                "selection.roundrobin",
                roundRobin.ref().digest().toString());
        assertEquals(2, consensus.consensusState().height());
    }

    @Test
    void theParentIsProvenByTheFinalityRuleThatDecidedIt() {
        // the new rule knows nothing of blocks before height 3, nor does the old one of those after
        EmbeddedRule later = EmbeddedRule.of("finality.later", p -> BrokenRules.finalityBetween(3, 5));
        EmbeddedRule earlier = EmbeddedRule.of("finality.earlier", p -> BrokenRules.finalityBetween(1, 2));
        PoSConsensus consensus = Chains.without("finality")
                .config(Chains.epochs(2))
                .rule(earlier)
                .available(later)
                .build();
        consensus.startConsensus();
        Payload proposal = Chains.proposal(consensus, new RuleChange(RuleChange.Operation.ADOPT, later.ref()));
        consensus.produceBlock(List.of(consensus.transaction(address("alice"), proposal)));
        consensus.secureProduceBlock(List.of());

        Block third = consensus.secureProduceBlock(List.of());

        assertEquals(3, third.height());
        assertEquals(4, consensus.secureProduceBlock(List.of()).height());
    }

    @Test
    void aProofNeedsNothingButTheHeader() {
        PoSConsensus consensus = Chains.started();
        Block block = consensus.produceBlock(List.of(transfer(consensus, "erin", "frank", 7)));
        StateProof present = consensus.prove(LedgerView.accountKey(address("frank")));
        StateProof absent = consensus.prove(LedgerView.accountKey(address("nobody")));
        assertTrue(present.present() && present.verify(block.header().stateRoot()));
        assertTrue(!absent.present() && absent.verify(block.header().stateRoot()));
        assertTrue(!present.verify(Hash.ZERO));
    }

    @Test
    void limitsOfABlock() {
        ChainParameters d = ChainParameters.defaults();
        PoSConsensusConfig five = new PoSConsensusConfig(1_000_000, 5, 1_000, 100, d.slashingPenalty(), false, true);
        PoSConsensus consensus = Chains.standard()
                .parameters(new ChainParameters(five, 1, 100, 100, 0, 1, 3_000_000, 10_000, GasSchedule.SPECIFICATION))
                .build();
        consensus.startConsensus();
        assertRefused(
                PoSError.INVALID_BLOCK,
                () -> consensus.produceBlock(Chains.transfers(consensus, "alice", "bob", "carol", "dave", "erin")),
                "gas");

        PoSConsensus small = Chains.standard()
                .parameters(new ChainParameters(
                        five, 1, 100, 100, 0, 1, d.maxBlockGas(), 10_000, GasSchedule.SPECIFICATION))
                .build();
        small.startConsensus();
        List<Transaction> many = new ArrayList<>();
        for (int nonce = 0; nonce < 60; nonce++) {
            many.add(small.transaction(address("erin"), nonce, new Payload.Transfer(address("frank"), 1)));
        }
        assertRefused(PoSError.BLOCK_PRODUCTION_FAILED, () -> small.produceBlock(many), "bytes, must be at most 10000");
    }

    @Test
    void callersTakeTurns() throws Exception {
        PoSConsensus consensus = Chains.started();
        List<Callable<Void>> callers = new ArrayList<>();
        for (String name : List.of("erin", "frank")) {
            callers.add(() -> {
                for (int i = 0; i < 5; i++) {
                    consensus.stakeTokens(new StakingParticipant(address(name)), 10);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> caller : threads.invokeAll(callers)) {
                caller.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(10, consensus.consensusState().height());
        assertEquals(
                4 * Chains.STAKE + 100, consensus.stakingSystem().stakingState().totalStaked());
    }

    @Test
    void aTransactionOfAnAccountWhoseKeyIsElsewhereIsNotSigned() {
        assertRefused(
                PoSError.INVALID_TRANSACTION,
                () -> transfer(Chains.started(), "stranger", "erin", 1),
                "key of account " + address("stranger"));
    }
}
