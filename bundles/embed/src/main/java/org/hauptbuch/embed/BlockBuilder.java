package org.hauptbuch.embed;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.StateReader;

/** Builds the block that a proposer offers: header, execution, state root. */
final class BlockBuilder {
    private final Ledger ledger;
    private final StateReader state;

    BlockBuilder(Ledger ledger, StateReader state) {
        this.ledger = ledger;
        this.state = state;
    }

    /**
     * The block of {@code proposer}, who signs with {@code signer}.
     *
     * @throws PoSException INVALID_BLOCK where the ledger refuses what is to be in it; BLOCK_PRODUCTION_FAILED where a
     *     rule fails, or the block is too large
     */
    Candidate build(
            HeightPlan plan,
            Address proposer,
            Signer signer,
            int round,
            long timeMillis,
            List<Evidence> evidence,
            List<Transaction> transactions) {
        BlockHeader header = new BlockHeader(
                plan.chainId(),
                plan.height(),
                round,
                plan.epoch(),
                plan.parent().hash(),
                timeMillis,
                proposer,
                transactionsRoot(transactions),
                evidenceRoot(evidence),
                Hash.ZERO,
                plan.validators().root(),
                plan.generation().set().id(),
                signer.prove(plan.reveal(round)),
                plan.lastCertificate().map(Certificate::digest).orElse(Hash.ZERO));
        Execution execution = execute(plan, new BlockInput(header, plan.lastCertificate(), evidence, transactions));
        Block block = new Block(
                header.withStateRoot(execution.change().root()), plan.lastCertificate(), evidence, transactions);
        int size = block.encode().length();
        if (size > plan.parameters().maxBlockBytes()) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_PRODUCTION_FAILED,
                    "block " + plan.height(),
                    size + " bytes",
                    "at most " + plan.parameters().maxBlockBytes() + " bytes");
        }
        return new Candidate(block, execution);
    }

    static Hash transactionsRoot(List<Transaction> transactions) {
        return MerkleTree.root(transactions.stream().map(Transaction::encode).toList());
    }

    static Hash evidenceRoot(List<Evidence> evidence) {
        return MerkleTree.root(evidence.stream().map(Evidence::encode).toList());
    }

    private Execution execute(HeightPlan plan, BlockInput input) {
        try {
            return ledger.execute(state, plan.generation(), input);
        } catch (PoSException e) {
            if (e.error() != PoSError.CONSENSUS_STATE_UPDATE_FAILED) {
                throw e;
            }
            // how the ledger says that a rule broke its contract: there is no block, and no state was touched
            throw new PoSException(
                    PoSError.BLOCK_PRODUCTION_FAILED, "block " + plan.height() + ": " + e.getMessage(), e);
        }
    }
}
