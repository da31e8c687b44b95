package org.hauptbuch.node.core;

import java.util.function.BooleanSupplier;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator that a node halted and why. Belongs to the loop. */
final class HaltAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(HaltAlarm.class);

    private static final long RULES_PATIENCE_MILLIS = 5_000;

    private final String name;
    private final Environment environment;
    private final Metrics metrics;

    HaltAlarm(String name, Environment environment, Metrics metrics) {
        this.name = name;
        this.environment = environment;
        this.metrics = metrics;
    }

    /**
     * Counts the halt and writes one line.
     *
     * @param height the height that is not begun
     * @param why what is wrong
     * @param forRules whether it ends by itself when rules are there
     * @param starting whether rules may be about to come, in a container that is starting too: then it waits a moment
     * @param lasts whether the node still halts for that
     */
    void raise(long height, String why, boolean forRules, boolean starting, BooleanSupplier lasts) {
        if (starting) {
            environment.arm(RULES_PATIENCE_MILLIS, () -> {
                if (lasts.getAsBoolean()) {
                    raise(height, why, forRules, false, lasts);
                }
            });
            return;
        }
        metrics.count(Metric.HALTS);
        LOG.error(
                "{}: halted before height {}, signs and executes nothing: {}{}",
                name,
                height,
                why,
                forRules ? "; goes on by itself when it is there" : "");
    }
}
