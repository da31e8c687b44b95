package org.hauptbuch.embed;

import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;

/**
 * All that is fixed about the next block before anybody builds it.
 *
 * @param chainId the chain
 * @param parameters its parameters
 * @param parent the last final block
 * @param lastCertificate what made it final; empty where the next block is the first
 * @param epoch the epoch of the next block
 * @param validators who votes on it
 * @param schedule who proposes it
 * @param generation the rules that judge it
 */
record HeightPlan(
        String chainId,
        ChainParameters parameters,
        Tip parent,
        Optional<Certificate> lastCertificate,
        long epoch,
        ValidatorSet validators,
        Schedule schedule,
        Generation generation) {
    long height() {
        return parent.height() + 1;
    }

    /** The member that proposes in {@code round}. Refuses a selection rule that names somebody else or fails. */
    ValidatorSet.Member proposer(int round) {
        Address proposer;
        try {
            proposer = schedule.proposer(height(), round);
        } catch (RuntimeException e) {
            // foreign code: whatever a selection rule throws
            throw new PoSException(
                    PoSError.VALIDATOR_SELECTION_FAILED,
                    "height " + height() + " round " + round + ": no proposer: " + e.getMessage(),
                    e);
        }
        return validators
                .member(proposer)
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.VALIDATOR_SELECTION_FAILED,
                        "the proposer of height " + height() + " round " + round,
                        proposer,
                        "one of the " + validators.size() + " validators of epoch " + epoch));
    }
}
