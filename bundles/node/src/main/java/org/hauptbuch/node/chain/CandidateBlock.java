package org.hauptbuch.node.chain;

import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A block with its hash and encoding, so that each is made once.
 *
 * @param block the block
 * @param hash its hash
 * @param encoded its encoding
 */
public record CandidateBlock(Block block, Hash hash, Bytes encoded) {
    /** A block that was built here. */
    public static CandidateBlock of(Block block) {
        return new CandidateBlock(block, block.hash(), block.encode());
    }

    /** A block that came in. The decoding is canonical: encoding it again would give the same bytes. */
    public static CandidateBlock decode(Bytes encoded) {
        Block block = Block.decode(encoded);
        return new CandidateBlock(block, block.hash(), encoded);
    }
}
