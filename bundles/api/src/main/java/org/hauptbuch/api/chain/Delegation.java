package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;

/**
 * Stake of one account with one validator. A validator's own stake is a delegation of its operator to itself.
 *
 * @param delegator whose stake
 * @param validator with whom
 * @param shares its part of the validator's pool, 0 or more
 */
public record Delegation(Address delegator, Address validator, long shares) {
    public Delegation {
        Amounts.check("delegation.shares", shares);
    }

    /** Whether this is a validator's own stake. */
    public boolean isSelf() {
        return delegator.equals(validator);
    }
}
