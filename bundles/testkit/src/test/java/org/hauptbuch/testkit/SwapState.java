package org.hauptbuch.testkit;

/** The states of a change, in the order in which it comes to them. */
enum SwapState {
    STAGED,
    PROPOSED,
    ATTESTED,
    PAST_THE_GATE,
    FETCHING_A_JAR,
    HALTED_WITHOUT_THE_JAR,
    IN_THE_COMMIT_BEFORE_THE_SWITCH,
    AFTER_THE_COMMIT_BEFORE_THE_SWITCH,
    SWITCHED_AND_NOTHING_SIGNED,
    IN_THE_RECORD_OF_THE_FIRST_SIGNATURE,
    PROPOSAL_SIGNED,
    FIRST_VOTE_SIGNED,
    DECIDING_VOTE_SIGNED,
    FIRST_BLOCK_COMMITTED,
    RULE_FAILED,
    IN_THE_RECORD_OF_A_VOTE_TO_GO_BACK,
    VOTED_TO_GO_BACK,
    GONE_BACK_AND_NOTHING_SIGNED,
    PROPOSAL_SIGNED_AFTER_GOING_BACK,
    DECIDING_VOTE_SIGNED_AFTER_GOING_BACK,
    ROLLED_BACK;

    /** Whether it is a state of a change to a rule that fails. */
    boolean fails() {
        return compareTo(RULE_FAILED) >= 0;
    }

    /** Whether the end comes within a commit, or between it and whatever follows. */
    boolean isPowerCut() {
        return name().startsWith("IN_THE") || this == AFTER_THE_COMMIT_BEFORE_THE_SWITCH;
    }

    /** Whether the node that ends gets the jar late. */
    boolean lacksJar() {
        return this == FETCHING_A_JAR || this == HALTED_WITHOUT_THE_JAR;
    }
}
