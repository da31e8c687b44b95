package org.hauptbuch.ledger.slash;

import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** Shows a block to every slashing condition, in the order of their ids. */
public final class Observer {
    private final BlockContext block;
    private final Overlay state;
    private final Punisher punisher;

    /** The observer of {@code block}. */
    public Observer(BlockContext block) {
        this.block = block;
        this.state = block.state();
        this.punisher = new Punisher(block);
    }

    /** Lets every condition see the block, remembers what it wants remembered and punishes what it found. */
    public void observe(BlockFacts facts) {
        for (Map.Entry<String, SlashingRule> condition :
                block.rules().generation().slashing().entrySet()) {
            String id = condition.getKey();
            Observation seen = block.rules().must(id, () -> condition.getValue().observe(block.view(id), facts));
            for (Observation.Remembered entry : seen.memory()) {
                remember(id, entry);
            }
            for (Offence offence : seen.offences()) {
                punish(id, offence);
            }
        }
    }

    private void remember(String id, Observation.Remembered entry) {
        Rules.checkMemory(id, entry.key(), entry.value().map(Bytes::length).orElse(0));
        if (entry.value().isPresent()) {
            state.set(Keys.memory(id, entry.key()), entry.value().get());
        } else {
            state.remove(Keys.memory(id, entry.key()));
        }
    }

    private void punish(String id, Offence offence) {
        if (offence.height() < 1 || offence.height() > block.height()) {
            throw Rules.broken(id, "offence height", offence.height(), "1 to " + block.height());
        }
        Validator offender = state.get(Keys.validator(offence.offender()))
                .orElseThrow(() -> Rules.broken(id, "offender", offence.offender(), "a known validator"));
        if (isMoot(offender, offence)) {
            return;
        }
        punisher.punish(Offences.stamped(id, offence, Optional.empty(), Optional.empty()));
    }

    /**
     * A validator that is out votes no more, but its seat in the set stays until the epoch ends: that its votes are
     * missing is no new offence. One that is out for ever cannot be punished further.
     */
    private static boolean isMoot(Validator offender, Offence offence) {
        return offender.status() == ValidatorStatus.BANNED
                || offender.status() == ValidatorStatus.SLASHED && offence.gravity() == Offence.Gravity.NEGLIGENCE;
    }
}
