package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Rate;

/**
 * A penalty that was applied: the specification's SlashedValidator and SlashingEvent.
 *
 * @param offence what was punished
 * @param height the block that punished it
 * @param timeMillis that block's time, milliseconds since 1970
 * @param rate the share of the liable stake
 * @param burned units destroyed
 * @param rewarded units paid to the reporter
 * @param banned whether the offender is out for ever
 * @param jailedUntilEpoch the first epoch in which it may unjail; 0 where it was not jailed
 */
public record SlashingEvent(
        Offence offence,
        long height,
        long timeMillis,
        Rate rate,
        long burned,
        long rewarded,
        boolean banned,
        long jailedUntilEpoch) {}
