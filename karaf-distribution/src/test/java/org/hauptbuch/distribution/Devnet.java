package org.hauptbuch.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.hauptbuch.api.node.NodeService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The devnet inside the container, as a test talks to it: by shell commands and by the node's service. */
final class Devnet {
    /** Generous: only a broken node takes that long, however loaded the machine is. */
    private static final long PATIENCE_NANOS = 90_000_000_000L;

    private final BundleContext context;
    private final SessionFactory sessions;

    Devnet(BundleContext context, SessionFactory sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    /** The nodes by ascending name. */
    List<NodeService> nodes() {
        try {
            Collection<ServiceReference<NodeService>> references =
                    context.getServiceReferences(NodeService.class, null);
            return references.stream()
                    .map(context::getService)
                    .sorted(Comparator.comparing(NodeService::name))
                    .collect(Collectors.toList());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    NodeService node(String name) {
        return nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + name));
    }

    /** What a command prints; a command that fails fails the test. */
    String run(String command) {
        try {
            return execute(command);
        } catch (Exception e) {
            throw new AssertionError(command + " failed: " + e, e);
        }
    }

    /** The error of a command that has to be refused. */
    String refusal(String command) {
        try {
            String out = execute(command);
            throw new AssertionError(command + " was not refused, and printed: " + out);
        } catch (Exception e) {
            assertNotNull(command + " was refused without a word", e.getMessage());
            return e.getMessage();
        }
    }

    private String execute(String command) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Session session = sessions.create(InputStream.nullInputStream(), out, out)) {
            session.execute(command);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits until all nodes have {@code height} final, and that they agree on it. */
    void awaitFinal(long height) {
        await(
                "block " + height + " final everywhere",
                () -> nodes().size() == 4
                        && nodes().stream().allMatch(node -> node.status().finalizedHeight() >= height));
        List<String> hashes = nodes().stream()
                .map(node -> node.block(height).orElseThrow().hash().toString())
                .distinct()
                .collect(Collectors.toList());
        assertEquals("one block at height " + height, 1, hashes.size());
    }

    /** Waits for so many blocks more than there are now. */
    void awaitMore(long blocks) {
        awaitFinal(height() + blocks);
    }

    /** The lowest final height of all nodes. */
    long height() {
        return nodes().stream()
                .mapToLong(node -> node.status().finalizedHeight())
                .min()
                .orElseThrow();
    }

    /** Asserts that all nodes have the same block at every height of the range. */
    void assertEveryBlock(long from, long to) {
        for (long height = from; height <= to; height++) {
            awaitFinal(height);
        }
    }

    /** Whether the rules that judge the next block have a rule of this id, on every node. */
    boolean isActive(String rule) {
        return nodes().stream().allMatch(node -> node.activeRules().find(rule).isPresent());
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue("waited in vain for " + what, System.nanoTime() < deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
