package org.hauptbuch.slashing.downtime;

import java.util.Set;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/**
 * What {@link DowntimeSlashing} is configured with.
 *
 * @param window parameter {@code window}: the blocks that are looked back on, 1 to 100,000, default 100
 * @param minSigned parameter {@code minSigned}: the share of them that a validator has to sign, 0% (never an offence) to
 *     100% (every miss is one), default 50%
 */
record DowntimeSlashingParameters(int window, Rate minSigned) {
    private static final String WINDOW = "window";
    private static final String MIN_SIGNED = "minSigned";

    static DowntimeSlashingParameters from(Parameters parameters) {
        parameters.only(Set.of(WINDOW, MIN_SIGNED));
        return new DowntimeSlashingParameters(
                (int) parameters.whole(WINDOW, 100, 1, 100_000), parameters.rate(MIN_SIGNED, new Rate(500_000)));
    }

    /** The most blocks of a window that may be missed without offence. */
    int mayMiss() {
        return window - (int) minSigned.ceilOf(window);
    }
}
