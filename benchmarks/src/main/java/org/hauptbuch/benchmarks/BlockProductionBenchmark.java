package org.hauptbuch.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.embed.ConsensusState;
import org.hauptbuch.embed.PoSConsensus;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.BlockExecutor;
import org.hauptbuch.node.block.BlockProducer;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.PoolLimits;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.EvidencePool;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.TransactionPool;
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

/** A block of 1,000 transfers on a chain of 100 validators. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class BlockProductionBenchmark {
    /** A node's producer with a pool full of verified transactions. */
    @State(Scope.Benchmark)
    public static class Node {
        /** Validators of the chain. */
        @Param("100")
        int validators;

        /** Transactions in the pool, each of another sender, all of which fit into the block. */
        @Param("1000")
        int transactions;

        BlockProducer producer;
        BlockContext context;
        Map<Address, Signer> signers;
        int round;

        /** Fills the pool. */
        @Setup
        public void make() {
            Chain chain = new Chain(validators, transactions, true);
            StateReader state = chain.state();
            LedgerView view = chain.consensus().ledger();
            context = context(chain, view);
            signers = chain.signers();
            Metrics metrics = new Metrics();
            Ledger ledger = new Ledger(new BouncyCastleScheme());
            TransactionPool pool =
                    new TransactionPool(PoolLimits.DEFAULT, context.parameters().gas(), metrics);
            for (Transaction transaction : chain.transfers()) {
                pool.add(PooledTransaction.of(transaction), transaction.nonce());
            }
            producer = new BlockProducer(
                    ledger,
                    state,
                    new BlockExecutor(ledger, state, metrics, RuleCalls.UNLIMITED),
                    pool,
                    new EvidencePool(),
                    unused -> Bytes.EMPTY,
                    metrics);
        }

        private static BlockContext context(Chain chain, LedgerView view) {
            ConsensusState last = chain.consensus().consensusState();
            ChainParameters parameters = view.parameters();
            Generation rules = chain.rules();
            ValidatorSet validators = view.validatorSet();
            long epoch = view.epoch();
            Schedule schedule =
                    rules.selection().prepare(epoch, parameters.firstHeight(epoch), validators, view.seed());
            return new BlockContext(
                    view.chainId(),
                    last.height() + 1,
                    epoch,
                    new Tip(last.height(), last.blockHash(), view.timeMillis(), last.stateRoot()),
                    chain.consensus().certificate(last.height()),
                    view.validatorSetAt(last.height()),
                    Optional.of(rules.finality()),
                    validators,
                    validators.root(),
                    schedule,
                    view.seed(),
                    rules,
                    rules.set().id(),
                    Optional.empty(),
                    parameters,
                    view.delay());
        }
    }

    /** The façade, and transactions that no block holds yet. */
    @State(Scope.Benchmark)
    public static class Facade {
        /** Validators of the chain. */
        @Param("100")
        int validators;

        /** Transactions in a block, each of another sender. */
        @Param("1000")
        int transactions;

        Chain chain;
        PoSConsensus consensus;
        List<Transaction> block;

        /** Makes the chain. */
        @Setup
        public void make() {
            chain = new Chain(validators, transactions, true);
            consensus = chain.consensus();
        }

        /** Signs the next block's transactions. */
        @Setup(Level.Invocation)
        public void sign() {
            block = chain.transfers();
        }
    }

    /**
     * The operation of the specification: from a pool of verified transactions to a block with its state root, as a
     * node's proposer does it. Another round each time, or else the block cache would answer.
     */
    @Benchmark
    public CandidateBlock produce(Node node) {
        BlockContext context = node.context;
        int round = node.round++;
        Address self = ((PublicSchedule) context.schedule()).proposer(context.height(), round);
        Optional<Certificate> last = context.parentCertificate();
        CandidateBlock block = node.producer.produce(
                context,
                last,
                new BlockProducer.Request(
                        round, self, node.signers.get(self), context.parent().timeMillis() + 1));
        if (block.block().transactions().size() != node.transactions) {
            throw new IllegalStateException(
                    "the block holds " + block.block().transactions().size() + " transactions");
        }
        return block;
    }

    /** The same proposal asked for again. */
    @Benchmark
    public CandidateBlock produceCached(Node node) {
        node.round = 0;
        return produce(node);
    }

    /**
     * All that the façade's verb does: 1,000 signatures verified, the block built, 100 validators' 200 votes signed and
     * agreed on, the certificate of 100 signatures verified, everything committed to a store in memory.
     */
    @Benchmark
    public Block produceAndFinalize(Facade facade) {
        return facade.consensus.produceBlock(facade.block);
    }
}
