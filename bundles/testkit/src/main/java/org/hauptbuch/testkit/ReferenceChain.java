package org.hauptbuch.testkit;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;

/** Executes each final block once more, on a state that belongs to no node, and checks all that its header says. */
final class ReferenceChain {
    private final Genesis genesis;
    private final SignatureScheme scheme;
    private final Ledger ledger;
    private final Rulebook rules;
    private final MapState state = new MapState();
    private final LedgerView view = new LedgerView(state);
    private Generation generation;
    private Hash tip;
    private Hash root;

    ReferenceChain(SimChain chain) {
        this.genesis = chain.genesis();
        this.scheme = chain.scheme();
        this.ledger = new Ledger(scheme, chain.delay());
        this.rules = chain.rules();
        this.generation = rules.activate(genesis.rules());
        this.tip = genesis.hash();
        var change = ledger.genesis(genesis, generation);
        state.apply(change);
        this.root = change.root();
        checkInvariants(0);
    }

    LedgerView view() {
        return view;
    }

    MapState state() {
        return state;
    }

    long height() {
        return view.height();
    }

    Hash tip() {
        return tip;
    }

    Hash root() {
        return root;
    }

    /** Executes the next block. @throws SimulationFailure where it is not valid */
    Execution execute(Block block, Certificate certificate) {
        long height = height() + 1;
        try {
            RuleSet active = judging(block, height);
            if (!generation.set().equals(active)) {
                generation = rules.activate(active);
            }
            checkHeader(block, height);
            checkCertificate(block, certificate);
            checkTransactions(block);
            Execution execution = ledger.execute(state, generation, BlockInput.of(block));
            require(
                    height,
                    "state root",
                    block.header().stateRoot(),
                    execution.change().root());
            state.apply(execution.change());
            tip = block.hash();
            root = execution.change().root();
            checkInvariants(height);
            return execution;
        } catch (RuntimeException e) {
            throw new SimulationFailure("final block " + height + " is not valid: " + e.getMessage(), e);
        }
    }

    /** The rule set that the chain has made active; the fallback where two thirds of the power went back to it. */
    private RuleSet judging(Block block, long height) {
        RuleSet active = view.ruleSet();
        if (block.rollback().isEmpty()) {
            return active;
        }
        RollbackCertificate rollback = block.rollback().get();
        RuleSet fallback = view.fallback()
                .orElseThrow(() -> new SimulationFailure("goes back, and there is no rule set to go back to"));
        require(height, "height of its rollback", rollback.height(), height);
        require(height, "rule set that is left", rollback.from(), active.id());
        require(height, "rule set gone back to", rollback.to(), fallback.id());
        require(
                height,
                "round after a rollback",
                firstRound(block) <= block.header().round(),
                true);
        rollback.verify(genesis.chainId(), view.validatorSet(), scheme);
        return fallback;
    }

    private static int firstRound(Block block) {
        return block.rollback().isPresent() ? RollbackCertificate.FIRST_ROUND : 0;
    }

    private void checkHeader(Block block, long height) {
        BlockHeader header = block.header();
        ValidatorSet validators = view.validatorSet();
        long epoch = genesis.parameters().epochOf(height);
        Schedule schedule =
                generation.selection().prepare(epoch, genesis.parameters().firstHeight(epoch), validators, view.seed());
        Bytes output = validators
                .member(header.proposer())
                .flatMap(member -> scheme.proofOutput(
                        member.key(),
                        BlockHeader.revealBytes(genesis.chainId(), view.seed(), height, header.round()),
                        header.reveal()))
                .orElseThrow(() -> new SimulationFailure("the reveal is not a validator's proof for the round"));
        boolean mayPropose = schedule.rank(height, header.round() - firstRound(block), header.proposer(), output)
                .isPresent();
        require(height, "chain id", header.chainId(), genesis.chainId());
        require(height, "height", header.height(), height);
        require(height, "epoch", header.epoch(), epoch);
        require(height, "parent", header.parent(), tip);
        require(height, "validators root", header.validatorsRoot(), validators.root());
        require(height, "rule set", header.ruleSetId(), generation.set().id());
        require(height, "right of " + header.proposer() + " to propose", mayPropose, true);
        require(height, "time after the parent's", header.timeMillis() > view.timeMillis(), true);
    }

    private void checkCertificate(Block block, Certificate certificate) {
        require(block.height(), "block of its certificate", certificate.block(), block.hash());
        require(block.height(), "height of its certificate", certificate.height(), block.height());
        generation.finality().verifyFinal(certificate, genesis.chainId(), view.validatorSet(), scheme);
    }

    private void checkTransactions(Block block) {
        List<Transaction> transactions = block.transactions();
        require(
                block.height(),
                "transactions root",
                block.header().transactionsRoot(),
                MerkleTree.root(transactions.stream().map(Transaction::encode).toList()));
        for (Transaction transaction : transactions) {
            boolean signed = scheme.verify(transaction.sender(), transaction.signBytes(), transaction.signature());
            require(block.height(), "signature of transaction " + transaction.id(), signed, true);
        }
    }

    private void checkInvariants(long height) {
        List<String> broken = ledger.brokenInvariants(state, generation);
        if (!broken.isEmpty()) {
            throw new SimulationFailure("after block " + height + ": " + broken);
        }
    }

    private static void require(long height, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new SimulationFailure(
                    "final block " + height + ": " + what + " is " + found + ", must be " + expected);
        }
    }
}
