package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;

/**
 * What is local to one node and need not match the network.
 *
 * @param name the node's name, for logs
 * @param key the consensus key that it signs with; empty for a node that only follows
 * @param pool the limits of its transaction pool
 */
public record Settings(String name, Optional<Signer> key, PoolLimits pool) {
    /** A validator's settings. */
    public static Settings validator(String name, Signer key) {
        return new Settings(name, Optional.of(key), PoolLimits.DEFAULT);
    }

    /** A follower's settings. */
    public static Settings follower(String name) {
        return new Settings(name, Optional.empty(), PoolLimits.DEFAULT);
    }
}
