package org.hauptbuch.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Judges;
import org.hauptbuch.ledger.change.Changeover;
import org.hauptbuch.ledger.epoch.Attendance;
import org.hauptbuch.ledger.epoch.EpochEnd;
import org.hauptbuch.ledger.epoch.History;
import org.hauptbuch.ledger.epoch.Seeds;
import org.hauptbuch.ledger.slash.EvidenceCourt;
import org.hauptbuch.ledger.slash.Observer;
import org.hauptbuch.ledger.slash.Punisher;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.Reads;
import org.hauptbuch.ledger.tree.StateTree;
import org.hauptbuch.ledger.tx.Transactions;

/** One block, step by step: evidence, transactions, observation, the end of the epoch where it ends, the root. */
final class BlockExecution {
    private final StateReader before;
    private final BlockInput input;
    private final BlockHeader header;
    private final Overlay state;
    private final BlockContext block;
    private final long maxGas;
    private long gasUsed;

    BlockExecution(StateReader before, Generation rules, Judges judges, BlockInput input) {
        this.before = before;
        this.input = input;
        this.header = input.header().withStateRoot(Hash.ZERO);
        this.state = new Overlay(before);
        Head head = state.the(Keys.HEAD);
        if (header.height() != head.height() + 1) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_BLOCK, "height", header.height(), String.valueOf(head.height() + 1));
        }
        this.block = new BlockContext(state, rules, judges, header.height(), header.timeMillis());
        this.maxGas = block.parameters().maxBlockGas();
    }

    Execution run() {
        // first, as it is cheap beside what follows
        Bytes randomness = randomness();
        new Changeover(block).begin(input.rollback());
        useGas(block.parameters().gas().blockProduction());
        hearEvidence();
        List<Receipt> receipts = executeTransactions();
        observe();
        Head head = state.the(Keys.HEAD);
        Hash mix = Hash.sha256(head.mix().toArray(), randomness.toArray());
        state.set(Keys.HEAD, head.after(block.height(), block.timeMillis(), mix));
        new Seeds(block).take(header.delay());
        if (block.parameters().endsEpoch(block.height())) {
            new EpochEnd(block).run();
        }
        new History(block).prune();
        return new Execution(StateTree.apply(before, state.flush()), receipts, block.slashings(), gasUsed);
    }

    /** What the header's reveal proves. The proof itself has many forms for one output, of which one could choose. */
    private Bytes randomness() {
        PublicKey key = Reads.setAt(state, header.height())
                .flatMap(set -> set.member(header.proposer()))
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_BLOCK, "header.proposer", header.proposer(), "in the validator set"))
                .key();
        Bytes alpha = BlockHeader.revealBytes(
                block.chain().chainId(), state.the(Keys.seed(block.epoch())), header.height(), header.round());
        return block.scheme()
                .proofOutput(key, alpha, header.reveal())
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_BLOCK,
                        "header.reveal",
                        header.reveal(),
                        "the proposer's proof of randomness"));
    }

    private void hearEvidence() {
        GasSchedule gas = block.parameters().gas();
        for (int i = 0; i < input.evidence().size(); i++) {
            Evidence evidence = input.evidence().get(i);
            useGas(gas.slashingDetection());
            Offence offence;
            try {
                offence = new EvidenceCourt(block).hear(evidence, Optional.of(header.proposer()));
            } catch (PoSException refusal) {
                throw invalid("evidence " + i, refusal);
            }
            new Punisher(block).punish(offence);
        }
    }

    private List<Receipt> executeTransactions() {
        Transactions transactions = new Transactions(block);
        List<Receipt> receipts = new ArrayList<>(input.transactions().size());
        long fees = 0;
        for (int i = 0; i < input.transactions().size(); i++) {
            Transaction transaction = input.transactions().get(i);
            try {
                Receipt receipt = transactions.execute(transaction, i);
                useGas(receipt.gasUsed());
                receipts.add(receipt);
                fees = Amounts.add(fees, transaction.fee());
            } catch (PoSException refusal) {
                throw invalid("transaction " + i, refusal);
            }
        }
        state.set(Keys.TOTALS, state.the(Keys.TOTALS).plusFees(fees));
        return receipts;
    }

    private void observe() {
        Optional<ValidatorSet> lastSet =
                block.height() == 1 ? Optional.empty() : Reads.setAt(state, block.height() - 1);
        Attendance.note(block, header.proposer(), input.lastCertificate(), lastSet);
        new Observer(block)
                .observe(
                        new BlockFacts(header, input.transactions().size(), gasUsed, input.lastCertificate(), lastSet));
    }

    private void useGas(long gas) {
        if (gas > maxGas - gasUsed) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_BLOCK, "gas", gasUsed + " and " + gas + " more", "at most " + maxGas);
        }
        gasUsed += gas;
    }

    private static PoSException invalid(String part, PoSException refusal) {
        return refusal.error() == PoSError.INVALID_BLOCK
                ? refusal
                : new PoSException(PoSError.INVALID_BLOCK, part + ": " + refusal.getMessage(), refusal);
    }
}
