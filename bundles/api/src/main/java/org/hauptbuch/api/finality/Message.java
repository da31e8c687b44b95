package org.hauptbuch.api.finality;

import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.value.Bytes;

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
     * @param credential under a private schedule the proposer's proof for {@link
     *     org.hauptbuch.api.block.BlockHeader#revealBytes} of the proposal's round; else empty. The proposal does not sign
     *     it, because it proves itself
     * @param rank what the schedule says of the credential, found out by whoever verified it and not sent: 0 or more, the
     *     smaller the better; 0 under a public schedule
     */
    record Offer(Proposal proposal, Optional<Certificate> proofOfLock, Bytes credential, long rank) implements Message {
        /** An offer under a public schedule. */
        public Offer(Proposal proposal, Optional<Certificate> proofOfLock) {
            this(proposal, proofOfLock, Bytes.EMPTY, 0);
        }

        /** The same with another proof of lock. */
        public Offer withProof(Optional<Certificate> proof) {
            return new Offer(proposal, proof, credential, rank);
        }

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
