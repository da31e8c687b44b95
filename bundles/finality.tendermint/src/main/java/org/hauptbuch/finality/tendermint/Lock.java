package org.hauptbuch.finality.tendermint;

import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.value.Hash;

/** What this validator is locked on, and the last block that it knows a quorum to have prevoted for. */
final class Lock {
    private static final int NONE = -1;

    private int lockedRound = NONE;
    private Hash lockedValue = Hash.ZERO;
    private int validRound = NONE;
    private Hash validValue = Hash.ZERO;
    private Optional<Certificate> validProof = Optional.empty();

    /** The round of the last quorum, -1 for none. */
    int validRound() {
        return validRound;
    }

    /** The block of the last quorum. */
    Optional<Hash> validValue() {
        return validRound == NONE ? Optional.empty() : Optional.of(validValue);
    }

    /** The last quorum itself, if it was kept. */
    Optional<Certificate> validProof() {
        return validProof;
    }

    /**
     * Whether a block may be prevoted for that is offered with this quorum. Line 23 is line 29 with vr = -1: either there
     * is no lock, or the quorum is not older than it.
     */
    boolean allows(Hash block, OptionalInt offeredValidRound) {
        return lockedRound <= offeredValidRound.orElse(NONE) || block.equals(lockedValue);
    }

    void lock(int round, Hash block) {
        if (round > lockedRound) {
            lockedRound = round;
            lockedValue = block;
        }
    }

    void hold(int round, Hash block, Optional<Certificate> proof) {
        if (round > validRound) {
            validRound = round;
            validValue = block;
            validProof = proof;
        } else if (round == validRound && validProof.isEmpty()) {
            validProof = proof.filter(p -> p.block().equals(validValue));
        }
    }
}
