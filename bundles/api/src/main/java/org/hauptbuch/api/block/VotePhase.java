package org.hauptbuch.api.block;

/**
 * What a vote means in the protocol that asks for it. A validator casts at most one vote for each (height, round,
 * phase): two different ones are equivocation under every protocol. The ordinal is part of the encoding: append only.
 */
public enum VotePhase {
    /** Tendermint: this block is valid and I may vote for it. */
    PREVOTE,
    /** Tendermint: I saw a quorum of prevotes and lock on this block. */
    PRECOMMIT,
    /** Simplex: this block is valid, and what was notarized before lets it be proposed in this round. Never nil. */
    NOTARIZE,
    /**
     * Simplex: I saw this block notarized in this round and never give the round up. For none: I give the round up,
     * which is the paper's vote for the dummy block, and never finalize in it.
     */
    FINALIZE;

    /** Whether a quorum of such votes for a block makes it final. */
    public boolean decides() {
        return switch (this) {
            case PREVOTE, NOTARIZE -> false;
            case PRECOMMIT, FINALIZE -> true;
        };
    }
}
