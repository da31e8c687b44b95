package org.hauptbuch.api.slashing;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.value.Bytes;

/**
 * What a slashing condition saw in a block.
 *
 * @param offences offences found, punished in this order
 * @param memory what to remember from now on in the rule's own namespace
 */
public record Observation(List<Offence> offences, List<Remembered> memory) {
    /**
     * One entry of a rule's memory.
     *
     * @param key its name, 1 to 128 bytes
     * @param value its new value, at most 65,536 bytes; empty forgets it
     */
    public record Remembered(Bytes key, Optional<Bytes> value) {}

    /** Nothing seen, nothing to remember. */
    public static final Observation NOTHING = new Observation(List.of(), List.of());

    public Observation {
        offences = List.copyOf(offences);
        memory = List.copyOf(memory);
    }
}
