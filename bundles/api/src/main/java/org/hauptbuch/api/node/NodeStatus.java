package org.hauptbuch.api.node;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * Where a node stands.
 *
 * @param name the node
 * @param running whether its loop runs
 * @param chainId the chain
 * @param height the height being decided
 * @param round the round of that height
 * @param step what it waits for, for people
 * @param finalizedHeight the last final block, 0 for genesis
 * @param finalizedHash its hash
 * @param finalizedTimeMillis its time, milliseconds since 1970
 * @param stateRoot the root of the state after it
 * @param epoch the epoch of the height being decided
 * @param ruleSetId the rules that judge that height
 * @param validator the validator that it signs for; empty where it only follows
 * @param signing whether it would sign now
 * @param halt why it does not sign although it should, in one line; empty where all is well
 * @param peers the connected peers, by ascending name
 * @param poolTransactions transactions that wait
 */
public record NodeStatus(
        String name,
        boolean running,
        String chainId,
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
        boolean signing,
        Optional<String> halt,
        List<String> peers,
        int poolTransactions) {}
