package org.hauptbuch.embed;

import org.hauptbuch.api.value.Address;

/**
 * Somebody who bonds tokens. The program has to hold the key of the account.
 *
 * @param address the account whose tokens they are
 */
public record StakingParticipant(Address address) {}
