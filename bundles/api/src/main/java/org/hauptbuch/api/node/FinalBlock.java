package org.hauptbuch.api.node;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.tx.Receipt;

/**
 * A block that became final.
 *
 * @param block the block
 * @param certificate what made it final
 * @param receipts what became of its transactions, in their order
 * @param nanoTime {@link System#nanoTime()} of this machine when it did
 */
public record FinalBlock(Block block, Certificate certificate, List<Receipt> receipts, long nanoTime) {}
