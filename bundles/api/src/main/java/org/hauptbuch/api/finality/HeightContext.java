package org.hauptbuch.api.finality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * What a machine knows when a height begins.
 *
 * @param chainId the chain
 * @param height the height to decide
 * @param validators who votes
 * @param schedule who proposes; a machine asks {@link #ownRank} and {@link #admits}, which suit both kinds
 * @param self this node's validator; empty for a node that only follows
 * @param blockTimeMillis the chain's block time: timeouts are derived from it
 * @param startDelayMillis how long to wait before the first proposal is due, 0 or more: the rest of the block time
 * @param firstRound the round in which the height begins: 0, or {@link
 *     org.hauptbuch.api.block.RollbackCertificate#FIRST_ROUND} where it was rolled back; timeouts grow from it
 * @param journal what this validator signed at this height before a restart, in the order of signing, and what it
 *     was asked to {@link Action.Keep}: a machine resumes from it, sends its own again, and never contradicts it
 * @param draws what this validator draws in a round of a private schedule: the rank of its own credential, empty where
 *     it may not propose. The node answers with its key; the same round has the same answer
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
        List<Message> journal,
        IntFunction<OptionalLong> draws) {
    public HeightContext {
        journal = List.copyOf(journal);
    }

    /** A height at which this node draws nothing: under a public schedule, or where it only follows. */
    public HeightContext(
            String chainId,
            long height,
            ValidatorSet validators,
            Schedule schedule,
            Optional<Address> self,
            long blockTimeMillis,
            long startDelayMillis,
            int firstRound,
            List<Message> journal) {
        this(
                chainId,
                height,
                validators,
                schedule,
                self,
                blockTimeMillis,
                startDelayMillis,
                firstRound,
                journal,
                round -> OptionalLong.empty());
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

    /**
     * Whether proposers are drawn in private: a round may then have no offer, one or several, of different validators,
     * and the best rank counts.
     */
    public boolean isPrivate() {
        return schedule instanceof PrivateSchedule;
    }

    /** With what rank this node's validator may propose in {@code round}; empty where it may not. */
    public OptionalLong ownRank(int round) {
        if (self.isEmpty()) {
            return OptionalLong.empty();
        }
        return isPrivate() ? draws.apply(round) : schedule.rank(height, round, self.get(), Bytes.EMPTY);
    }

    /**
     * Whether who makes {@code offer} may make it. What was drawn in private the node has verified before a machine sees
     * the offer.
     */
    public boolean admits(Message.Offer offer) {
        return isPrivate()
                || schedule.rank(height, offer.round(), offer.proposal().proposer(), Bytes.EMPTY)
                        .isPresent();
    }
}
