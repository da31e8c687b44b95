package org.hauptbuch.embed;

import java.util.List;

/**
 * What is bonded on the chain.
 *
 * @param totalStaked units bonded with all validators
 * @param stakingParticipants everybody who has stake, by ascending address, operators included
 * @param totalStakes the number of their bonds, one for each participant and validator
 */
public record StakingState(long totalStaked, List<StakingParticipant> stakingParticipants, long totalStakes) {
    public StakingState {
        stakingParticipants = List.copyOf(stakingParticipants);
    }
}
