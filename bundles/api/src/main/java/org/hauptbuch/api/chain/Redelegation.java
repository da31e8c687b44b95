package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Address;

/**
 * Stake that moved from one validator to another: still liable for what the first did before it moved.
 *
 * @param sequence its number, unique
 * @param delegator whose stake
 * @param from the validator that it left
 * @param to the validator that it joined
 * @param initialAmount units that moved
 * @param shares shares of {@code to}'s pool that are left of those issued for it
 * @param startedAtHeight the block in which it moved
 * @param maturityEpoch liable until the end of this epoch; before it, the delegator cannot move it on (no second hop)
 */
public record Redelegation(
        long sequence,
        Address delegator,
        Address from,
        Address to,
        long initialAmount,
        long shares,
        long startedAtHeight,
        long maturityEpoch) {}
