package org.hauptbuch.ledger.state;

import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.value.Hash;

/**
 * What genesis fixed for ever.
 *
 * @param chainId the chain
 * @param genesis the digest of its genesis
 * @param parameters what every node agrees on
 */
public record ChainInfo(String chainId, Hash genesis, ChainParameters parameters) {}
