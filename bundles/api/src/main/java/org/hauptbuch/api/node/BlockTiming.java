package org.hauptbuch.api.node;

import org.hauptbuch.api.value.Hash;

/**
 * How a node came from one final block to the proposal of the next, by its own clock.
 *
 * @param height the next block's
 * @param ruleSet what judges it
 * @param swapped whether another rule set judged the block before
 * @param own whether this node made the first proposal
 * @param round the round in which the block was decided, 0 where the first proposal was
 * @param waitMillis how long after the commit of the block before the block time let the proposer begin
 * @param readyNanos from the commit of the block before until its own rules and schedule were in place
 * @param proposalNanos from the commit of the block before until the first proposal left this node, or was here with its
 *     signature verified; 0 where it was here earlier
 */
public record BlockTiming(
        long height,
        Hash ruleSet,
        boolean swapped,
        boolean own,
        int round,
        long waitMillis,
        long readyNanos,
        long proposalNanos) {}
