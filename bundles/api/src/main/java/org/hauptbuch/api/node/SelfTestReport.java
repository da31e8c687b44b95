package org.hauptbuch.api.node;

import java.util.List;
import org.hauptbuch.api.value.Hash;

/**
 * What a node found when it tested a rule set that is not active.
 *
 * @param ruleSet the id of the rule set
 * @param digest the digest of all answers, the same on every node where the rules are deterministic
 * @param cases how many questions were asked
 * @param problems what is wrong, one line each; empty where the node would attest
 */
public record SelfTestReport(Hash ruleSet, Hash digest, int cases, List<String> problems) {
    public SelfTestReport {
        problems = List.copyOf(problems);
    }
}
