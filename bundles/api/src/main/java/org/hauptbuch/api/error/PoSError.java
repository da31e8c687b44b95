package org.hauptbuch.api.error;

/** The errors of the specification (section "Error Handling"), with its names and texts. */
public enum PoSError {
    INVALID_VALIDATOR("Invalid validator"),
    INVALID_STAKE("Invalid stake"),
    INSUFFICIENT_STAKE("Insufficient stake"),
    INVALID_BLOCK("Invalid block"),
    INVALID_TRANSACTION("Invalid transaction"),
    SLASHING_DETECTION_FAILED("Slashing detection failed"),
    SECURITY_VALIDATION_FAILED("Security validation failed"),
    INVALID_VALIDATOR_STATUS("Invalid validator status"),
    BLOCK_SECURITY_VALIDATION_FAILED("Block security validation failed"),
    VALIDATOR_SELECTION_FAILED("Validator selection failed"),
    BLOCK_PRODUCTION_FAILED("Block production failed"),
    TRANSACTION_VALIDATION_FAILED("Transaction validation failed"),
    STAKING_FAILED("Staking failed"),
    DELEGATION_FAILED("Delegation failed"),
    SLASHING_FAILED("Slashing failed"),
    PENALTY_APPLICATION_FAILED("Penalty application failed"),
    BLOCK_FINALIZATION_FAILED("Block finalization failed"),
    CONSENSUS_STATE_UPDATE_FAILED("Consensus state update failed");

    private final String text;

    PoSError(String text) {
        this.text = text;
    }

    /** The specification's text. */
    public String text() {
        return text;
    }
}
