package org.hauptbuch.api.node;

import java.util.List;
import org.hauptbuch.api.value.Hash;

/**
 * What came of executing live blocks under the rule set of the plan that waits, beside the active one. Nothing of it
 * is applied.
 *
 * @param ruleSet the id of the rule set that ran in the shadow
 * @param from from this block on every one is executed until the gate; before it, the last of each epoch
 * @param blocks how many blocks it executed
 * @param differences where a result differs from the active rule set's, oldest first, at most 100; no fault by itself
 * @param problems where it threw, took too long or gave two different results for one block; the node does not attest
 */
public record ShadowReport(Hash ruleSet, long from, long blocks, List<Difference> differences, List<String> problems) {
    /**
     * One difference.
     *
     * @param height the block
     * @param what what differs, such as {@code "proposer of round 0"}
     * @param active what the active rule set gives
     * @param shadow what the other gives
     */
    public record Difference(long height, String what, String active, String shadow) {}

    public ShadowReport {
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
    }
}
