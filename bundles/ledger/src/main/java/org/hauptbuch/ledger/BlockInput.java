package org.hauptbuch.ledger;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.tx.Transaction;

/**
 * A block to execute. A producer hands in what it is about to propose, a validator what it received.
 *
 * @param header the block's header; its state root is ignored
 * @param lastCertificate the votes that made the parent final; empty at height 1
 * @param rollback what returns this height to the rule set before, if something does
 * @param evidence offences reported by the proposer
 * @param transactions in the order of execution, their signatures verified by the caller
 */
public record BlockInput(
        BlockHeader header,
        Optional<Certificate> lastCertificate,
        Optional<RollbackCertificate> rollback,
        List<Evidence> evidence,
        List<Transaction> transactions) {
    public BlockInput {
        evidence = List.copyOf(evidence);
        transactions = List.copyOf(transactions);
    }

    /** The input of a height that was not rolled back. */
    public BlockInput(
            BlockHeader header,
            Optional<Certificate> lastCertificate,
            List<Evidence> evidence,
            List<Transaction> transactions) {
        this(header, lastCertificate, Optional.empty(), evidence, transactions);
    }

    /** The input that {@code block} is. */
    public static BlockInput of(Block block) {
        return new BlockInput(
                block.header(), block.lastCertificate(), block.rollback(), block.evidence(), block.transactions());
    }
}
