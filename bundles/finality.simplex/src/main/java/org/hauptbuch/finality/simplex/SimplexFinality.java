package org.hauptbuch.finality.simplex;

import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.HeightContext;

/**
 * Simplex: a block is final at once, by finalize votes of more than two thirds of the voting power in one round; a
 * notarization alone is not enough. Safe under any delay while less than a third of the power lies; live once messages
 * arrive within the timeouts. The argument is in the description of this package.
 *
 * <p>B. Chan, R. Pass: Simplex Consensus: A Simple and Fast Consensus Protocol, TCC 2023, eprint 2023/463.
 */
final class SimplexFinality implements FinalityRule {
    private final SimplexParameters parameters;

    SimplexFinality(SimplexParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public FinalityMachine start(HeightContext context) {
        return new SimplexMachine(context, parameters.at(context.blockTimeMillis()));
    }

    @Override
    public void verifyFinal(Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
        if (certificate.phase() != VotePhase.FINALIZE) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED,
                    "certificate.phase",
                    certificate.phase(),
                    VotePhase.FINALIZE.name());
        }
        // a quorum for none notarizes the dummy block: it shows that nothing is final in its round
        if (certificate.block().isZero()) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED, "certificate.block", "nil", "the hash of a block");
        }
        certificate.verify(chainId, validators, scheme);
    }
}
