package org.hauptbuch.api.rule;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;

/**
 * One step from a rule set to another.
 *
 * @param operation what to do with {@code rule}
 * @param rule the rule to adopt, or the rule to remove
 */
public record RuleChange(Operation operation, RuleRef rule) {
    /** What a change does. The ordinal is part of the encoding: append only. */
    public enum Operation {
        /** Replaces the rule of the same kind; of slashing conditions, adds it or replaces the one of the same id. */
        ADOPT,
        /** Takes a slashing condition out; no other kind can be without a rule. */
        REMOVE
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u8(operation.ordinal());
        rule.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static RuleChange read(Reader in) {
        int operation = in.u8("change.operation");
        if (operation >= Operation.values().length) {
            throw in.refuse("change.operation", operation, "0 or 1");
        }
        return new RuleChange(Operation.values()[operation], RuleRef.read(in));
    }
}
