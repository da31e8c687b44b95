package org.hauptbuch.ledger.block;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * A rule broke its contract: it threw something that is no refusal, or answered outside the range of its interface.
 * Never a property of a transaction or block: the node that meets it stops rather than guesses.
 */
public final class RuleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure of the rule with this id. */
    public RuleFailure(String ruleId, String detail, Throwable cause) {
        super("rule " + ruleId + " failed: " + detail, cause);
    }

    /** As callers of the ledger see it: CONSENSUS_STATE_UPDATE_FAILED, naming the rule. */
    public PoSException asPoSException() {
        return new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, getMessage(), this);
    }
}
