package org.hauptbuch.node.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.crypto.SignatureScheme;
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

    /** Refuses a transaction whose signature is not its sender's. @throws PoSException INVALID_TRANSACTION */
    public void check(Transaction transaction, Hash id) {
        if (contains(id)) {
            metrics.count(Metric.TRANSACTION_SIGNATURES_KNOWN);
            return;
        }
        metrics.count(Metric.TRANSACTION_SIGNATURES_VERIFIED);
        if (!scheme.verify(transaction.sender(), transaction.signBytes(), transaction.signature())) {
            throw new PoSException(
                    PoSError.INVALID_TRANSACTION, "signature of transaction " + id + " is not its sender's");
        }
        remember(id);
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
