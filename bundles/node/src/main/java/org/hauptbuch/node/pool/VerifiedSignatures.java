package org.hauptbuch.node.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;

/**
 * Verifies the signature of each transaction once: a transaction that was verified for the pool is not verified again
 * in a block. The id covers the signature. Thread-safe.
 */
public final class VerifiedSignatures {
    private static final int MAX_IN_GENERATION = 100_000;

    private final SignatureScheme scheme;
    private final Metrics metrics;
    private volatile Set<Hash> young = ConcurrentHashMap.newKeySet();
    private volatile Set<Hash> old = Set.of();

    /** Nothing verified yet. */
    public VerifiedSignatures(SignatureScheme scheme, Metrics metrics) {
        this.scheme = scheme;
        this.metrics = metrics;
    }

    /** Whether the transaction with this id was verified not long ago. */
    public boolean contains(Hash id) {
        return young.contains(id) || old.contains(id);
    }

    /**
     * Verifies all that were not verified yet, together.
     *
     * @return the ids of those whose signature is not their sender's
     */
    public Set<Hash> wrong(Collection<Transaction> transactions) {
        List<Hash> ids = new ArrayList<>();
        List<SignedMessage> batch = new ArrayList<>();
        transactions.forEach(transaction -> {
            if (!contains(transaction.id())) {
                ids.add(transaction.id());
                batch.add(new SignedMessage(transaction.sender(), transaction.signBytes(), transaction.signature()));
            }
        });
        metrics.add(Metric.TRANSACTION_SIGNATURES_KNOWN, transactions.size() - batch.size());
        metrics.add(Metric.TRANSACTION_SIGNATURES_VERIFIED, batch.size());
        boolean[] right = scheme.verifyAll(batch);
        Set<Hash> wrong = new LinkedHashSet<>();
        for (int i = 0; i < right.length; i++) {
            if (right[i]) {
                remember(ids.get(i));
            } else {
                wrong.add(ids.get(i));
            }
        }
        return wrong;
    }

    /** What a transaction with a wrong signature is refused with. */
    public static PoSException refuse(Hash id) {
        return new PoSException(
                PoSError.INVALID_TRANSACTION, "signature of transaction " + id + " is not its sender's");
    }

    private void remember(Hash id) {
        Set<Hash> target = young;
        target.add(id);
        if (target.size() > MAX_IN_GENERATION) {
            synchronized (this) {
                if (young == target) {
                    old = target;
                    young = ConcurrentHashMap.newKeySet();
                }
            }
        }
    }
}
