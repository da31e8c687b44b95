package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hauptbuch.node.core.NodeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validators that listen before they sign, in a world with faults. */
class DoppelgangerTest {
    private static final int BLOCKS = 2;
    private static final long BLOCK_TIME = 1_000;

    private static Simulation listening(long seed) {
        SimChain chain =
                new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.patientTakingTurns(), 4, BLOCK_TIME, 100);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, seed);
        simulation.nodes().forEach(node -> node.listens(BLOCKS));
        simulation.allowHalts(why -> why.startsWith("listens for another node with its key"));
        simulation.startAll();
        simulation.runToHeight(3, 20_000);
        return simulation;
    }

    private static boolean isNoticed(SimNode node) {
        return node.snapshot()
                .halt()
                .filter(why -> why.contains("signs with its key"))
                .isPresent();
    }

    /** The twin hears the other by what everybody says of it only: there is no link between the two. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTwinNoticesTheOtherBeforeItSigns(long seed) {
        Simulation simulation = listening(seed);
        simulation.allowHalts(why -> why.contains("another node"));
        // with an empty disk it would else be a chain that begins
        simulation.runMillis(70_000);
        SimNode twin = simulation.addTwin("dave");
        twin.listens(BLOCKS);
        twin.start();
        assertTrue(simulation.runUntil(30_000, () -> isNoticed(twin)), () -> "seed " + seed + " " + twin.snapshot());
        long height = simulation.history().height();
        simulation.runToHeight(height + 20, 60_000);
        assertTrue(isNoticed(twin));
        assertEquals(NodeState.FOLLOWING, twin.snapshot().state());
        assertEquals(NodeState.VALIDATING, simulation.node("dave").snapshot().state());
        assertEquals(0, simulation.signatures().lies(), "seed " + seed);
        assertEquals(0, simulation.history().slashings().size(), "seed " + seed);
        simulation.checkStates();
    }

    @Test
    void withoutTheWatchTheSameTwinSigns() {
        Simulation simulation = listening(1);
        simulation.runMillis(70_000);
        SimNode twin = simulation.addTwin("dave");
        twin.start();
        assertTrue(simulation.runUntil(
                10_000, () -> twin.height() > 60 && twin.snapshot().state() == NodeState.VALIDATING));
    }

    /** Nobody listens for ever: whoever crashes comes back and signs, one or all of them, over bad links. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void crashesAndStartsNeverEndInSilence(long seed) {
        Simulation simulation = listening(seed);
        for (int i = 0; i < 8; i++) {
            simulation.network().quality(new LinkQuality(1_000, 60_000, i % 2 == 0 ? 50 : 0, 20, false));
            boolean all = simulation.random().nextInt(3) == 0;
            for (SimNode node : simulation.nodes()) {
                if (all || simulation.random().nextInt(3) == 0) {
                    node.crash();
                }
            }
            simulation.runMillis(simulation.random().nextInt(4_000));
            simulation.startAll();
            simulation.runMillis(simulation.random().nextInt(3_000));
        }
        simulation.network().quality(LinkQuality.CALM);
        long height = simulation.history().height();
        assertTrue(
                simulation.runUntil(
                        120_000,
                        () -> simulation.history().height() >= height + 10
                                && simulation.nodes().stream()
                                        .allMatch(node -> node.snapshot().state() == NodeState.VALIDATING)),
                () -> "seed " + seed + " " + simulation.describe());
        assertEquals(0, simulation.signatures().lies(), "seed " + seed);
        assertEquals(0, simulation.history().slashings().size(), "seed " + seed);
        simulation.checkStates();
    }
}
