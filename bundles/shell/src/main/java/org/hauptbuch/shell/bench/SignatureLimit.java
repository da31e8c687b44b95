package org.hauptbuch.shell.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.shell.Failure;

/**
 * How many transactions' signatures this machine verifies in a second with all of its cores and nothing else to do, in
 * batches as the node's threads verify them under load: no node on it can finalize more.
 */
final class SignatureLimit {
    /** Signatures that are verified together. */
    static final int BATCH = 250;

    /** Rounds until the code is as fast as it gets, at most. */
    private static final int MOST_ROUNDS = 30;

    private static final double FASTER = 1.03;

    private final SignatureScheme scheme;

    SignatureLimit(SignatureScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * Verifies {@code transactions} over and over: warms up until three rounds in a row brought nothing, then measures
     * for {@code nanos}.
     *
     * @return verifications in a second
     */
    double measure(List<Transaction> transactions, long nanos) throws InterruptedException {
        List<SignedMessage> signed = transactions.stream()
                .map(t -> new SignedMessage(t.sender(), t.signBytes(), t.signature()))
                .toList();
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(cores);
        try {
            double best = 0;
            for (int round = 0, vain = 0; round < MOST_ROUNDS && vain < 3; round++) {
                double rate = round(workers, cores, signed, nanos / 6);
                vain = rate > best * FASTER ? 0 : vain + 1;
                best = Math.max(best, rate);
            }
            return round(workers, cores, signed, nanos);
        } catch (ExecutionException e) {
            throw new Failure(
                    "the signature limit could not be measured: " + e.getCause().getMessage(), e);
        } finally {
            workers.shutdownNow();
        }
    }

    private double round(ExecutorService workers, int cores, List<SignedMessage> signed, long nanos)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        List<Callable<Long>> work = Collections.nCopies(cores, () -> verify(signed, begin + nanos));
        long verified = 0;
        for (Future<Long> done : workers.invokeAll(work)) {
            verified += done.get();
        }
        return verified * 1e9 / (System.nanoTime() - begin);
    }

    private long verify(List<SignedMessage> signed, long end) {
        long verified = 0;
        do {
            for (int from = 0; from < signed.size(); from += BATCH) {
                List<SignedMessage> batch = signed.subList(from, Math.min(signed.size(), from + BATCH));
                for (boolean right : scheme.verifyAll(batch)) {
                    if (!right) {
                        throw new IllegalStateException("a right signature was refused");
                    }
                }
                verified += batch.size();
            }
        } while (System.nanoTime() < end);
        return verified;
    }
}
