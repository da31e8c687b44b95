package org.hauptbuch.ledger;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * A rule broke its contract: it threw something that is no refusal, or answered outside the range of its interface.
 * Never a property of a transaction or block: the node that meets it stops rather than guesses. Callers of the ledger
 * find it as the cause of a {@link PoSException} with {@link PoSError#CONSENSUS_STATE_UPDATE_FAILED}.
 */
public final class RuleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String ruleId;
    private final String detail;

    /** A failure of the rule with this id. */
    public RuleFailure(String ruleId, String detail, Throwable cause) {
        super("rule " + ruleId + " failed: " + detail, cause);
        this.ruleId = ruleId;
        this.detail = detail;
    }

    /** The rule that failed. */
    public String ruleId() {
        return ruleId;
    }

    /** What it threw or answered. */
    public String detail() {
        return detail;
    }

    /** As callers of the ledger see it: CONSENSUS_STATE_UPDATE_FAILED, naming the rule. */
    public PoSException asPoSException() {
        return new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, getMessage(), this);
    }
}
