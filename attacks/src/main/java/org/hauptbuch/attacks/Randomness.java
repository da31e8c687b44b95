package org.hauptbuch.attacks;

import java.util.function.UnaryOperator;
import org.hauptbuch.api.value.Hash;

/**
 * How what proposers revealed becomes the seed of an epoch, and how long that takes.
 *
 * @param function the seed that a mix of reveals gives
 * @param delayBlocks block times that computing it takes an honest machine; 0 where it takes no time
 * @param speedUp how many times faster the attacker's machine is, 1 or more
 */
record Randomness(UnaryOperator<Hash> function, int delayBlocks, int speedUp) {
    /** The mix is the seed (RANDAO). */
    static final Randomness RANDAO = new Randomness(mix -> mix, 0, 1);

    Hash seed(Hash mix) {
        return function.apply(mix);
    }

    /** Whether an attacker who has so many block times until it must decide knows by then what it decides. */
    boolean isKnownWithin(int blocks) {
        return (long) blocks * speedUp >= delayBlocks;
    }
}
