package org.hauptbuch.light;

import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Hash;

/**
 * What a light client needs of one height.
 *
 * @param header the block's header
 * @param certificate what made the block final
 * @param validators the set that decided it
 */
public record LightBlock(BlockHeader header, Certificate certificate, ValidatorSet validators) {
    /** The height. */
    public long height() {
        return header.height();
    }

    /** The block's name. */
    public Hash hash() {
        return header.hash();
    }

    /**
     * Refuses what does not belong together: another chain's header, another set than the header names, a certificate of
     * another block, one that decides nothing, or one without more than two thirds of the set's power. Whether the set
     * is the chain's is another question.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED or BLOCK_FINALIZATION_FAILED, naming field, value and range
     */
    public void check(String chainId, SignatureScheme scheme) {
        same("header.chainId", header.chainId(), chainId);
        same("header.validatorsRoot", header.validatorsRoot(), validators.root());
        same("certificate.height", certificate.height(), header.height());
        same("certificate.block", certificate.block(), hash());
        if (!certificate.phase().decides()) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED, "certificate.phase", certificate.phase(), "one that decides");
        }
        certificate.verify(chainId, validators, scheme);
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw PoSException.outOfRange(PoSError.SECURITY_VALIDATION_FAILED, field, value, expected.toString());
        }
    }
}
