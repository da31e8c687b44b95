package org.hauptbuch.api.reward;

import org.hauptbuch.api.value.Address;

/**
 * One validator's part of an epoch's pot.
 *
 * @param validator whose
 * @param commission units for its operator
 * @param pool units for everybody in its pool, the operator's own stake included
 */
public record Payout(Address validator, long commission, long pool) {}
