package org.hauptbuch.ledger.state;

import org.hauptbuch.api.rule.RuleSet;

/**
 * A rule set that was left within an epoch.
 *
 * @param height the first height under the set that followed
 * @param before the set that judged the epoch's earlier heights
 */
public record RolledBack(long height, RuleSet before) {}
