package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.ledger.TransactionChecks;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.TransactionPool;
import org.hauptbuch.node.pool.VerifiedSignatures;
import org.hauptbuch.node.wire.WireMessage;

/**
 * The ways into the pool: decoded, hashed and verified off the loop, checked against the state on it. What was
 * submitted here is sent to every peer in batches; what still waits after a while is sent again, so that a lost message
 * or a missing link delays a transaction and does not lose it. Belongs to the loop.
 */
final class TransactionGossip {
    private static final long BATCH_MILLIS = 10;
    private static final int MAX_BATCH_BYTES = 1 << 20;
    private static final int MAX_REMINDED = 200;
    private static final long MAX_PATIENCE_MILLIS = 40;

    private final Parts parts;
    private final TransactionPool pool;
    private final TransactionIntake own;
    private final TransactionIntake foreign;
    private final Ledger ledger;
    private final StateReader state;
    private final Supplier<Optional<BlockContext>> context;
    private List<Bytes> batch = new ArrayList<>();
    private int batchBytes;
    private boolean armed;
    private long reminded;

    TransactionGossip(
            Parts parts,
            TransactionPool pool,
            VerifiedSignatures verified,
            long blockTimeMillis,
            Ledger ledger,
            StateReader state,
            Supplier<Optional<BlockContext>> context) {
        this.parts = parts;
        this.pool = pool;
        this.own = new TransactionIntake(parts.environment(), verified, 0);
        // nobody waits for the answer, and the next block begins later than that
        this.foreign = new TransactionIntake(
                parts.environment(), verified, Math.min(MAX_PATIENCE_MILLIS, blockTimeMillis / 25));
        this.ledger = ledger;
        this.state = state;
        this.context = context;
    }

    /** Takes a transaction from this node's own users. */
    void submit(Transaction transaction, Consumer<Result<Hash>> then) {
        own.verify(1, () -> List.of(sized(PooledTransaction.of(transaction))), result -> {
            Result<Hash> answer = result.failure() == null
                    ? Result.of(() -> admit(result.get().get(0), checks()))
                    : Result.failed(result.failure());
            if (answer.failure() instanceof RuleFailedException failed) {
                then.accept(answer);
                throw failed;
            }
            if (answer.failure() == null) {
                enqueue(result.get().get(0).encoded());
            } else {
                parts.metrics().count(Metric.TRANSACTIONS_REFUSED);
            }
            then.accept(answer);
        });
    }

    /** Takes transactions from a peer. */
    void received(Peer peer, List<Bytes> encoded, int bytes) {
        if (context.get().isEmpty() || !parts.peers().begin(peer, bytes)) {
            return;
        }
        foreign.verify(encoded.size(), () -> fresh(encoded), result -> {
            parts.peers().end(peer, bytes);
            if (result.failure() != null) {
                parts.peers().offence(peer, result.failure().getMessage());
                return;
            }
            Optional<TransactionChecks> together = checks();
            for (PooledTransaction pooled : result.get()) {
                try {
                    admit(pooled, together);
                } catch (PoSException refused) {
                    // no offence: it may have been good when the peer took it
                    parts.metrics().count(Metric.TRANSACTIONS_REFUSED);
                }
            }
        });
    }

    /** Sends again what has been ready for a block since the last call. */
    void remind() {
        List<PooledTransaction> waiting = pool.waiting(reminded, MAX_REMINDED);
        reminded = pool.arrivals();
        waiting.forEach(pooled -> enqueue(pooled.encoded()));
    }

    private static PooledTransaction sized(PooledTransaction pooled) {
        if (pooled.encoded().length() > Transaction.MAX_BYTES) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_TRANSACTION,
                    "transaction",
                    pooled.encoded().length() + " bytes",
                    "at most " + Transaction.MAX_BYTES + " bytes");
        }
        return pooled;
    }

    /** Off the loop: those that are not in the pool yet. */
    private List<PooledTransaction> fresh(List<Bytes> encoded) {
        List<PooledTransaction> fresh = new ArrayList<>();
        for (Bytes one : encoded) {
            PooledTransaction pooled = PooledTransaction.decode(one);
            if (!pool.contains(pooled.id())) {
                fresh.add(pooled);
            }
        }
        return fresh;
    }

    /** Checks for the next block; none where the node is halted. */
    private Optional<TransactionChecks> checks() {
        return context.get().map(next -> {
            long timeMillis =
                    Math.max(parts.environment().wallMillis(), next.parent().timeMillis() + 1);
            return ledger.checks(state, next.rules(), next.height(), timeMillis);
        });
    }

    private static TransactionChecks running(Optional<TransactionChecks> checks) {
        return checks.orElseThrow(() -> new PoSException(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED, "the node is halted and takes no transactions"));
    }

    private Hash admit(PooledTransaction pooled, Optional<TransactionChecks> together) {
        if (pooled.transaction().payload() instanceof Payload.Transfer) {
            // asks no rule, so it is not worth a thread that may be given up
            running(together).check(pooled.transaction());
        } else {
            // what a thread that is given up works on belongs to it alone
            TransactionChecks alone = running(checks());
            parts.calls().ask("a transaction", () -> {
                alone.check(pooled.transaction());
                return pooled;
            });
        }
        pool.add(pooled, new LedgerView(state).account(pooled.sender()).nonce());
        return pooled.id();
    }

    private void enqueue(Bytes encoded) {
        batch.add(encoded);
        batchBytes += encoded.length();
        if (batch.size() >= WireMessage.MAX_TRANSACTIONS || batchBytes >= MAX_BATCH_BYTES) {
            flush();
        } else if (!armed) {
            armed = true;
            parts.environment().arm(BATCH_MILLIS, () -> {
                armed = false;
                flush();
            });
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            parts.outbox().broadcast(new WireMessage.Transactions(batch));
            batch = new ArrayList<>();
            batchBytes = 0;
        }
    }
}
