package org.hauptbuch.api.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;

/**
 * What a validator did since it registered.
 *
 * @param blocksProposed final blocks that it proposed
 * @param blocksSigned final blocks whose certificate carries its vote
 * @param blocksMissed final blocks whose certificate lacks its vote while it was in the set
 * @param rewards units earned by its pool, commission included
 * @param slashed units lost to penalties by its pool, unbonding and redelegated stake included
 */
public record ValidatorMetrics(long blocksProposed, long blocksSigned, long blocksMissed, long rewards, long slashed) {
    /** Nothing done yet. */
    public static final ValidatorMetrics NONE = new ValidatorMetrics(0, 0, 0, 0, 0);

    void write(Writer out) {
        out.u64(blocksProposed).u64(blocksSigned).u64(blocksMissed).u64(rewards).u64(slashed);
    }

    static ValidatorMetrics read(Reader in) {
        return new ValidatorMetrics(
                in.u64("metrics.blocksProposed"),
                in.u64("metrics.blocksSigned"),
                in.u64("metrics.blocksMissed"),
                in.u64("metrics.rewards"),
                in.u64("metrics.slashed"));
    }
}
