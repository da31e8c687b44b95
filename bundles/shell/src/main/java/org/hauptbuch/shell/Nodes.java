package org.hauptbuch.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.node.NodeService;

/** Chooses the nodes that a command asks. */
public final class Nodes {
    private static final long UP_SECONDS = 30;
    private static final long LOOK_MILLIS = 25;

    private final Container container;

    public Nodes(Container container) {
        this.container = container;
    }

    /** All nodes that are there, or the one that is named. @throws Failure where there is none */
    public List<NodeService> all(Optional<String> name) {
        List<NodeService> nodes = container.nodes();
        if (name.isPresent()) {
            return List.of(named("--node", name.get()));
        }
        if (nodes.isEmpty()) {
            throw none();
        }
        return nodes;
    }

    /** The node that is named; without a name the first that runs, else the first. */
    public NodeService chosen(Optional<String> name) {
        List<NodeService> nodes = all(name);
        return nodes.stream()
                .filter(node -> node.status().running())
                .findFirst()
                .orElse(nodes.get(0));
    }

    /** As {@link #chosen}, for what only a running node can do. */
    public NodeService running(Optional<String> name) {
        NodeService node = chosen(name);
        if (!node.status().running()) {
            throw new Failure(
                    name.isPresent()
                            ? "node " + node.name() + " is stopped; start it with pos:node-start " + node.name()
                            : "all nodes of this container are stopped; start one with pos:node-start NAME");
        }
        return node;
    }

    /** The node with this name. */
    public NodeService named(String argument, String name) {
        List<NodeService> nodes = container.nodes();
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> nodes.isEmpty()
                        ? none()
                        : Failure.argument(
                                argument,
                                name,
                                "one of "
                                        + nodes.stream().map(NodeService::name).collect(Collectors.joining(", "))));
    }

    /** What to say where nodes can be neither added nor removed. */
    public static Failure noAdmin() {
        return new Failure("the node bundle is not up, which adds nodes and removes them; the log says why");
    }

    /**
     * Waits until a node is there, or is there no more.
     *
     * @throws Failure where that is not so in time
     */
    public void awaitUp(String name, boolean up, Pause pause) throws InterruptedException {
        long deadline = pause.nanoTime() + UP_SECONDS * 1_000_000_000L;
        while (container.nodes().stream().anyMatch(node -> node.name().equals(name)) != up) {
            if (pause.nanoTime() >= deadline) {
                throw new Failure("node " + name + " is " + (up ? "configured and not up" : "still up") + " after "
                        + UP_SECONDS + " s; the log says why");
            }
            pause.millis(LOOK_MILLIS);
        }
    }

    private Failure none() {
        return new Failure(
                container.configured().isEmpty()
                        ? "no node is configured in this container (etc/org.hauptbuch.node-NAME.cfg)"
                        : "no node of this container is up (" + String.join(", ", container.configured())
                                + "): it is still starting, or the log says why");
    }
}
