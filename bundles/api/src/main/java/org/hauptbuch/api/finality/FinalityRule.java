package org.hauptbuch.api.finality;

import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.Rule;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol by which validators agree on one block at each height. */
@ConsumerType
public interface FinalityRule extends Rule {
    /** A machine for one height. The node calls {@link FinalityMachine#begin()} on it first, once. */
    FinalityMachine start(HeightContext context);

    /**
     * Refuses a certificate that does not make its block final under this protocol.
     *
     * @throws org.hauptbuch.api.error.PoSException BLOCK_FINALIZATION_FAILED, saying why
     */
    void verifyFinal(Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme);
}
