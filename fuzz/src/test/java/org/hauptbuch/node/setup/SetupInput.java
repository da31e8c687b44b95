package org.hauptbuch.node.setup;

import java.util.List;

/** The way to a parser that is nobody's business outside of its package. */
public final class SetupInput {
    private SetupInput() {}

    /** Reads the arguments of a network's setup. */
    public static void parse(List<String> arguments) {
        if (SetupOptions.parse(arguments).names().isEmpty()) {
            throw new AssertionError("a network without a node");
        }
    }
}
