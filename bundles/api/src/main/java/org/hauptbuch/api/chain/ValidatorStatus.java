package org.hauptbuch.api.chain;

/** The four statuses of the specification. The ordinal is part of the encoding: append only. */
public enum ValidatorStatus {
    /** Registered, not eligible: too little stake, or left. */
    INACTIVE,
    /** Eligible for the next validator set. */
    ACTIVE,
    /** Jailed: punished, out of the set, may return by an unjail transaction. */
    SLASHED,
    /** Tombstoned: out for ever. */
    BANNED
}
