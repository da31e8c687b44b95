package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Address;

/**
 * Stake on its way out: still liable for offences committed before {@code startedAtHeight}.
 *
 * @param sequence its number in the queue, unique
 * @param delegator who gets it
 * @param validator with whom it was bonded
 * @param initialAmount units when it began to unbond: what a penalty is a share of
 * @param amount units left after penalties
 * @param startedAtHeight the block in which it began to unbond
 * @param maturityEpoch paid out at the end of this epoch
 */
public record Unbonding(
        long sequence,
        Address delegator,
        Address validator,
        long initialAmount,
        long amount,
        long startedAtHeight,
        long maturityEpoch) {}
