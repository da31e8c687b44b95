package org.hauptbuch.api.node;

import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.PublicKey;

/**
 * A key, without its secret.
 *
 * @param name its name in this home
 * @param publicKey the key
 * @param address the account that it opens
 * @param development whether it was made for a development network: its secret is worth nothing
 */
public record KeyInfo(String name, PublicKey publicKey, Address address, boolean development) {}
