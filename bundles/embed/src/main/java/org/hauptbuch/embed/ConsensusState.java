package org.hauptbuch.embed;

import java.util.List;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.value.Hash;

/**
 * Where the chain stands after its last final block.
 *
 * @param currentEpoch the epoch of the next block
 * @param height the last final block, 0 for genesis
 * @param blockHash its hash, the genesis hash at height 0
 * @param stateRoot the root of the state after it
 * @param ruleSetId the rules that judge the next block
 * @param activeValidators the validators whose status is ACTIVE, by ascending address; which of them vote is settled at
 *     each epoch's end
 * @param consensusMetrics what was done so far
 */
public record ConsensusState(
        long currentEpoch,
        long height,
        Hash blockHash,
        Hash stateRoot,
        Hash ruleSetId,
        List<Validator> activeValidators,
        ConsensusMetrics consensusMetrics) {
    public ConsensusState {
        activeValidators = List.copyOf(activeValidators);
    }
}
