package org.hauptbuch.api.selection;

import java.util.OptionalLong;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** A schedule that everybody knows in advance: one proposer for each round. */
@ConsumerType
@FunctionalInterface
public non-sealed interface PublicSchedule extends Schedule {
    /**
     * The proposer of a round.
     *
     * @param height a height of the epoch that the schedule was prepared for
     * @param round 0 or more
     */
    Address proposer(long height, int round);

    @Override
    default OptionalLong rank(long height, int round, Address validator, Bytes output) {
        return proposer(height, round).equals(validator) ? OptionalLong.of(0) : OptionalLong.empty();
    }
}
