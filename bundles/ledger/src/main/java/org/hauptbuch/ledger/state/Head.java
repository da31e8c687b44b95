package org.hauptbuch.ledger.state;

import org.hauptbuch.api.value.Hash;

/**
 * Where the chain stands.
 *
 * @param height the last block, 0 for genesis
 * @param timeMillis its time, milliseconds since 1970
 * @param mix the outputs of the proofs that proposers revealed so far, folded into one digest
 * @param oldestHeight the first block about which evidence may still be heard
 * @param nextSequence the number of the next unbonding, redelegation or penalty
 */
public record Head(long height, long timeMillis, Hash mix, long oldestHeight, long nextSequence) {
    /** With the next number taken. */
    public Head afterSequence() {
        return new Head(height, timeMillis, mix, oldestHeight, nextSequence + 1);
    }

    /** With another first block about which evidence may be heard. */
    public Head withOldestHeight(long height) {
        return new Head(this.height, timeMillis, mix, height, nextSequence);
    }

    /** After a block with this height, time and mix. */
    public Head after(long newHeight, long newTimeMillis, Hash newMix) {
        return new Head(newHeight, newTimeMillis, newMix, oldestHeight, nextSequence);
    }
}
