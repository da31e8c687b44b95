package org.hauptbuch.api.node;

import java.util.Optional;
import org.hauptbuch.api.value.Hash;

/**
 * The randomness of the epoch of the height being decided, and what is being made of it.
 *
 * @param epoch the epoch
 * @param seed what selects its proposers
 * @param stretched whether the seed is the one before, stretched, since no output of the delay came in time
 * @param delay what is evaluated for the epoch after; empty without a delay, and in epoch 0
 */
public record Randomness(long epoch, Hash seed, boolean stretched, Optional<Delay> delay) {
    /**
     * A delay.
     *
     * @param iterations its squarings
     * @param bits of its discriminant
     * @param height the final block that brought the output; 0 while none did
     * @param evaluating whether this node evaluates it now, or has
     * @param done iterations that this node has done, 0 to {@code iterations}
     * @param ready whether this node has output and proof
     */
    public record Delay(long iterations, int bits, long height, boolean evaluating, long done, boolean ready) {
        /** Where it stands, for people. */
        public String state() {
            if (height > 0) {
                return "on chain at height " + height;
            }
            if (ready) {
                return "ready";
            }
            return evaluating ? "evaluating " + done * 100 / iterations + " %" : "waits for a validator's output";
        }
    }
}
