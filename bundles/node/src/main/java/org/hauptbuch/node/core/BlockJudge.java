package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.BlockValidator;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;

/** Runs the three steps of the {@link BlockValidator}, the second of them off the loop. */
final class BlockJudge {
    private final BlockValidator validator;
    private final Environment environment;
    private final Metrics metrics;

    /**
     * What is to be judged.
     *
     * @param context what decides it
     * @param block the block
     * @param trusted the parent's certificate as this node has verified it
     * @param wallMillis this node's clock; empty for a block that is final already
     */
    record Case(BlockContext context, CandidateBlock block, Optional<Certificate> trusted, OptionalLong wallMillis) {}

    BlockJudge(BlockValidator validator, Environment environment, Metrics metrics) {
        this.validator = validator;
        this.environment = environment;
        this.metrics = metrics;
    }

    /**
     * Hands the execution, or the {@link PoSException} that refuses the block, to {@code then}, unless {@code live} says
     * no by then. What is not an answer (a rule that failed) is thrown on the loop.
     */
    void judge(Case matter, BooleanSupplier live, Consumer<Result<Execution>> then) {
        try {
            validator.checkStructure(matter.context, matter.block, matter.wallMillis);
        } catch (PoSException refused) {
            refuse(refused, then);
            return;
        }
        List<Callable<Void>> tasks = validator.signatureTasks(matter.context, matter.block.block(), matter.trusted);
        new Pending(tasks.size(), matter, live, then).start(tasks);
    }

    private void refuse(PoSException refused, Consumer<Result<Execution>> then) {
        metrics.count(Metric.BLOCKS_REFUSED);
        then.accept(Result.failed(refused));
    }

    private final class Pending {
        private final Case matter;
        private final BooleanSupplier live;
        private final Consumer<Result<Execution>> then;
        private int left;
        private Exception failure;

        private Pending(int tasks, Case matter, BooleanSupplier live, Consumer<Result<Execution>> then) {
            this.left = tasks;
            this.matter = matter;
            this.live = live;
            this.then = then;
        }

        private void start(List<Callable<Void>> tasks) {
            tasks.forEach(task -> environment.verify(task, this::done));
        }

        private void done(Result<Void> result) {
            left--;
            if (failure == null) {
                failure = result.failure();
            }
            if (left == 0 && live.getAsBoolean()) {
                conclude();
            }
        }

        private void conclude() {
            if (failure instanceof PoSException refused) {
                refuse(refused, then);
                return;
            }
            if (failure != null) {
                Result.failed(failure).get();
            }
            Execution execution;
            try {
                execution = validator.checkExecution(matter.context, matter.block);
            } catch (PoSException refused) {
                refuse(refused, then);
                return;
            }
            then.accept(Result.of(execution));
        }
    }
}
