package org.hauptbuch.api.finality;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;

/**
 * What a machine knows when a height begins.
 *
 * @param chainId the chain
 * @param height the height to decide
 * @param validators who votes
 * @param schedule who proposes
 * @param self this node's validator; empty for a node that only follows
 * @param blockTimeMillis the chain's block time: timeouts are derived from it
 * @param startDelayMillis how long to wait before the first proposal is due, 0 or more: the rest of the block time
 * @param firstRound the round in which the height begins: 0, or {@link
 *     org.hauptbuch.api.block.RollbackCertificate#FIRST_ROUND} where it was rolled back; timeouts grow from it
 * @param journal what this validator signed at this height before a restart, in the order of signing, and what it
 *     was asked to {@link Action.Keep}: a machine resumes from it, sends its own again, and never contradicts it
 */
public record HeightContext(
        String chainId,
        long height,
        ValidatorSet validators,
        Schedule schedule,
        Optional<Address> self,
        long blockTimeMillis,
        long startDelayMillis,
        int firstRound,
        List<Message> journal) {
    public HeightContext {
        journal = List.copyOf(journal);
    }

    /** A height that begins with round 0. */
    public HeightContext(
            String chainId,
            long height,
            ValidatorSet validators,
            Schedule schedule,
            Optional<Address> self,
            long blockTimeMillis,
            long startDelayMillis,
            List<Message> journal) {
        this(chainId, height, validators, schedule, self, blockTimeMillis, startDelayMillis, 0, journal);
    }
}
