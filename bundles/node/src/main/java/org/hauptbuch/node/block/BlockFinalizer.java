package org.hauptbuch.node.block;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.TransactionPool;
import org.hauptbuch.node.signing.SigningGuard;

/**
 * Makes a block final here: block, certificate, receipts, transaction index, state, tree and the removal of signing
 * records that are no longer needed become durable in one commit or not at all. Belongs to the loop.
 */
public final class BlockFinalizer {
    private final ChainStore chain;
    private final StoredState state;
    private final BlockExecutor executor;
    private final Optional<SigningGuard> guard;
    private final Metrics metrics;

    /** A finalizer into {@code chain}'s store. */
    public BlockFinalizer(
            ChainStore chain,
            StoredState state,
            BlockExecutor executor,
            Optional<SigningGuard> guard,
            Metrics metrics) {
        this.chain = chain;
        this.state = state;
        this.executor = executor;
        this.guard = guard;
        this.metrics = metrics;
    }

    /** Commits {@code candidate}, which was validated and gave {@code execution}. Returns the new tip. */
    public Tip commit(BlockContext context, CandidateBlock candidate, Certificate certificate, Execution execution) {
        long begin = System.nanoTime();
        Batch batch = new Batch();
        if (chain.ruleSet(context.ruleSetId()).isEmpty()) {
            chain.addRuleSet(batch, context.rules().set());
        }
        Tip tip = chain.addBlock(batch, candidate, certificate, execution.receipts(), execution.change());
        chain.addSlashings(batch, context.height(), execution.slashings());
        if (context.parameters().endsEpoch(context.height())) {
            chain.addCheckpoint(batch, tip);
        }
        guard.ifPresent(g -> g.prune(batch, context.height()));
        chain.store().commit(batch);
        state.committed(execution.change());
        executor.clear();
        metrics.add(Metric.COMMIT_NANOS, System.nanoTime() - begin);
        metrics.count(Metric.BLOCKS_FINAL);
        metrics.add(Metric.TRANSACTIONS_FINAL, execution.receipts().size());
        metrics.add(
                Metric.TRANSACTIONS_FAILED,
                execution.receipts().stream().filter(r -> !r.succeeded()).count());
        return tip;
    }

    /** The transactions of {@code block}, for the pool. */
    public static List<TransactionPool.Used> used(CandidateBlock block, Execution execution) {
        return IntStream.range(0, execution.receipts().size())
                .mapToObj(i -> new TransactionPool.Used(
                        execution.receipts().get(i).transaction(),
                        block.block().transactions().get(i)))
                .toList();
    }
}
