package org.hauptbuch.ledger.state;

import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.ledger.EpochDelay;

/**
 * The delay of an epoch.
 *
 * @param mix the randomness at the end of the epoch before
 * @param height the block that brought the output; 0 where none did
 */
public record DelayState(Hash mix, long height) {
    /** With the block that brought the output. */
    public DelayState at(long newHeight) {
        return new DelayState(mix, newHeight);
    }

    /** What is to be evaluated in {@code epoch}. */
    public EpochDelay of(long epoch, ChainParameters parameters) {
        Hash seed = Hash.sha256(new Writer()
                .string("hauptbuch/delay/1")
                .u64(epoch)
                .fixed(mix.bytes())
                .toArray());
        return new EpochDelay(
                epoch, new DelayTask(seed.bytes(), parameters.vdfBits(), parameters.vdfIterations()), height);
    }
}
