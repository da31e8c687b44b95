package org.hauptbuch.api.plan;

/** What became of a plan. The ordinal is part of the encoding: append only. */
public enum PlanStatus {
    /** Waits for attestations. */
    PROPOSED,
    /** Passed its gate: will become active, unless those who attested it have less than two thirds of the power by then. */
    READY,
    /** Became active. */
    ACTIVE,
    /**
     * Had too little ready stake at its gate, gave way before it to a plan with more, or was for a rule set that was
     * rolled back.
     */
    EXPIRED,
    /** Was taken back by who proposed it. */
    CANCELLED,
    /** Was active, and validators went back to its fallback. */
    ROLLED_BACK;

    /** Whether something may still become of it before it is active. */
    public boolean isPending() {
        return this == PROPOSED || this == READY;
    }
}
