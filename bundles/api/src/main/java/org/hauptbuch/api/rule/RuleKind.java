package org.hauptbuch.api.rule;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of consensus rule. The ordinal is part of the encoding: append only. */
public enum RuleKind {
    SELECTION("selection"),
    STAKING("staking"),
    DELEGATION("delegation"),
    REWARD("reward"),
    SLASHING("slashing"),
    PENALTY("penalty"),
    FINALITY("finality");

    private final String text;

    RuleKind(String text) {
        this.text = text;
    }

    /** The name in configuration, capabilities and commands, such as {@code selection}. */
    public String text() {
        return text;
    }

    /** Whether a rule set holds any number of rules of this kind; of every other it holds exactly one. */
    public boolean isMany() {
        return this == SLASHING;
    }

    /** The kind with this {@link #text()}, if there is one. */
    public static Optional<RuleKind> ofText(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
