package org.hauptbuch.embed;

import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.LedgerView;

/**
 * Judges evidence by the slashing conditions of the chain's rule set, and punishes what it proves, in a final block.
 * Thread-safe.
 */
public final class SlashingSystem {
    private final PoSConsensus consensus;
    private volatile boolean started;

    /** The slashing of {@code consensus}, not started yet. */
    public SlashingSystem(PoSConsensus consensus) {
        this.consensus = consensus;
    }

    /** Begins to take evidence. @throws PoSException SLASHING_FAILED where the consensus is not started */
    public void startSlashing() {
        if (!consensus.isStarted()) {
            throw new PoSException(PoSError.SLASHING_FAILED, "consensus is not started, must be before its slashing");
        }
        started = true;
    }

    /**
     * Punishes {@code validator} where {@code evidence} proves that it offended: the evidence is in a final block and
     * the penalty is applied when this returns {@code true}.
     *
     * @return {@code false} where no slashing condition of the chain is about evidence of this type
     * @throws PoSException SLASHING_DETECTION_FAILED where the evidence is against another validator, malformed, forged,
     *     too old, or proves no offence; INVALID_VALIDATOR where nobody registered the offender; SLASHING_FAILED where
     *     slashing is not started, or the offence was punished already; PENALTY_APPLICATION_FAILED where the offender is
     *     banned already, or the block that was to apply the penalty cannot be built
     */
    public boolean detectSlashing(ValidatorHandle validator, Evidence evidence) {
        if (!started) {
            throw new PoSException(PoSError.SLASHING_FAILED, "the slashing system is not started, must be started");
        }
        if (!evidence.offender().equals(validator.address())) {
            throw PoSException.outOfRange(
                    PoSError.SLASHING_DETECTION_FAILED,
                    "evidence.offender",
                    evidence.offender(),
                    "against " + validator.address());
        }
        return consensus.slash(evidence);
    }

    /** Who was punished so far, and by what, as far back as {@link LedgerView#slashings} goes. */
    public SlashingState slashingState() {
        LedgerView view = consensus.ledger();
        long total = 0;
        for (Validator validator : view.validators()) {
            total = Amounts.add(total, validator.metrics().slashed());
        }
        return new SlashingState(
                view.validators().stream().filter(SlashingSystem::isPunished).toList(), view.slashings(), total);
    }

    private static boolean isPunished(Validator validator) {
        return validator.status() == ValidatorStatus.SLASHED || validator.status() == ValidatorStatus.BANNED;
    }
}
