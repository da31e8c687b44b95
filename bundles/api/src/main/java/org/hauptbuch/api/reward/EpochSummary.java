package org.hauptbuch.api.reward;

import java.util.List;
import org.hauptbuch.api.chain.Validator;

/**
 * What happened in an epoch, as far as rewards go.
 *
 * @param epoch which
 * @param blocks blocks in it
 * @param blockReward the chain's issuance for each block, units
 * @param supply all units there are
 * @param bonded all units bonded
 * @param participants the validators of its set, by ascending address
 */
public record EpochSummary(
        long epoch, long blocks, long blockReward, long supply, long bonded, List<Participant> participants) {
    /**
     * One validator's part in an epoch.
     *
     * @param validator the validator as it is at the epoch's end
     * @param power its voting power in the epoch
     * @param proposed blocks that it proposed
     * @param signed blocks that it signed
     */
    public record Participant(Validator validator, long power, long proposed, long signed) {}
}
