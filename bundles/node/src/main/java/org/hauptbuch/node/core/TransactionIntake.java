package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.VerifiedSignatures;

/**
 * Decodes and verifies transactions off the loop, each together with others, since a signature costs less the larger its
 * batch is. Without patience, one that comes alone waits for nobody, and those that arrive while it is verified make the
 * next batch. With patience, a batch is what arrives in that time, or a full one before. Belongs to the loop.
 */
final class TransactionIntake {
    /** A batch that is worth a thread of its own: more would cost little less for each. */
    private static final int FULL = 250;

    private final Environment environment;
    private final VerifiedSignatures verified;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private int transactionsWaiting;
    private final long patienceMillis;
    private int batchesUnderWay;
    private boolean armed;

    /** What came together and is answered together. */
    private record Arrival(
            int size, Callable<List<PooledTransaction>> decoding, Consumer<Result<List<PooledTransaction>>> then) {}

    TransactionIntake(Environment environment, VerifiedSignatures verified, long patienceMillis) {
        this.environment = environment;
        this.verified = verified;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Verifies what {@code decoding}, off the loop, gives: about {@code size} transactions. One wrong signature among
     * them refuses them all.
     *
     * @param then hears of the result on the loop
     */
    void verify(int size, Callable<List<PooledTransaction>> decoding, Consumer<Result<List<PooledTransaction>>> then) {
        waiting.add(new Arrival(size, decoding, then));
        transactionsWaiting += size;
        beginIfDue();
    }

    private void beginIfDue() {
        while (transactionsWaiting >= FULL || patienceMillis == 0 && batchesUnderWay == 0 && !waiting.isEmpty()) {
            begin();
        }
        if (patienceMillis > 0 && !armed && !waiting.isEmpty()) {
            armed = true;
            environment.arm(patienceMillis, () -> {
                armed = false;
                if (!waiting.isEmpty()) {
                    begin();
                }
                beginIfDue();
            });
        }
    }

    private void begin() {
        List<Arrival> batch = new ArrayList<>();
        for (int size = 0; size < FULL && !waiting.isEmpty(); size += batch.get(batch.size() - 1).size) {
            batch.add(waiting.poll());
        }
        transactionsWaiting -= batch.stream().mapToInt(Arrival::size).sum();
        batchesUnderWay++;
        environment.verifyLater(() -> verified(batch), results -> done(batch, results));
    }

    private void done(List<Arrival> batch, Result<List<Result<List<PooledTransaction>>>> results) {
        batchesUnderWay--;
        beginIfDue();
        // whoever waits gets an answer, even where the rules fail on another's transaction
        RuntimeException failed = null;
        for (int i = 0; i < batch.size(); i++) {
            try {
                batch.get(i)
                        .then
                        .accept(results.failure() == null ? results.value().get(i) : Result.failed(results.failure()));
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Off the loop. */
    private List<Result<List<PooledTransaction>>> verified(List<Arrival> batch) {
        List<Result<List<PooledTransaction>>> decoded =
                batch.stream().map(arrival -> Result.of(arrival.decoding)).toList();
        Set<Transaction> transactions = new LinkedHashSet<>();
        for (Result<List<PooledTransaction>> one : decoded) {
            if (one.failure() == null) {
                one.value().forEach(pooled -> transactions.add(pooled.transaction()));
            }
        }
        Set<Hash> wrong = verified.wrong(transactions);
        return decoded.stream()
                .map(one -> one.failure() == null ? Result.of(() -> requireRight(one.value(), wrong)) : one)
                .toList();
    }

    private static List<PooledTransaction> requireRight(List<PooledTransaction> together, Set<Hash> wrong) {
        for (PooledTransaction pooled : together) {
            if (wrong.contains(pooled.id())) {
                throw VerifiedSignatures.refuse(pooled.id());
            }
        }
        return together;
    }
}
