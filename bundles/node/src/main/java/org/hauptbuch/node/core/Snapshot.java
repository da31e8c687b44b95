package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * What a node publishes after every change, for any thread to read.
 *
 * @param state where it is in its life
 * @param height the height being decided
 * @param round the round of that height
 * @param step what it waits for, for people
 * @param finalizedHeight the last final block, 0 for genesis
 * @param finalizedHash its hash, the genesis hash at height 0
 * @param finalizedTimeMillis its time, milliseconds since 1970
 * @param stateRoot the root of the state after it
 * @param epoch the epoch of {@code height}
 * @param ruleSetId the rules that judge {@code height}
 * @param validator the validator that it signs for at {@code height}; empty where it only follows
 * @param halt why it is halted, in one line; empty where it is not
 * @param peers the connected peers, by ascending name
 * @param poolTransactions transactions that wait
 */
public record Snapshot(
        NodeState state,
        long height,
        int round,
        String step,
        long finalizedHeight,
        Hash finalizedHash,
        long finalizedTimeMillis,
        Hash stateRoot,
        long epoch,
        Hash ruleSetId,
        Optional<Address> validator,
        Optional<String> halt,
        List<String> peers,
        int poolTransactions) {}
