package org.hauptbuch.api.chain;

import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;

/**
 * The specification's seven parameters (section "Configuration"), validated.
 *
 * @param minimumStake the least own stake of an active validator, units, 1 or more
 * @param maxValidators the most validators in a set, 1 to 10,000
 * @param blockTimeMillis the time between blocks in milliseconds, 50 to 600,000
 * @param epochLength blocks in an epoch, 2 to 1,000,000
 * @param slashingPenalty the share of the stake that an offence costs under {@code penalty.fixed}
 * @param enableQuantumResistance whether validators sign with hybrid keys, else with Ed25519 alone
 * @param enableParallelProcessing whether signatures are verified on all cores
 */
public record PoSConsensusConfig(
        long minimumStake,
        int maxValidators,
        long blockTimeMillis,
        long epochLength,
        Rate slashingPenalty,
        boolean enableQuantumResistance,
        boolean enableParallelProcessing) {
    public PoSConsensusConfig {
        check("minimumStake", minimumStake, 1, Amounts.MAX);
        check("maxValidators", maxValidators, 1, ValidatorSet.MAX_MEMBERS);
        check("blockTimeMillis", blockTimeMillis, 50, 600_000);
        check("epochLength", epochLength, 2, 1_000_000);
    }

    /** The specification's defaults. */
    public static PoSConsensusConfig defaults() {
        return new PoSConsensusConfig(1_000_000, 100, 12_000, 100, new Rate(50_000), true, true);
    }

    /** The type of every consensus key on the chain, so that the size of a certificate is known beforehand. */
    public KeyType consensusKeyType() {
        return enableQuantumResistance ? KeyType.HYBRID : KeyType.ED25519;
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
