package org.hauptbuch.rules;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Hash;

/**
 * Tests the rules of a set that need not be active. Each rule is asked what it is known to answer and what nobody asked
 * it before; each question four times, once with its inputs shuffled and once to a rule that was made anew. All answers
 * have to be the same, and go into a digest that is the same on every machine. Thread-safe.
 *
 * <p>The rules run on a thread of their own and within a budget. A thread cannot be ended from outside: one that does
 * not come back is left behind, as a daemon that keeps its class loader, and the same set is not tested again while it
 * runs.
 */
public final class SelfTest {
    /**
     * What all questions to a set may take of a processor's time: several times what sound rules need while nothing of
     * them is compiled yet. Time on the wall would fail sound rules on a machine that is busy.
     */
    public static final Duration BUDGET = Duration.ofSeconds(5);

    /** Who waits for something instead uses no processor: on the wall, the whole may take so many times the budget. */
    private static final int PATIENCE = 10;

    private static final long LOOK_MILLIS = 50;

    private final RuleCatalogue catalogue;
    private final Duration budget;
    private final Map<Hash, Thread> stuck = new ConcurrentHashMap<>();

    /** Tests what is in {@code catalogue}, within {@link #BUDGET}. */
    public SelfTest(RuleCatalogue catalogue) {
        this(catalogue, BUDGET);
    }

    /** Tests what is in {@code catalogue}, within {@code budget} of processor time for each set. */
    public SelfTest(RuleCatalogue catalogue, Duration budget) {
        this.catalogue = catalogue;
        this.budget = budget;
    }

    /**
     * Runs every test of {@code set}. Nothing is published and nothing of the rules is kept.
     *
     * @return with a digest of zero where the rules did not come back
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where code is missing, naming each, and where the caller was
     *     interrupted
     */
    public SelfTestReport run(RuleSet set) {
        catalogue.requireAll(set);
        Hash id = set.id();
        stuck.values().removeIf(thread -> !thread.isAlive());
        if (stuck.containsKey(id)) {
            return unfinished(
                    id,
                    "an earlier self-test of this rule set has not come back yet; restart this node to"
                            + " be rid of its thread");
        }
        Examination examination = new Examination(catalogue, set);
        FutureTask<SelfTestReport> task = new FutureTask<>(examination::run);
        // without the caller's thread locals and class loader: a thread that is left behind keeps nothing of it
        Thread thread = new Thread(null, task, "hauptbuch-self-test-" + id.shortHex(), 0, false);
        thread.setContextClassLoader(SelfTest.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
        try {
            if (await(task, thread)) {
                return task.get();
            }
            // before the interrupt, which may send it on to the next question
            String asking = examination.asking();
            thread.interrupt();
            stuck.put(id, thread);
            return unfinished(
                    id,
                    asking + ": has not answered within the " + budget.toMillis()
                            + " ms that the whole self-test may take; its thread is left behind with its class loader");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "self-test of rule set " + id.shortHex() + " was interrupted",
                    e);
        } catch (ExecutionException e) {
            return unfinished(
                    id, examination.asking() + ": " + OneLine.of(e.getCause().getClass() + " got out of it"));
        }
    }

    /** Whether the task ended within the budget. */
    private boolean await(FutureTask<?> task, Thread thread) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = System.nanoTime();
        long used = 0;
        while (used < budget.toNanos() && System.nanoTime() - begun < PATIENCE * budget.toNanos()) {
            thread.join(LOOK_MILLIS);
            if (task.isDone()) {
                return true;
            }
            used = threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.getId()) : used;
        }
        return task.isDone();
    }

    private static SelfTestReport unfinished(Hash id, String problem) {
        return new SelfTestReport(id, Hash.ZERO, 0, List.of(problem));
    }
}
