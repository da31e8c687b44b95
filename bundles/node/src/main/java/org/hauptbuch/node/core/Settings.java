package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;

/**
 * What is local to one node and need not match the network.
 *
 * @param name the node's name, for logs
 * @param key the consensus key that it signs with; empty for a node that only follows
 * @param pool the limits of its transaction pool
 * @param history where it begins and what it keeps
 * @param doppelgangerBlocks for how many blocks it listens for another node with its key before it signs; 0: not at all
 */
public record Settings(
        String name, Optional<Signer> key, PoolLimits pool, HistoryPolicy history, int doppelgangerBlocks) {
    /** One that begins at genesis, keeps every block, makes no snapshots, and signs as soon as it starts. */
    public Settings(String name, Optional<Signer> key, PoolLimits pool) {
        this(name, key, pool, HistoryPolicy.ARCHIVE, 0);
    }

    /** With another history. */
    public Settings with(HistoryPolicy other) {
        return new Settings(name, key, pool, other, doppelgangerBlocks);
    }

    /** One that listens for so many blocks before it signs. */
    public Settings listening(int blocks) {
        return new Settings(name, key, pool, history, blocks);
    }

    /** A validator's settings. */
    public static Settings validator(String name, Signer key) {
        return new Settings(name, Optional.of(key), PoolLimits.DEFAULT);
    }

    /** A follower's settings. */
    public static Settings follower(String name) {
        return new Settings(name, Optional.empty(), PoolLimits.DEFAULT);
    }
}
