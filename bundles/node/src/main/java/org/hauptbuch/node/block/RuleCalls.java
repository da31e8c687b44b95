package org.hauptbuch.node.block;

import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;

/**
 * The one way in which a node calls rules: a {@link PoSException} is an answer, all else that comes out of a rule is a
 * {@link RuleFailedException}, and so is a call that takes too long. Thread-safe.
 */
public final class RuleCalls {
    /** Calls that may take as long as they like: for a simulation, where a rule that never answers ends the test. */
    public static final RuleCalls UNLIMITED = new RuleCalls(Supplier::get);

    private final Limit limit;

    /** Runs calls for so long. */
    @FunctionalInterface
    public interface Limit {
        /** Runs {@code work}, on this thread or another, and waits for it. @throws RuleOverrun where it takes too long */
        <T> T run(Supplier<T> work);
    }

    /** Calls within {@code limit}. */
    public RuleCalls(Limit limit) {
        this.limit = limit;
    }

    /** What {@code work}, which calls rules of several kinds, answers. @throws RuleFailedException where one fails */
    public <T> T ask(String what, Supplier<T> work) {
        return ask(null, what, work);
    }

    /** What {@code work}, which calls the one rule of {@code kind}, answers. @throws RuleFailedException where it fails */
    public <T> T ask(RuleKind kind, String what, Supplier<T> work) {
        try {
            return limit.run(work);
        } catch (PoSException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            // a missing class too: a rule's bundle may go while the rule runs
            throw new RuleFailedException(what, kind, e);
        }
    }

    /** As {@link #ask} of the ledger, which says CONSENSUS_STATE_UPDATE_FAILED where it cannot go on. */
    public <T> T askLedger(String what, Supplier<T> work) {
        try {
            return ask(what, work);
        } catch (PoSException e) {
            if (e.error() == PoSError.CONSENSUS_STATE_UPDATE_FAILED) {
                throw new RuleFailedException(what, null, e);
            }
            throw e;
        }
    }
}
