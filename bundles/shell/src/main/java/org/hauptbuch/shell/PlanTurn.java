package org.hauptbuch.shell;

import java.time.Duration;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;

/** Waits while a plan that nothing can stop any more is not active yet: a chain has one plan at a time. */
public final class PlanTurn {
    private static final long LOOK_MILLIS = 50;

    /** How many block times a block may take until waiting for it is given up. */
    private static final long PATIENCE = 4;

    private static final Duration LEAST = Duration.ofSeconds(10);

    private final NodeService node;
    private final Pause pause;

    public PlanTurn(NodeService node, Pause pause) {
        this.node = node;
        this.pause = pause;
    }

    /**
     * Returns once no plan is open, or one only that has not its attestations.
     *
     * @param timeout how long to wait at most; as long as the blocks until its activation may take where empty
     * @throws Failure where the plan is still open then
     */
    public void await(Optional<Duration> timeout) throws InterruptedException {
        Optional<PlanRecord> first = settled();
        if (first.isEmpty()) {
            return;
        }
        Duration limit = timeout.orElseGet(() -> untilActive(first.get()));
        long deadline = pause.nanoTime() + limit.toNanos();
        Optional<PlanRecord> open = first;
        while (open.isPresent()) {
            if (pause.nanoTime() >= deadline) {
                throw new Failure("plan " + open.get().plan().id() + " was not active after " + limit.toSeconds()
                        + " s: it becomes active with epoch "
                        + open.get().plan().activationEpoch()
                        + ", and another can be adopted then");
            }
            pause.millis(LOOK_MILLIS);
            open = settled();
        }
    }

    /** The open plan, where it passed its gate or has the attestations to do so. */
    private Optional<PlanRecord> settled() {
        return node.plan()
                .filter(record -> record.status() != PlanStatus.PROPOSED
                        || node.readyPower()
                                >= record.plan()
                                        .leastReady()
                                        .ceilOf(node.validatorSet().totalPower()));
    }

    private Duration untilActive(PlanRecord record) {
        ChainParameters parameters = node.parameters();
        long blocks = Math.max(
                0,
                parameters.firstHeight(record.plan().activationEpoch())
                        - node.status().height());
        return LEAST.plusMillis(PATIENCE * blocks * parameters.blockTimeMillis());
    }
}
