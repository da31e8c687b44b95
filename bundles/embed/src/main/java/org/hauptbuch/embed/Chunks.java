package org.hauptbuch.embed;

import java.util.List;
import java.util.stream.IntStream;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.tx.Transaction;

/** The signatures of transactions in parts that one core verifies together. */
final class Chunks {
    /** Where verifying more together costs little less for each; some milliseconds of work. */
    private static final int SIZE = 250;

    private Chunks() {}

    /** A part of all. */
    interface Work {
        /** Does what is to be done with {@code part}, which is {@code from} in the list and after. On any thread. */
        void accept(int from, List<Transaction> part);
    }

    /** Hands {@code transactions} over part by part; at the same time, where {@code parallel}. */
    static void each(List<Transaction> transactions, boolean parallel, Work work) {
        IntStream parts = IntStream.range(0, (transactions.size() + SIZE - 1) / SIZE);
        (parallel ? parts.parallel() : parts).forEach(part -> {
            int from = part * SIZE;
            work.accept(from, transactions.subList(from, Math.min(transactions.size(), from + SIZE)));
        });
    }

    /** Whether the signature of each is its sender's. */
    static boolean[] verify(SignatureScheme scheme, List<Transaction> transactions) {
        return scheme.verifyAll(transactions.stream()
                .map(t -> new SignedMessage(t.sender(), t.signBytes(), t.signature()))
                .toList());
    }
}
