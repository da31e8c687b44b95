package org.hauptbuch.node.block;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.ledger.RuleFailure;

/**
 * A consensus rule failed instead of answering, or took too long to answer. Whether other nodes saw the same cannot be
 * known, so this node halts rather than call a block invalid.
 */
public final class RuleFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final RuleKind kind;

    /** A failure in {@code what}, of the rule of {@code kind}; null where the cause says which, or nobody knows. */
    RuleFailedException(String what, RuleKind kind, Throwable cause) {
        super("a rule failed in " + what + ": " + cause, cause);
        this.what = what;
        this.kind = kind;
    }

    /** What was being done. */
    public String what() {
        return what;
    }

    /** The rule of {@code set} that the ledger names. */
    public Optional<RuleRef> named(RuleSet set) {
        return failure().flatMap(failure -> set.find(failure.ruleId()));
    }

    /** The rule of {@code set} that was asked: it may have asked another one. */
    public Optional<RuleRef> asked(RuleSet set) {
        return Optional.ofNullable(kind).map(set::only);
    }

    /** The classes that were running when it failed, innermost first. */
    public List<String> classes() {
        Throwable root = this;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Arrays.stream(root.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
    }

    /** What it threw or answered, in one line. */
    public String detail() {
        String detail = failure()
                .map(RuleFailure::detail)
                .orElseGet(() -> getCause() instanceof RuleOverrun overrun
                        ? overrun.getMessage()
                        : getCause().toString());
        return detail.lines().findFirst().orElse("");
    }

    private Optional<RuleFailure> failure() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RuleFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }
}
