package org.hauptbuch.api.chain;

/**
 * How old a checkpoint may be that somebody trusts who has seen nothing of the chain since.
 *
 * <p>Validators that were in power at the checkpoint and have their stake back since can sign another chain from there
 * and lose nothing. So whoever has only the checkpoint is safe as long as more than a third of that power can still be
 * punished: V. Buterin, "Proof of Stake: How I Learned to Love Weak Subjectivity", 2014. Ethereum's weak subjectivity
 * guide (consensus-specs, {@code compute_weak_subjectivity_period}) gives the period as the withdrawal delay, and adds
 * the epochs in which a bounded churn replaces the tolerated part of the validators, SAFETY_DECAY. This chain does not
 * bound the churn: all stake may begin to unbond in the epoch after the checkpoint. So the second term is 0, and what is
 * left is the time in which an offence is punished: the unbonding time, or the age to which evidence is taken, whichever
 * ends first.
 *
 * <p>The safety margin is a third of that time: two chains must be noticed, and the evidence be in a block, before the
 * stake is free. (CometBFT's light client is advised alike to trust for two thirds of the unbonding time.)
 */
public final class WeakSubjectivity {
    private WeakSubjectivity() {}

    /** Blocks for which an offence is punished after it: the unbonding time, or less where evidence is too old sooner. */
    public static long liableBlocks(ChainParameters parameters) {
        long unbonding = unbondingBlocks(parameters);
        // evidence is refused only once it is too old in blocks and in time
        long evidence = Math.max(
                parameters.evidenceMaxAgeBlocks(), parameters.evidenceMaxAgeMillis() / parameters.blockTimeMillis());
        return Math.min(unbonding, evidence);
    }

    /** Blocks of the unbonding time. */
    public static long unbondingBlocks(ChainParameters parameters) {
        return Math.multiplyExact(parameters.unbondingEpochs(), parameters.epochLength());
    }

    /** The period in blocks: less than the unbonding time. */
    public static long periodBlocks(ChainParameters parameters) {
        long liable = liableBlocks(parameters);
        return liable - Math.max(1, liable / 3 + (liable % 3 == 0 ? 0 : 1));
    }

    /** The period in whole epochs; 0 where it is shorter than one. */
    public static long periodEpochs(ChainParameters parameters) {
        return periodBlocks(parameters) / parameters.epochLength();
    }

    /** The period in milliseconds, at the block time that the chain aims at. */
    public static long periodMillis(ChainParameters parameters) {
        return Math.multiplyExact(periodBlocks(parameters), parameters.blockTimeMillis());
    }
}
