package org.hauptbuch.api.node;

import org.hauptbuch.api.value.Address;

/**
 * An account.
 *
 * @param address which
 * @param balance units that it can spend
 * @param nonce transactions of it in final blocks
 * @param pendingNonce the nonce for its next transaction, those in the pool counted
 */
public record AccountView(Address address, long balance, long nonce, long pendingNonce) {}
