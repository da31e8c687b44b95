package org.hauptbuch.node.block;

/** A call of a rule took longer than this node allows and was given up. Its stack trace is where the rule was. */
public final class RuleOverrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A call that was in {@code where}. */
    public RuleOverrun(String message, StackTraceElement[] where) {
        super(message);
        setStackTrace(where);
    }
}
