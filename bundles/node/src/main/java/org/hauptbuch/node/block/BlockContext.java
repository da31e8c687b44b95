package org.hauptbuch.node.block;

import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.node.chain.Tip;

/**
 * All that decides whether a block may follow the last final one. Holds rule objects: whoever halts lets it go.
 *
 * @param chainId the chain
 * @param height the height of the next block
 * @param epoch its epoch
 * @param parent the last final block
 * @param parentCertificate what made it final, as far as this node knows; empty at height 1
 * @param parentValidators who decided it; empty at height 1
 * @param parentFinality the finality rule that judged it; empty at height 1
 * @param validators who decides the next block
 * @param validatorsRoot the root of {@code validators}
 * @param schedule who proposes
 * @param seed the randomness of the epoch
 * @param rules what judges the next block
 * @param ruleSetId the id of {@code rules}
 * @param rollback what returned this height to the rule set before, if something did
 * @param parameters the chain's parameters
 * @param delay what the next block's epoch evaluates, if anything
 */
public record BlockContext(
        String chainId,
        long height,
        long epoch,
        Tip parent,
        Optional<Certificate> parentCertificate,
        Optional<ValidatorSet> parentValidators,
        Optional<FinalityRule> parentFinality,
        ValidatorSet validators,
        Hash validatorsRoot,
        Schedule schedule,
        Hash seed,
        Generation rules,
        Hash ruleSetId,
        Optional<RollbackCertificate> rollback,
        ChainParameters parameters,
        Optional<EpochDelay> delay) {
    /** What the proposer of {@code round} proves, and what a draw of a private schedule is. */
    public Bytes reveal(int round) {
        return BlockHeader.revealBytes(chainId, seed, height, round);
    }

    /** The round in which the height begins. */
    public int firstRound() {
        return rollback.isPresent() ? RollbackCertificate.FIRST_ROUND : 0;
    }
}
