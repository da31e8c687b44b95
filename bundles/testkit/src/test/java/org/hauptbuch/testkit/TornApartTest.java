package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** A validator with more than a third of the stake that runs on both sides of a partition. */
class TornApartTest {
    private static final SortedMap<String, Long> STAKES =
            new TreeMap<>(Map.of("east", 30_000_000L, "liar", 40_000_000L, "west", 30_000_000L));

    private static Simulation running() {
        SimChain chain = new SimChain(
                new TestOnlyKeyedHashScheme(),
                TestWorlds.patient(),
                STAKES,
                new TreeMap<>(Map.of("east", 5L, "somebody", 7L)),
                1_000,
                100,
                Hash.sha256(new byte[] {3}));
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, 1);
        simulation.startAll();
        assertTrue(simulation.runUntil(30_000, () -> simulation.nodes().stream().allMatch(node -> node.height() == 2)));
        return simulation;
    }

    @Test
    void aChainOfWhatTheCallerSays() {
        SimChain chain = running().chain();
        assertEquals(List.of("east", "liar", "west"), chain.validators());
        assertEquals(List.of("somebody"), chain.accounts());
        assertEquals(100_000_012, chain.genesis().supply());
    }

    @Test
    void eachSideHasAHistoryThatBeginsWithTheCommonBlocks() {
        Simulation simulation = running();
        Hash common = simulation.history().at(2).hash();
        AtomicLong heard = new AtomicLong();
        long before = simulation.network().delivered();
        simulation.network().onDelivered((to, message) -> heard.incrementAndGet());
        SimNode twin = simulation.addTwin("liar");
        History west = simulation.tearOff(Set.of("west", "liar-twin"));
        twin.start();
        assertSame(west, simulation.historyOf("liar-twin"));
        assertSame(simulation.history(), simulation.historyOf("liar"));
        assertTrue(
                simulation.runUntil(120_000, () -> simulation.history().height() >= 5 && west.height() >= 5),
                simulation::describe);
        assertEquals(common, west.at(2).hash());
        assertNotEquals(simulation.history().at(5).hash(), west.at(5).hash());
        simulation.checkStates();
        assertEquals(simulation.network().delivered() - before, heard.get());
    }

    @Test
    void whoTearsNothingOffSeesTwoFinalBlocksAsTheFailureThatTheyAre() {
        Simulation simulation = running();
        SimNode twin = simulation.addTwin("liar");
        simulation.network().partition(Map.of("west", 1, "liar-twin", 1));
        twin.start();
        String failure = assertThrows(SimulationFailure.class, () -> simulation.runMillis(120_000))
                .getMessage();
        assertTrue(failure.contains("two final blocks at height 3"), failure);
    }
}
