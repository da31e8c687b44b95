package org.hauptbuch.finality.tendermint;

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
 * Tendermint: a block is final at once, by precommits of more than two thirds of the voting power in one round. Safe
 * under any delay while less than a third of the power lies; live once messages arrive within the timeouts.
 *
 * <p>E. Buchman, J. Kwon, Z. Milosevic: The latest gossip on BFT consensus, 2018, arXiv:1807.04938.
 */
final class TendermintFinality implements FinalityRule {
    private final TendermintParameters parameters;

    TendermintFinality(TendermintParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public FinalityMachine start(HeightContext context) {
        return new TendermintMachine(context, parameters.at(context.blockTimeMillis()));
    }

    @Override
    public void verifyFinal(Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
        if (certificate.phase() != VotePhase.PRECOMMIT) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED,
                    "certificate.phase",
                    certificate.phase(),
                    VotePhase.PRECOMMIT.name());
        }
        // a quorum for none ends a round; it makes nothing final
        if (certificate.block().isZero()) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED, "certificate.block", "nil", "the hash of a block");
        }
        certificate.verify(chainId, validators, scheme);
    }
}
