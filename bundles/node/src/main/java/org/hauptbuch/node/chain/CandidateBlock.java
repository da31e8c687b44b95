package org.hauptbuch.node.chain;

import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.RollbackCertificate;
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

    /**
     * The same block with the proof of the rollback that this node has verified, or none. The hash does not say which
     * votes prove a rollback: whoever passes a block on could change them.
     */
    public CandidateBlock proving(Optional<RollbackCertificate> rollback) {
        return block.rollback().equals(rollback)
                ? this
                : of(new Block(
                        block.header(), block.lastCertificate(), rollback, block.evidence(), block.transactions()));
    }

    /** A block that came in. The decoding is canonical: encoding it again would give the same bytes. */
    public static CandidateBlock decode(Bytes encoded) {
        Block block = Block.decode(encoded);
        return new CandidateBlock(block, block.hash(), encoded);
    }
}
