package org.hauptbuch.ledger;

import org.hauptbuch.api.vdf.DelayTask;

/**
 * The delay that is evaluated during an epoch, of the randomness revealed up to the epoch before; its output seeds the
 * selection of the epoch after.
 *
 * @param epoch the epoch, 1 or more
 * @param task what is to be evaluated
 * @param height the block that brought the output; 0 while there is none
 */
public record EpochDelay(long epoch, DelayTask task, long height) {
    /** Whether a block may still bring the output. */
    public boolean isDue() {
        return height == 0;
    }
}
