package org.hauptbuch.node.core;

import java.util.EnumSet;
import java.util.Set;

/** Where a node is in its life. */
public enum NodeState {
    /** Reads its store. */
    STARTING,
    /** Fetches blocks that others finalized; decides nothing itself. */
    SYNCING,
    /** Takes part in deciding blocks. */
    VALIDATING,
    /** Watches others decide blocks: it has no key, or its validator is not in the set. */
    FOLLOWING,
    /** Signs and executes nothing, and says why; answers reads and requests for blocks. */
    HALTED,
    /** Over. */
    STOPPED;

    private Set<NodeState> next() {
        return switch (this) {
            case STARTING, SYNCING -> EnumSet.of(SYNCING, VALIDATING, FOLLOWING, HALTED, STOPPED);
            case VALIDATING -> EnumSet.of(SYNCING, FOLLOWING, HALTED, STOPPED);
            case FOLLOWING -> EnumSet.of(SYNCING, VALIDATING, HALTED, STOPPED);
            case HALTED -> EnumSet.of(SYNCING, VALIDATING, FOLLOWING, STOPPED);
            case STOPPED -> EnumSet.noneOf(NodeState.class);
        };
    }

    /** Returns {@code target}. @throws IllegalStateException where it cannot follow this state */
    public NodeState to(NodeState target) {
        if (target != this && !next().contains(target)) {
            throw new IllegalStateException("node state " + target + " cannot follow " + this);
        }
        return target;
    }

    /** Whether blocks are decided in it. */
    public boolean isDeciding() {
        return this == VALIDATING || this == FOLLOWING;
    }
}
