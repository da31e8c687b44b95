package org.hauptbuch.embed;

import java.util.List;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;

/**
 * Who was punished on the chain.
 *
 * @param slashedValidators the validators that are jailed or banned, by ascending address
 * @param slashingEvents the penalties that the chain remembers, oldest first
 * @param totalSlashed units that these penalties took, burned or paid to reporters
 */
public record SlashingState(List<Validator> slashedValidators, List<SlashingEvent> slashingEvents, long totalSlashed) {
    public SlashingState {
        slashedValidators = List.copyOf(slashedValidators);
        slashingEvents = List.copyOf(slashingEvents);
    }
}
