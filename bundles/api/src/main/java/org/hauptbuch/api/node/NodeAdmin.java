package org.hauptbuch.api.node;

import org.osgi.annotation.versioning.ProviderType;

/** Adds nodes to a development network in this container and takes them away. One service in the container. Thread-safe. */
@ProviderType
public interface NodeAdmin {
    /**
     * What there is of a new node.
     *
     * @param name the node
     * @param account the key of its account, named as the node
     * @param consensusKey the key that it signs with, named as the node with {@code -consensus}
     * @param port the port that it listens on
     */
    record Added(String name, KeyInfo account, KeyInfo consensusKey, int port) {}

    /**
     * Makes keys and configuration of one more node, which comes up a moment later and calls all others. Keys and store
     * of a node of that name that was removed are used again.
     *
     * @throws IllegalArgumentException where the name is taken or not 1 to 64 of {@code a-z 0-9 _ . -}, or this is no
     *     development network
     * @throws java.io.UncheckedIOException where a file cannot be read or written
     */
    Added add(String name);

    /**
     * Takes the configuration of a node away, which goes down a moment later. Its keys and its store stay: what it has
     * signed must not be forgotten.
     *
     * @throws IllegalArgumentException where there is no node of that name, or no other, or this is no development network
     * @throws java.io.UncheckedIOException where a file cannot be read or deleted
     */
    void remove(String name);
}
