package org.hauptbuch.embed;

import org.hauptbuch.api.block.Block;
import org.hauptbuch.ledger.Execution;

/**
 * A block that is not final yet.
 *
 * @param block the block, its state root filled in
 * @param execution what executing it gave
 */
record Candidate(Block block, Execution execution) {}
