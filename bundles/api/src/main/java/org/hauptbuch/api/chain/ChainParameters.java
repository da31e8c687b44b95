package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * What every node of one chain has to agree on, from its genesis.
 *
 * @param consensus the specification's seven parameters
 * @param unbondingEpochs epochs that stake stays liable after it leaves, 1 to 10,000
 * @param evidenceMaxAgeBlocks evidence older than this in blocks and in time is refused, 1 or more
 * @param evidenceMaxAgeMillis evidence older than this in time and in blocks is refused, 1 or more
 * @param blockReward units issued for each block, 0 or more
 * @param minimumFee the least fee of a transaction, units, 0 or more
 * @param maxBlockGas the most gas of a block, at least one transaction's
 * @param maxBlockBytes the most bytes of an encoded block, 10,000 to 33,554,432
 * @param gas what work costs
 * @param vdfIterations squarings that an epoch's mix goes through before it seeds the selection, 0 to 2^40; 0 for no
 *     delay. {@code hauptbuch vdf-measure} says what to set
 * @param vdfBits bits of the delay's discriminants, 256 to 2,048, a multiple of 16. Each epoch has a group of its own,
 *     which is of use to an attacker for minutes only: 1,024 is far over what has been computed (512 bits, in years),
 *     and half as dear as 2,048 in squarings and a fifth in the search for the discriminant
 */
public record ChainParameters(
        PoSConsensusConfig consensus,
        long unbondingEpochs,
        long evidenceMaxAgeBlocks,
        long evidenceMaxAgeMillis,
        long blockReward,
        long minimumFee,
        long maxBlockGas,
        int maxBlockBytes,
        GasSchedule gas,
        long vdfIterations,
        int vdfBits) {
    /** The bits of a discriminant where nothing else is said. */
    public static final int DEFAULT_VDF_BITS = 1_024;

    /**
     * The most bits of a discriminant: to hear evidence about a delay, a node looks for its discriminant, and with more bits
     * that can take longer than a call of a rule may.
     */
    public static final int MAX_VDF_BITS = 2_048;

    public ChainParameters {
        check("unbondingEpochs", unbondingEpochs, 1, 10_000);
        check("evidenceMaxAgeBlocks", evidenceMaxAgeBlocks, 1, Long.MAX_VALUE);
        check("evidenceMaxAgeMillis", evidenceMaxAgeMillis, 1, Long.MAX_VALUE);
        check("blockReward", blockReward, 0, 1_000_000_000_000_000L);
        check("minimumFee", minimumFee, 0, 1_000_000_000_000_000L);
        check(
                "maxBlockGas",
                maxBlockGas,
                gas.blockProduction() + gas.transactionValidation() + gas.slashingDetection(),
                Long.MAX_VALUE);
        check("maxBlockBytes", maxBlockBytes, 10_000, 1 << 25);
        check("vdfIterations", vdfIterations, 0, DelayTask.MAX_ITERATIONS);
        check("vdfBits", vdfBits, DelayTask.MIN_BITS, MAX_VDF_BITS);
        if (vdfBits % 16 != 0) {
            throw new IllegalArgumentException("vdfBits: " + vdfBits + ", must be a multiple of 16");
        }
    }

    /** Parameters without a delay. */
    public ChainParameters(
            PoSConsensusConfig consensus,
            long unbondingEpochs,
            long evidenceMaxAgeBlocks,
            long evidenceMaxAgeMillis,
            long blockReward,
            long minimumFee,
            long maxBlockGas,
            int maxBlockBytes,
            GasSchedule gas) {
        this(
                consensus,
                unbondingEpochs,
                evidenceMaxAgeBlocks,
                evidenceMaxAgeMillis,
                blockReward,
                minimumFee,
                maxBlockGas,
                maxBlockBytes,
                gas,
                0,
                DEFAULT_VDF_BITS);
    }

    /** The specification's defaults, and ours where it is silent. */
    public static ChainParameters defaults() {
        return new ChainParameters(
                PoSConsensusConfig.defaults(),
                14,
                10_000,
                172_800_000,
                100,
                1,
                20_000_000_000L,
                8 << 20,
                GasSchedule.SPECIFICATION);
    }

    /** With other values of the seven. */
    public ChainParameters with(PoSConsensusConfig newConsensus) {
        return new ChainParameters(
                newConsensus,
                unbondingEpochs,
                evidenceMaxAgeBlocks,
                evidenceMaxAgeMillis,
                blockReward,
                minimumFee,
                maxBlockGas,
                maxBlockBytes,
                gas,
                vdfIterations,
                vdfBits);
    }

    /** With another delay. */
    public ChainParameters withDelay(long iterations, int bits) {
        return new ChainParameters(
                consensus,
                unbondingEpochs,
                evidenceMaxAgeBlocks,
                evidenceMaxAgeMillis,
                blockReward,
                minimumFee,
                maxBlockGas,
                maxBlockBytes,
                gas,
                iterations,
                bits);
    }

    public long minimumStake() {
        return consensus.minimumStake();
    }

    public int maxValidators() {
        return consensus.maxValidators();
    }

    public long blockTimeMillis() {
        return consensus.blockTimeMillis();
    }

    public long epochLength() {
        return consensus.epochLength();
    }

    public Rate slashingPenalty() {
        return consensus.slashingPenalty();
    }

    /** The epoch of {@code height} (0 or more): blocks 1 to epochLength are epoch 0; genesis counts as epoch 0. */
    public long epochOf(long height) {
        return height == 0 ? 0 : (height - 1) / epochLength();
    }

    /** The first block of {@code epoch}. */
    public long firstHeight(long epoch) {
        return Math.addExact(Math.multiplyExact(epoch, epochLength()), 1);
    }

    /** Whether {@code height} is the last block of its epoch. */
    public boolean endsEpoch(long height) {
        return height > 0 && height % epochLength() == 0;
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
