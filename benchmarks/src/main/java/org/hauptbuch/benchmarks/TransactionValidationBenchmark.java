package org.hauptbuch.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.embed.PoSConsensus;
import org.hauptbuch.embed.ValidationResult;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.ledger.TransactionChecks;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.VerifiedSignatures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A block's transactions: signature, envelope, and whether each would succeed on the state. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class TransactionValidationBenchmark {
    /** The transactions of a block and the chain that they are for. */
    @State(Scope.Benchmark)
    public static class Block {
        /** Validators of the chain. */
        @Param("100")
        int validators;

        /** Transactions in the block, each of another sender. */
        @Param("1000")
        int transactions;

        /** Whether all cores work. */
        @Param({"true", "false"})
        boolean parallel;

        Chain chain;
        List<Transaction> block;

        /** Makes the chain and signs the transactions. */
        @Setup
        public void make() {
            chain = new Chain(validators, transactions, parallel);
            block = chain.transfers();
        }
    }

    /** A façade that has not seen the transactions, on a scheme that has seen the keys: senders of every day. */
    @State(Scope.Benchmark)
    public static class Fresh {
        final SignatureScheme scheme = new BouncyCastleScheme();
        PoSConsensus consensus;

        /** Opens it. */
        @Setup(Level.Invocation)
        public void open(Block block) {
            consensus = block.chain.open(scheme);
        }
    }

    /** As {@link Fresh}, on a scheme that knows no batches. */
    @State(Scope.Benchmark)
    public static class FreshOneByOne {
        final SignatureScheme scheme = new OneByOne(new BouncyCastleScheme());
        PoSConsensus consensus;

        /** Opens it. */
        @Setup(Level.Invocation)
        public void open(Block block) {
            consensus = block.chain.open(scheme);
        }
    }

    /** As {@link Fresh}, on a scheme that has not seen the keys either. */
    @State(Scope.Benchmark)
    public static class FreshKeys {
        PoSConsensus consensus;

        /** Opens it. */
        @Setup(Level.Invocation)
        public void open(Block block) {
            consensus = block.chain.open(new BouncyCastleScheme());
        }
    }

    /** The state and the rules, without signatures. */
    @State(Scope.Benchmark)
    public static class Stateful {
        final Ledger ledger = new Ledger(new BouncyCastleScheme());
        StateReader state;
        Generation rules;
        long height;
        long timeMillis;

        /** Reads where the chain stands. */
        @Setup
        public void read(Block block) {
            state = block.chain.state();
            rules = block.chain.rules();
            height = block.chain.consensus().consensusState().height() + 1;
            timeMillis = block.chain.consensus().ledger().timeMillis() + 1;
        }
    }

    /** What a node remembers of a block's transactions when the block comes: it verified each for its pool. */
    @State(Scope.Benchmark)
    public static class Pooled {
        final VerifiedSignatures verified = new VerifiedSignatures(new BouncyCastleScheme(), new Metrics());

        /** Verifies them. */
        @Setup
        public void verify(Block block) {
            requireRight(verified, block.block);
        }
    }

    /** The block's transactions as a peer sends them, decoded: nobody has asked for their ids or senders yet. */
    @State(Scope.Benchmark)
    public static class Received {
        List<Transaction> block;

        /** Makes them anew. */
        @Setup(Level.Invocation)
        public void receive(Block block) {
            this.block = block.block.stream()
                    .map(transaction -> Transaction.decode(transaction.encode()))
                    .toList();
        }
    }

    private record OneByOne(SignatureScheme scheme) implements SignatureScheme {
        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return scheme.verify(key, message, signature);
        }

        @Override
        public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
            return scheme.proofOutput(key, alpha, proof);
        }

        @Override
        public Signer signer(KeyType type, Bytes secret) {
            return scheme.signer(type, secret);
        }

        @Override
        public Bytes newSecret(KeyType type) {
            return scheme.newSecret(type);
        }
    }

    /** One signed transfer. */
    @State(Scope.Benchmark)
    public static class Yardstick {
        final SignatureScheme scheme = new BouncyCastleScheme();
        Transaction transaction;
        Bytes message;

        /** Signs it. */
        @Setup
        public void sign() {
            transaction = new Chain(1, 2, false).transfers().get(0);
            message = transaction.signBytes();
        }
    }

    /** The operation of the specification: a block's transactions, none seen before, verified in batches. */
    @Benchmark
    public List<ValidationResult> validate(Block block, Fresh fresh) {
        return checked(fresh.consensus.parallelValidateTransactions(block.block));
    }

    /** The same with each signature verified by itself. */
    @Benchmark
    public List<ValidationResult> validateOneByOne(Block block, FreshOneByOne fresh) {
        return checked(fresh.consensus.parallelValidateTransactions(block.block));
    }

    /**
     * What a running node does when a block comes: every signature was verified when its transaction entered the pool,
     * and is looked up by the transaction's id. On one core.
     */
    @Benchmark
    public void validatePooled(Received received, Pooled pooled, Stateful stateful, Blackhole seen) {
        requireRight(pooled.verified, received.block);
        check(received.block, stateful, seen);
    }

    /** What is prepared before each of these: the memory and CPU time that are measured beside the clock include it. */
    @Benchmark
    public List<Transaction> receive(Received received) {
        return received.block;
    }

    /** The same where every sender is new: each key is decoded once more. */
    @Benchmark
    public List<ValidationResult> validateNewSenders(Block block, FreshKeys fresh) {
        return checked(fresh.consensus.parallelValidateTransactions(block.block));
    }

    /** What is prepared before each of these: the memory and CPU time that are measured beside the clock include it. */
    @Benchmark
    public PoSConsensus prepare(Block block, Fresh fresh) {
        return block.chain.open(fresh.scheme);
    }

    /** The part that is not signatures, on one core. */
    @Benchmark
    public void statefulPart(Block block, Stateful stateful, Blackhole seen) {
        check(block.block, stateful, seen);
    }

    /**
     * The yardstick: one signature on one core, of a sender that was seen before. A machine can do no better than this
     * times the number of transactions, divided by its cores.
     */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public boolean oneSignature(Yardstick yardstick) {
        return yardstick.scheme.verify(
                yardstick.transaction.sender(), yardstick.message, yardstick.transaction.signature());
    }

    private static void requireRight(VerifiedSignatures verified, List<Transaction> transactions) {
        if (!verified.wrong(transactions).isEmpty()) {
            throw new IllegalStateException("a signature is refused");
        }
    }

    private static void check(List<Transaction> transactions, Stateful stateful, Blackhole seen) {
        TransactionChecks checks =
                stateful.ledger.checks(stateful.state, stateful.rules, stateful.height, stateful.timeMillis);
        for (Transaction transaction : transactions) {
            checks.check(transaction);
            seen.consume(transaction);
        }
    }

    private static List<ValidationResult> checked(List<ValidationResult> results) {
        if (!results.stream().allMatch(ValidationResult::isValid)) {
            throw new IllegalStateException("a transaction is refused: " + results);
        }
        return results;
    }
}
