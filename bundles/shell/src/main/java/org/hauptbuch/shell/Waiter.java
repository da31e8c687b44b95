package org.hauptbuch.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;

/** Waits until every node of the container, those still to come included, has reached something. */
public final class Waiter {
    private static final long LOOK_MILLIS = 25;

    private final Container container;
    private final Pause pause;

    /**
     * What to wait for.
     *
     * @param text in words
     * @param reached whether a node has reached it
     */
    public record Goal(String text, Predicate<NodeStatus> reached) {
        /** Block {@code height} is final. */
        public static Goal finalized(long height) {
            return new Goal("block " + height + " final", status -> status.finalizedHeight() >= height);
        }

        /** Block {@code height} is being decided. */
        public static Goal height(long height) {
            return new Goal("height " + height, status -> status.height() >= height);
        }

        /** A block of {@code epoch} is being decided. */
        public static Goal epoch(long epoch) {
            return new Goal("epoch " + epoch, status -> status.epoch() >= epoch);
        }

        /** The node runs, nothing keeps it from signing, and the chain has its first block. */
        public static Goal ready() {
            return new Goal(
                    "ready", status -> status.running() && status.halt().isEmpty() && status.finalizedHeight() >= 1);
        }
    }

    public Waiter(Container container, Pause pause) {
        this.container = container;
        this.pause = pause;
    }

    /**
     * Waits.
     *
     * @param node the node to wait for; all where empty
     * @return the nodes, as they were when all had reached it
     * @throws Failure where one has not in time, naming each
     */
    public List<NodeStatus> await(Goal goal, Optional<String> node, Duration timeout) throws InterruptedException {
        long deadline = pause.nanoTime() + timeout.toNanos();
        while (true) {
            // looked up again each time: nodes come up one by one
            Map<String, NodeStatus> there = new TreeMap<>();
            for (NodeService service : container.nodes()) {
                there.put(service.name(), service.status());
            }
            SortedSet<String> wanted = wanted(node, there);
            List<String> behind = new ArrayList<>();
            for (String name : wanted) {
                NodeStatus status = there.get(name);
                if (status == null || !goal.reached().test(status)) {
                    behind.add(status == null ? name + " is not up" : where(status));
                }
            }
            if (!wanted.isEmpty() && behind.isEmpty()) {
                return wanted.stream().map(there::get).toList();
            }
            if (pause.nanoTime() >= deadline) {
                String who = behind.isEmpty() ? "no node is configured" : String.join("; ", behind);
                throw new Failure("not reached in " + timeout.toSeconds() + " s: " + goal.text() + " (" + who + ")");
            }
            pause.millis(LOOK_MILLIS);
        }
    }

    private SortedSet<String> wanted(Optional<String> node, Map<String, NodeStatus> there) {
        SortedSet<String> known = new TreeSet<>(container.configured());
        known.addAll(there.keySet());
        if (node.isEmpty()) {
            return known;
        }
        if (!known.isEmpty() && !known.contains(node.get())) {
            throw Failure.argument("--node", node.get(), "one of " + String.join(", ", known));
        }
        return new TreeSet<>(List.of(node.get()));
    }

    private static String where(NodeStatus status) {
        return status.name()
                + (status.running() ? "" : " is stopped and")
                + " has finalized block " + status.finalizedHeight() + " and is at height " + status.height()
                + status.halt().map(halt -> " and does not sign: " + halt).orElse("");
    }
}
