package org.hauptbuch.api.node;

import org.hauptbuch.api.value.Hash;

/**
 * What executing a stored chain again has shown.
 *
 * @param height the last final block
 * @param hash its hash
 * @param stateRoot the root of the state after it: computed and stored are the same
 * @param transactions transactions that were executed and whose signatures were verified
 * @param ruleSets rule sets that followed each other, the first included
 */
public record ReplayReport(long height, Hash hash, Hash stateRoot, long transactions, int ruleSets) {}
