package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.VerifiedSignatures;
import org.junit.jupiter.api.Test;

class TransactionIntakeTest {
    private final Threads threads = new Threads();
    private final Counting scheme = new Counting();
    private final Metrics metrics = new Metrics();
    private final VerifiedSignatures verified = new VerifiedSignatures(scheme, metrics);
    private final TransactionIntake intake = new TransactionIntake(threads, verified, 0);
    private final TransactionIntake patient = new TransactionIntake(threads, verified, 40);
    private final List<String> answers = new ArrayList<>();

    @Test
    void oneThatComesAloneWaitsForNobody() {
        arrive("a", good(0));
        assertEquals(1, threads.works.size());
        threads.runAll();
        assertEquals(List.of("a 1"), answers);
    }

    @Test
    void whatArrivesMeanwhileIsVerifiedTogether() {
        arrive("a", good(0));
        arrive("b", good(1));
        arrive("c", good(2), good(3));
        arrive("d", good(4));
        assertEquals(1, threads.works.size());
        threads.runAll();
        assertEquals(List.of(1, 4), scheme.batches);
        assertEquals(List.of("a 1", "b 1", "c 2", "d 1"), answers);
    }

    @Test
    void aFullBatchNeedsNotWait() {
        arrive("a", good(0));
        arrive("b", good(1));
        arrive("c", Collections.nCopies(249, good(2)).toArray(Transaction[]::new));
        assertEquals(2, threads.works.size());
        arrive("d", good(3));
        assertEquals(2, threads.works.size());
        threads.runAll();
        assertEquals(List.of("a 1", "b 1", "c 249", "d 1"), answers);
        assertEquals(List.of(1, 2, 1), scheme.batches, "each signature once");
    }

    @Test
    void withPatienceABatchIsWhatArrivesInTheTimeOrAFullOne() {
        arrive(patient, "a", good(0));
        arrive(patient, "b", good(1));
        assertEquals(0, threads.works.size());
        assertEquals(List.of(40L), threads.delays, "one timer for both");
        threads.timers.remove().run();
        threads.runAll();
        assertEquals(List.of("a 1", "b 1"), answers);
        arrive(patient, "c", good(2));
        arrive(patient, "d", Collections.nCopies(249, good(3)).toArray(Transaction[]::new));
        assertEquals(1, threads.works.size(), "full");
        threads.runAll();
        threads.timers.remove().run();
        assertEquals(0, threads.works.size(), "nothing is left");
        assertEquals(List.of(2, 2), scheme.batches);
        assertEquals(List.of("a 1", "b 1", "c 1", "d 249"), answers);
    }

    @Test
    void aWrongSignatureRefusesOnlyWhatItCameWith() {
        arrive("a", good(0));
        arrive("b", good(1), good(2));
        arrive("c", good(3), forged(4), good(5));
        arrive("d", good(6));
        threads.runAll();
        assertEquals(4, answers.size());
        assertEquals("b 2", answers.get(1));
        assertTrue(
                answers.get(2).contains("signature of transaction " + forged(4).id()), answers.get(2));
        assertEquals("d 1", answers.get(3));
    }

    @Test
    void whatCannotBeDecodedRefusesOnlyItself() {
        arrive("a", good(0));
        arrive("b", good(1));
        intake.verify(1, () -> List.of(PooledTransaction.decode(Bytes.of(new byte[3]))), answer("c"));
        threads.runAll();
        assertEquals(List.of("a 1", "b 1"), answers.subList(0, 2));
        assertTrue(answers.get(2).startsWith("c PoSException"), answers.get(2));
    }

    @Test
    void aSignatureIsVerifiedOnceWhileItIsRightAndEachTimeWhileItIsWrong() {
        arrive("a", good(0), forged(1));
        threads.runAll();
        arrive("b", good(0), forged(1));
        threads.runAll();
        assertEquals(List.of(2, 1), scheme.batches);
        assertEquals(3, metrics.value(Metric.TRANSACTION_SIGNATURES_VERIFIED));
        assertEquals(1, metrics.value(Metric.TRANSACTION_SIGNATURES_KNOWN));
    }

    @Test
    void anAnswerThatFailsKeepsNobodyElseWaiting() {
        arrive("a", good(0));
        intake.verify(1, () -> List.of(PooledTransaction.of(good(1))), result -> {
            throw new IllegalStateException("a rule failed");
        });
        arrive("b", good(2));
        threads.run();
        arrive("c", good(3));
        assertThrows(IllegalStateException.class, threads::run);
        threads.runAll();
        assertEquals(List.of("a 1", "b 1", "c 1"), answers);
    }

    @Test
    void whoWaitsHearsThatTheNodeStops() {
        threads.stopping = true;
        arrive("a", good(0));
        arrive("b", good(1));
        threads.runAll();
        assertEquals(List.of("a IllegalStateException: stopping", "b IllegalStateException: stopping"), answers);
    }

    private void arrive(String name, Transaction... transactions) {
        arrive(intake, name, transactions);
    }

    private void arrive(TransactionIntake to, String name, Transaction... transactions) {
        to.verify(
                transactions.length,
                () -> List.of(transactions).stream().map(PooledTransaction::of).toList(),
                answer(name));
    }

    private Consumer<Result<List<PooledTransaction>>> answer(String name) {
        return result -> answers.add(name + " "
                + (result.failure() == null
                        ? result.value().size()
                        : result.failure().getClass().getSimpleName() + ": "
                                + result.failure().getMessage()));
    }

    private static Transaction good(long nonce) {
        return TestChain.transfer("alice", "bob", 1, nonce);
    }

    private static Transaction forged(long nonce) {
        return good(nonce).signed(good(nonce + 1).signature());
    }

    /** Does work when it is told to. */
    private static final class Threads implements Environment {
        private final Deque<Runnable> works = new ArrayDeque<>();
        private final Deque<Runnable> timers = new ArrayDeque<>();
        private final List<Long> delays = new ArrayList<>();
        private boolean stopping;

        void run() {
            works.remove().run();
        }

        void runAll() {
            while (!works.isEmpty()) {
                run();
            }
        }

        @Override
        public <T> void verify(Callable<T> work, Consumer<Result<T>> then) {
            works.add(() ->
                    then.accept(stopping ? Result.failed(new IllegalStateException("stopping")) : Result.of(work)));
        }

        @Override
        public long wallMillis() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nanoTime() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Cancellable arm(long delayMillis, Runnable task) {
            delays.add(delayMillis);
            timers.add(task);
            return () -> timers.remove(task);
        }

        @Override
        public void post(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(String peer, Bytes message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void broadcast(Bytes message) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Counting implements SignatureScheme {
        private final List<Integer> batches = new ArrayList<>();

        @Override
        public boolean[] verifyAll(List<SignedMessage> batch) {
            batches.add(batch.size());
            boolean[] right = new boolean[batch.size()];
            IntStream.range(0, right.length)
                    .forEach(i -> right[i] = verify(
                            batch.get(i).key(),
                            batch.get(i).message(),
                            batch.get(i).signature()));
            return right;
        }

        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return TestChain.SCHEME.verify(key, message, signature);
        }

        @Override
        public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
            return TestChain.SCHEME.proofOutput(key, alpha, proof);
        }

        @Override
        public Signer signer(KeyType type, Bytes secret) {
            return TestChain.SCHEME.signer(type, secret);
        }

        @Override
        public Bytes newSecret(KeyType type) {
            return TestChain.SCHEME.newSecret(type);
        }
    }
}
