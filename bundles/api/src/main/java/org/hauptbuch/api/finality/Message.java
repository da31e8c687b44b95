package org.hauptbuch.api.finality;

import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;

/** What validators say to each other within a height. Signatures are verified before a machine sees a message. */
public sealed interface Message {
    /** The height that it is about. */
    long height();

    /** The round that it is about. */
    int round();

    /**
     * An offer of a block; the block travels beside it.
     *
     * @param proposal the signed offer
     * @param proofOfLock the quorum of the proposal's valid round, where it has one: whoever is locked on another
     *     block may let go without having seen the votes
     */
    record Offer(Proposal proposal, Optional<Certificate> proofOfLock) implements Message {
        @Override
        public long height() {
            return proposal.height();
        }

        @Override
        public int round() {
            return proposal.round();
        }
    }

    /**
     * A vote.
     *
     * @param vote the signed vote
     */
    record Ballot(Vote vote) implements Message {
        @Override
        public long height() {
            return vote.height();
        }

        @Override
        public int round() {
            return vote.round();
        }
    }
}
