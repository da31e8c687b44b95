package org.hauptbuch.attacks;

import java.util.Optional;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.testkit.SimNode;
import org.hauptbuch.testkit.Simulation;

/** How a node that was never there joins: whom it believes. */
@FunctionalInterface
interface Newcomer {
    /** Whether a node that has fetched a chain to the height of {@code checkpoint} or further stays with it. */
    boolean accepts(ChainStore chain, TrustedBlock checkpoint);

    /** It takes whatever follows from genesis. */
    static Newcomer fromGenesis() {
        return (chain, checkpoint) -> true;
    }

    /** It takes only a chain that has the block which it was told to trust. */
    static Newcomer trusting() {
        return (chain, checkpoint) ->
                chain.block(checkpoint.height()).orElseThrow().hash().equals(checkpoint.hash());
    }

    /**
     * Lets a follower fetch the chain of a world; returns it with the chain that it accepted, or nothing where it got
     * none to the checkpoint's height within {@code patienceMillis}, or refused it: then it is stopped.
     */
    default Optional<SimNode> joins(Simulation world, String name, TrustedBlock checkpoint, long patienceMillis) {
        SimNode node = world.add(name, Optional.empty());
        node.start();
        boolean there = world.runUntil(patienceMillis, () -> node.height() >= checkpoint.height());
        if (there && accepts(new ChainStore(node.disk().contents()), checkpoint)) {
            return Optional.of(node);
        }
        node.stop();
        return Optional.empty();
    }
}
