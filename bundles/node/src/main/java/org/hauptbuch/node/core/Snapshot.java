package org.hauptbuch.node.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.chain.Tip;

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
        int poolTransactions) {
    /** What a node of these parts shows at the height of {@code context}, or between two heights. */
    static Snapshot of(
            NodeState state,
            Assembly parts,
            ChainParameters parameters,
            Optional<BlockContext> context,
            Optional<String> halt) {
        Tip tip = parts.head().tip();
        long height = tip.height() + 1;
        Optional<HeightDriver> driver = parts.deliberation().driver();
        Optional<String> silence = parts.rollbacks().isWaiting()
                ? Optional.of(parts.rollbacks().describe())
                : halt.or(() ->
                        parts.deliberation().own().flatMap(self -> parts.watch().describe()));
        return new Snapshot(
                state,
                height,
                driver.map(HeightDriver::round).orElse(0),
                driver.map(HeightDriver::step)
                        .or(parts.history()::step)
                        .orElse(state.toString().toLowerCase(Locale.ROOT)),
                tip.height(),
                tip.hash(),
                tip.timeMillis(),
                tip.stateRoot(),
                parameters.epochOf(height),
                context.map(BlockContext::ruleSetId)
                        .orElseGet(() -> parts.head().ruleSet().id()),
                driver.flatMap(HeightDriver::self),
                silence,
                parts.peers().names(),
                parts.pool().size());
    }
}
