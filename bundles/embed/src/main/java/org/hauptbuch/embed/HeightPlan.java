package org.hauptbuch.embed;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

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
 * @param seed the randomness of its epoch
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
        Hash seed,
        Generation generation) {
    long height() {
        return parent.height() + 1;
    }

    /**
     * The member that alone may propose in {@code round}; empty where it is drawn in private. Refuses a selection rule
     * that names somebody else or fails.
     */
    Optional<ValidatorSet.Member> proposer(int round) {
        if (!(schedule instanceof PublicSchedule known)) {
            return Optional.empty();
        }
        Address proposer = ask(round, () -> known.proposer(height(), round));
        return Optional.of(validators
                .member(proposer)
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.VALIDATOR_SELECTION_FAILED,
                        "the proposer of height " + height() + " round " + round,
                        proposer,
                        "one of the " + validators.size() + " validators of epoch " + epoch)));
    }

    /** What the proposer of {@code round} proves, and what a draw is. */
    Bytes reveal(int round) {
        return BlockHeader.revealBytes(chainId, seed, height(), round);
    }

    /** With what rank {@code validator} may propose in {@code round}, given what its proof of that round gives. */
    OptionalLong rank(int round, Address validator, Bytes output) {
        return ask(round, () -> schedule.rank(height(), round, validator, output));
    }

    private <T> T ask(int round, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            // foreign code: whatever a selection rule throws
            throw new PoSException(
                    PoSError.VALIDATOR_SELECTION_FAILED,
                    "height " + height() + " round " + round + ": no proposer: " + e.getMessage(),
                    e);
        }
    }
}
