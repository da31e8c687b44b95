package org.hauptbuch.shell.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.shell.Failure;

/**
 * How many transactions' signatures this machine verifies in a second with all of its cores and nothing else to do:
 * no node on it can finalize more.
 */
final class SignatureLimit {
    private final SignatureScheme scheme;

    SignatureLimit(SignatureScheme scheme) {
        this.scheme = scheme;
    }

    /** Verifies {@code transactions} over and over for {@code nanos}. @return verifications in a second */
    double measure(List<Transaction> transactions, long nanos) throws InterruptedException {
        List<Bytes> messages = transactions.stream().map(Transaction::signBytes).toList();
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(cores);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            long begin = System.nanoTime();
            for (int core = 0; core < cores; core++) {
                work.add(() -> verify(transactions, messages, begin + nanos));
            }
            long verified = 0;
            for (Future<Long> done : workers.invokeAll(work)) {
                verified += done.get();
            }
            return verified * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new Failure(
                    "the signature limit could not be measured: " + e.getCause().getMessage(), e);
        } finally {
            workers.shutdownNow();
        }
    }

    private long verify(List<Transaction> transactions, List<Bytes> messages, long end) {
        long verified = 0;
        do {
            for (int i = 0; i < transactions.size(); i++) {
                Transaction t = transactions.get(i);
                if (!scheme.verify(t.sender(), messages.get(i), t.signature())) {
                    throw new IllegalStateException("a right signature was refused");
                }
                verified++;
            }
        } while (System.nanoTime() < end);
        return verified;
    }
}
