package org.hauptbuch.ledger.state;

import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.value.Amounts;

/**
 * One account's part of one pool.
 *
 * @param shares how many, 1 or more
 * @param entry the pool's accumulator when it was last settled
 */
public record Share(long shares, Accumulator entry) {
    public Share {
        Amounts.check("share.shares", shares);
    }
}
