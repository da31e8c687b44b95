package org.hauptbuch.ledger.slash;

import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/**
 * Hears evidence: whether it may be heard at all (age, uniqueness, a known offender), then what the slashing condition
 * that handles its type says.
 */
public final class EvidenceCourt {
    private final BlockContext block;
    private final Overlay state;

    /** The court of {@code block}. */
    public EvidenceCourt(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /**
     * The offence that {@code evidence} proves; from now on it is proven only once.
     *
     * @throws PoSException SLASHING_DETECTION_FAILED where it proves none or is too old or too new,
     *     INVALID_VALIDATOR where nobody knows the offender, SLASHING_FAILED where the offence was punished already,
     *     PENALTY_APPLICATION_FAILED where the offender is out for ever already
     */
    public Offence hear(Evidence evidence, Optional<Address> reporter) {
        checkAge(evidence);
        Validator offender = state.get(Keys.validator(evidence.offender()))
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_VALIDATOR, "evidence offender", evidence.offender(), "a known validator"));
        if (state.get(Keys.punished(evidence.height(), evidence.id())).isPresent()) {
            throw new PoSException(PoSError.SLASHING_FAILED, "evidence " + evidence.id() + " was punished already");
        }
        if (offender.status() == ValidatorStatus.BANNED) {
            throw PoSException.outOfRange(
                    PoSError.PENALTY_APPLICATION_FAILED,
                    "status of validator " + offender.id(),
                    offender.status(),
                    "one that can still be punished");
        }
        Offence offence = judged(evidence, reporter);
        var mark = Keys.punished(offence.height(), offence.offender(), offence.condition());
        if (state.get(mark).isPresent()) {
            throw new PoSException(
                    PoSError.SLASHING_FAILED,
                    offence.condition() + " of validator " + offender.id() + " at height " + offence.height()
                            + " was punished already");
        }
        state.set(Keys.punished(evidence.height(), evidence.id()), block.height());
        state.set(mark, block.height());
        return offence;
    }

    /** Too old is what is over both ages, in blocks and in time, as in CometBFT: a halted chain forgives nothing. */
    private void checkAge(Evidence evidence) {
        long height = evidence.height();
        if (height > block.height()) {
            throw PoSException.outOfRange(
                    PoSError.SLASHING_DETECTION_FAILED, "evidence height", height, "1 to " + block.height());
        }
        ChainParameters parameters = block.parameters();
        long oldest = state.the(Keys.HEAD).oldestHeight();
        if (height < oldest) {
            throw PoSException.outOfRange(
                    PoSError.SLASHING_DETECTION_FAILED, "evidence height", height, oldest + " to " + block.height());
        }
        long blocks = block.height() - height;
        long millis = block.timeMillis() - state.the(Keys.time(height));
        if (blocks > parameters.evidenceMaxAgeBlocks() && millis > parameters.evidenceMaxAgeMillis()) {
            throw PoSException.outOfRange(
                    PoSError.SLASHING_DETECTION_FAILED,
                    "evidence age",
                    blocks + " blocks and " + millis + " ms",
                    "at most " + parameters.evidenceMaxAgeBlocks() + " blocks or " + parameters.evidenceMaxAgeMillis()
                            + " ms");
        }
    }

    private Offence judged(Evidence evidence, Optional<Address> reporter) {
        Rules rules = block.rules();
        for (Map.Entry<String, SlashingRule> condition :
                rules.generation().slashing().entrySet()) {
            String id = condition.getKey();
            SlashingRule rule = condition.getValue();
            if (rules.must(id, rule::evidenceTypes).contains(evidence.type())) {
                Offence found = rules.ask(id, () -> rule.judge(block.view(id), evidence, block.scheme()));
                if (!found.offender().equals(evidence.offender()) || found.height() != evidence.height()) {
                    throw Rules.broken(
                            id,
                            "offence",
                            "of " + found.offender() + " at height " + found.height(),
                            "of " + evidence.offender() + " at height " + evidence.height());
                }
                return Offences.stamped(id, found, Optional.of(evidence.id()), reporter);
            }
        }
        throw PoSException.outOfRange(
                PoSError.SLASHING_DETECTION_FAILED,
                "evidence type",
                "'" + evidence.type() + "'",
                "one that a slashing condition of the rule set judges");
    }
}
