package org.hauptbuch.api.slashing;

import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;

/**
 * What a slashing condition may observe of a block. The header's state root is not known yet and reads as zero.
 *
 * @param header the block's header, state root zero
 * @param transactions the number of its transactions
 * @param gasUsed gas that its transactions used
 * @param lastCertificate the votes for the parent; empty at height 1
 * @param lastValidators the set that decided the parent; empty at height 1
 */
public record BlockFacts(
        BlockHeader header,
        int transactions,
        long gasUsed,
        Optional<Certificate> lastCertificate,
        Optional<ValidatorSet> lastValidators) {}
