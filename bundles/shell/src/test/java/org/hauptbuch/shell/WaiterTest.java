package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.node.NodeStatus;
import org.junit.jupiter.api.Test;

class WaiterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final FakePause pause = new FakePause();

    @Test
    void waitsUntilTheLastNodeHasTheBlock() throws Exception {
        home.nodes.get(1).behind = 2;
        pause.during(home.chain::seal);
        List<NodeStatus> nodes = await(Waiter.Goal.finalized(3), Optional.empty());
        assertEquals(
                List.of("alice", "bob"), nodes.stream().map(NodeStatus::name).toList());
        assertEquals(5, home.chain.height());
    }

    @Test
    void waitsForNodesThatAreConfiguredAndNotYetUp() throws Exception {
        home.chain.seal();
        home.alsoConfigured.add("carol");
        pause.during(() -> {
            if (pause.millis() > 1000 && home.nodes.size() < 3) {
                home.nodes.add(new FakeNode(home.chain, "carol", Optional.empty()));
            }
        });
        assertEquals(3, await(Waiter.Goal.finalized(1), Optional.empty()).size());
        assertTrue(pause.millis() > 1000);
    }

    @Test
    void waitsForOneNodeOnly() throws Exception {
        home.chain.seal();
        home.nodes.get(1).behind = 1;
        assertEquals(1, await(Waiter.Goal.finalized(1), Optional.of("alice")).size());
        assertEquals(0, pause.millis());
    }

    @Test
    void namesTheNodesThatLagBehindAndWhy() {
        home.chain.seal();
        home.alsoConfigured.add("carol");
        home.nodes.get(0).running = false;
        home.nodes.get(1).halt = Optional.of("rule selection.test is missing");
        Failure late = assertThrows(Failure.class, () -> await(Waiter.Goal.finalized(9), Optional.empty()));
        assertTrue(late.getMessage().startsWith("not reached in 60 s: block 9 final ("), late.getMessage());
        assertTrue(late.getMessage().contains("alice is stopped"), late.getMessage());
        assertTrue(late.getMessage().contains("bob has finalized block 1"), late.getMessage());
        assertTrue(late.getMessage().contains("does not sign: rule selection.test is missing"), late.getMessage());
        assertTrue(late.getMessage().contains("carol is not up"), late.getMessage());
        assertEquals(60_000, pause.millis());
    }

    @Test
    void readyNeedsARunningNodeWithoutAHaltAndABlock() {
        Waiter.Goal ready = Waiter.Goal.ready();
        FakeNode node = home.nodes.get(0);
        assertEquals(false, ready.reached().test(node.status()), "no block yet");
        home.chain.seal();
        assertEquals(true, ready.reached().test(node.status()));
        node.halt = Optional.of("x");
        assertEquals(false, ready.reached().test(node.status()));
        node.halt = Optional.empty();
        node.running = false;
        assertEquals(false, ready.reached().test(node.status()));
    }

    @Test
    void heightIsTheOneBeingDecided() throws Exception {
        home.chain.seal();
        await(Waiter.Goal.height(2), Optional.empty());
        assertEquals(0, pause.millis());
    }

    @Test
    void refusesANodeThatIsNotHere() {
        Failure refused = assertThrows(Failure.class, () -> await(Waiter.Goal.ready(), Optional.of("zoe")));
        assertEquals("--node is 'zoe', must be one of alice, bob", refused.getMessage());
    }

    @Test
    void saysThatNothingIsConfigured() {
        home.nodes.clear();
        Failure refused = assertThrows(Failure.class, () -> await(Waiter.Goal.ready(), Optional.empty()));
        assertTrue(refused.getMessage().contains("no node is configured"), refused.getMessage());
    }

    private List<NodeStatus> await(Waiter.Goal goal, Optional<String> node) throws InterruptedException {
        return new Waiter(home, pause).await(goal, node, MINUTE);
    }
}
