package org.hauptbuch.attacks;

import org.hauptbuch.api.value.Hash;

/**
 * A block that somebody who is trusted has named.
 *
 * @param height its height, 1 or more
 * @param hash its hash
 */
record TrustedBlock(long height, Hash hash) {}
