package org.hauptbuch.api.selection;

import org.hauptbuch.api.value.Address;
import org.osgi.annotation.versioning.ConsumerType;

/** Who proposes when, within one epoch. Immutable, and the same on every node. */
@ConsumerType
public interface Schedule {
    /**
     * The proposer of a round.
     *
     * @param height a height of the epoch that the schedule was prepared for
     * @param round 0 or more
     */
    Address proposer(long height, int round);
}
