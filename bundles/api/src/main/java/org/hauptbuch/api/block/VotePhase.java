package org.hauptbuch.api.block;

/**
 * What a vote means in the protocol that asks for it. A validator casts at most one vote for each (height, round,
 * phase): two different ones are equivocation under every protocol. The ordinal is part of the encoding: append only.
 */
public enum VotePhase {
    /** Tendermint: this block is valid and I may vote for it. */
    PREVOTE,
    /** Tendermint: I saw a quorum of prevotes and lock on this block. */
    PRECOMMIT;

    /** Whether a quorum of such votes for a block makes it final. */
    public boolean decides() {
        return switch (this) {
            case PREVOTE -> false;
            case PRECOMMIT -> true;
        };
    }
}
