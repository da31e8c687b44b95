package org.hauptbuch.node.block;

import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * A consensus rule failed instead of answering. Whether other nodes saw the same cannot be known, so this node halts
 * rather than call a block invalid.
 */
public final class RuleFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RuleFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Runs {@code work} of the ledger, which says CONSENSUS_STATE_UPDATE_FAILED where it cannot go on; every other
     * {@link PoSException} is an answer.
     */
    public static <T> T guardLedger(String what, Supplier<T> work) {
        try {
            return guard(what, work);
        } catch (PoSException e) {
            if (e.error() == PoSError.CONSENSUS_STATE_UPDATE_FAILED) {
                throw new RuleFailedException("a rule failed in " + what + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /**
     * Runs {@code work}, which calls rules. A {@link PoSException} is an answer; all else is a failure, also a missing
     * class: a rule's bundle may go while the rule runs.
     */
    public static <T> T guard(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (PoSException | RuleFailedException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw new RuleFailedException("a rule failed in " + what + ": " + e, e);
        }
    }
}
