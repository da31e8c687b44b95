package org.hauptbuch.ledger.state;

import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * What genesis fixed for ever.
 *
 * @param chainId the chain
 * @param genesis the digest of its genesis
 * @param parameters what every node agrees on
 * @param ruleAuthority the account that may change rules by itself, if there is one
 */
public record ChainInfo(String chainId, Hash genesis, ChainParameters parameters, Optional<Address> ruleAuthority) {}
