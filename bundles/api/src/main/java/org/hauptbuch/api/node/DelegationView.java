package org.hauptbuch.api.node;

import org.hauptbuch.api.chain.Delegation;

/**
 * A delegation with what it is worth.
 *
 * @param delegation which
 * @param tokens units that its shares are worth now
 * @param rewards units that it is owed
 */
public record DelegationView(Delegation delegation, long tokens, long rewards) {}
