package org.hauptbuch.api.node;

import java.util.Optional;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;

/**
 * Where a transaction is.
 *
 * @param id which
 * @param state where it is
 * @param transaction its content, where it is known
 * @param receipt what became of it, where it is final
 */
public record TransactionView(Hash id, State state, Optional<Transaction> transaction, Optional<Receipt> receipt) {
    /** Where a transaction can be. */
    public enum State {
        /** Never seen here, or forgotten. */
        UNKNOWN,
        /** In the pool. */
        PENDING,
        /** In a final block. */
        FINAL
    }
}
