package org.hauptbuch.api.plan;

import java.util.List;
import org.hauptbuch.api.value.Address;

/**
 * A plan as the chain knows it.
 *
 * @param plan the plan
 * @param proposer the validator that proposed it
 * @param height the block that holds it
 * @param status what became of it
 * @param statusHeight the block that made it so
 * @param attested the validators that attested, by ascending address
 * @param readyPower the voting power that had attested when it was counted last, at the gate or at the last attestation
 * @param totalPower all voting power at that moment
 */
public record PlanRecord(
        RulePlan plan,
        Address proposer,
        long height,
        PlanStatus status,
        long statusHeight,
        List<Address> attested,
        long readyPower,
        long totalPower) {
    public PlanRecord {
        attested = List.copyOf(attested);
    }

    /** The same with another status since {@code atHeight}. */
    public PlanRecord with(PlanStatus newStatus, long atHeight) {
        return new PlanRecord(plan, proposer, height, newStatus, atHeight, attested, readyPower, totalPower);
    }

    /** The same with these attestations, counted. */
    public PlanRecord with(List<Address> nowAttested, long nowReady, long nowTotal) {
        return new PlanRecord(plan, proposer, height, status, statusHeight, nowAttested, nowReady, nowTotal);
    }
}
