package org.hauptbuch.ledger.state;

import org.hauptbuch.api.value.Hash;

/**
 * The way back from the last change of rules.
 *
 * @param set the id of the rule set to go back to
 * @param plan the number of the plan that would be undone
 * @param firstHeight the first height under the plan's rule set
 */
public record Fallback(Hash set, long plan, long firstHeight) {}
