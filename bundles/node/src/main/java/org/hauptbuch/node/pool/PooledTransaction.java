package org.hauptbuch.node.pool;

import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A transaction with all that is derived from it, so that each is derived once.
 *
 * @param transaction the transaction
 * @param encoded its encoding
 * @param id its name
 * @param sender the account that sends it
 */
public record PooledTransaction(Transaction transaction, Bytes encoded, Hash id, Address sender) {
    /** A transaction that was made here. */
    public static PooledTransaction of(Transaction transaction) {
        return new PooledTransaction(transaction, transaction.encode(), transaction.id(), transaction.from());
    }

    /** A transaction that came in. @throws org.hauptbuch.api.error.PoSException INVALID_TRANSACTION */
    public static PooledTransaction decode(Bytes encoded) {
        return of(Transaction.decode(encoded));
    }

    /** Millionths of a unit that it pays for each unit of gas: what it is ordered by. */
    public long priority(GasSchedule schedule) {
        long gas = Math.max(1, transaction.gas(schedule));
        long fee = transaction.fee();
        return fee <= Long.MAX_VALUE / 1_000_000 ? fee * 1_000_000 / gas : Long.MAX_VALUE / 1_000_000 / gas * 1_000_000;
    }

    /** Units that leave the sender's balance where it succeeds, the fee included; at most the largest amount. */
    public long spends() {
        Payload payload = transaction.payload();
        long amount = 0;
        if (payload instanceof Payload.Transfer p) {
            amount = p.amount();
        } else if (payload instanceof Payload.RegisterValidator p) {
            amount = p.stake();
        } else if (payload instanceof Payload.Stake p) {
            amount = p.amount();
        } else if (payload instanceof Payload.Delegate p) {
            amount = p.amount();
        }
        return amount > Long.MAX_VALUE - transaction.fee() ? Long.MAX_VALUE : amount + transaction.fee();
    }
}
