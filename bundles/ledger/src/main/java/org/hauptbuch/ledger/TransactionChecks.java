package org.hauptbuch.ledger;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.tx.Transactions;

/**
 * Checks transactions at one height, each by itself, as {@link Ledger#checkTransaction}. What they have in common is
 * read once: to be thrown away when the state changes. Not thread-safe.
 */
public final class TransactionChecks {
    private final Transactions transactions;

    TransactionChecks(BlockContext block) {
        this.transactions = new Transactions(block);
    }

    /**
     * Refuses a transaction that could not be executed.
     *
     * @throws PoSException the error that execution would record, or {@link PoSError#INVALID_TRANSACTION}
     */
    public void check(Transaction transaction) {
        Ledger.guarded(() -> {
            transactions.check(transaction);
            return transaction;
        });
    }
}
