package org.hauptbuch.node.block;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;

/**
 * Executes blocks on the last final state and remembers what came out, so that producing, judging and finalizing a
 * block executes it once. Belongs to the loop.
 */
public final class BlockExecutor {
    private static final int MAX_REMEMBERED = 16;

    private final Ledger ledger;
    private final StateReader state;
    private final Metrics metrics;
    private final RuleCalls calls;
    private final Map<Hash, Execution> executed = new LinkedHashMap<>();

    /** An executor on {@code state}. */
    public BlockExecutor(Ledger ledger, StateReader state, Metrics metrics, RuleCalls calls) {
        this.ledger = ledger;
        this.state = state;
        this.metrics = metrics;
        this.calls = calls;
    }

    /** How rules are called. */
    RuleCalls calls() {
        return calls;
    }

    /**
     * Executes a block.
     *
     * @throws org.hauptbuch.api.error.PoSException INVALID_BLOCK where it cannot be executed
     * @throws RuleFailedException where a rule fails
     */
    public Execution execute(BlockContext context, BlockInput input) {
        long begin = System.nanoTime();
        Execution execution =
                calls.askLedger("block " + context.height(), () -> ledger.execute(state, context.rules(), input));
        metrics.add(Metric.EXECUTE_NANOS, System.nanoTime() - begin);
        return execution;
    }

    /** What executing {@code block} gave, if it was executed at this height. */
    public Optional<Execution> remembered(Hash block) {
        return Optional.ofNullable(executed.get(block));
    }

    /** Remembers what executing {@code block} gave. */
    public void remember(Hash block, Execution execution) {
        if (executed.size() >= MAX_REMEMBERED) {
            executed.remove(executed.keySet().iterator().next());
        }
        executed.put(block, execution);
    }

    /** Forgets all: the state has changed. */
    public void clear() {
        executed.clear();
    }
}
