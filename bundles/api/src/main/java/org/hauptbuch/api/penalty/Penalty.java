package org.hauptbuch.api.penalty;

import org.hauptbuch.api.value.Rate;

/**
 * What an offence costs.
 *
 * @param slash the share of the stake that was liable at the height of the offence
 * @param ban whether the offender is out for ever
 * @param jailEpochs epochs that the offender is jailed, 0 for not at all; of no meaning where it is banned
 * @param reporterShare the share of what was slashed that goes to who reported it; the rest is burned
 */
public record Penalty(Rate slash, boolean ban, long jailEpochs, Rate reporterShare) {
    public Penalty {
        if (jailEpochs < 0 || jailEpochs > 1_000_000) {
            throw new IllegalArgumentException("penalty.jailEpochs: " + jailEpochs + ", must be 0 to 1000000");
        }
    }
}
