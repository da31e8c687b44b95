package org.hauptbuch.api.rule;

/**
 * One step from a rule set to another.
 *
 * @param operation what to do with {@code rule}
 * @param rule the rule to adopt, or the rule to remove
 */
public record RuleChange(Operation operation, RuleRef rule) {
    /** What a change does. */
    public enum Operation {
        /** Replaces the rule of the same kind; of slashing conditions, adds it or replaces the one of the same id. */
        ADOPT,
        /** Takes a slashing condition out; no other kind can be without a rule. */
        REMOVE
    }
}
