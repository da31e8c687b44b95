package org.hauptbuch.api.chain;

import java.util.Optional;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * A proven offence, as a slashing condition found it.
 *
 * @param condition the id of the slashing condition, such as {@code slashing.equivocation}
 * @param reason one clause for people, such as {@code two precommits at height 7 round 0}
 * @param offender who did it
 * @param height when it was done: stake bonded then is liable
 * @param gravity how bad it is; the penalty rule weighs it
 * @param evidence the evidence that proves it; empty where the chain itself observed it
 * @param reporter who brought the evidence and is to be paid; empty where the chain itself observed it
 */
public record Offence(
        String condition,
        String reason,
        Address offender,
        long height,
        Gravity gravity,
        Optional<Hash> evidence,
        Optional<Address> reporter) {
    /** The most bytes of a reason. */
    public static final int MAX_REASON = 1024;

    /** How bad an offence is. */
    public enum Gravity {
        /** An omission, such as downtime: jailed, may return. */
        NEGLIGENCE,
        /** A provable violation that threatens nobody's safety alone: slashed and jailed, may return. */
        FAULT,
        /** An attack on safety, such as equivocation: slashed and banned. */
        ATTACK
    }

    /** With the account that reported it. */
    public Offence reportedBy(Address account) {
        return new Offence(condition, reason, offender, height, gravity, evidence, Optional.of(account));
    }
}
