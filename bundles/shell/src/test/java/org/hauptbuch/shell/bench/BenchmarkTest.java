package org.hauptbuch.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.FakeContainer;
import org.hauptbuch.shell.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs in virtual time: a block a second, steps every two milliseconds. */
class BenchmarkTest {
    private static final long MILLI = 1_000_000;

    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final World world = new World();
    private final Benchmark benchmark = new Benchmark(home, world, world, 1, 1000);

    @BeforeEach
    void start() {
        home.chain.immediate = false;
    }

    @Test
    void measuresAFixedRate() throws Exception {
        BenchResult result = benchmark.measure(5, Optional.of(1000L));
        assertEquals(5000, result.finalized(), 1000, "one block more or less");
        assertEquals(1000, result.finalizedTps(), 200);
        assertEquals(0, result.failed());
        assertEquals(0, result.unfinished());
        assertEquals(500 * MILLI, result.latencyNanosP50(), 50 * MILLI);
        assertTrue(result.latencyNanosP99() <= 1000 * MILLI, "final with the next block");
        assertTrue(result.limitTps() > 0);
        assertEquals(2, result.nodes());
        assertEquals(10 * MILLI, result.cpuNanos().get("loop"), "five blocks on two nodes");
    }

    @Test
    void seeksARateAndEndsByItself() throws Exception {
        home.chain.poolLimit = 300;
        BenchResult result = benchmark.measure(10, Optional.empty());
        assertEquals(270, result.finalizedTps(), 60, "near what the pool lets through in a block");
        assertTrue(result.refused() > 0);
        assertTrue(world.millis() < 60_000, "ended after " + world.millis() + " ms");
    }

    @Test
    void aSecondRunGoesOnWithTheSameAccounts() throws Exception {
        benchmark.measure(1, Optional.of(100L));
        long accounts = home.chain.balances.size();
        BenchResult again = benchmark.measure(1, Optional.of(100L));
        assertEquals(accounts, home.chain.balances.size());
        assertEquals(0, again.failed());
        assertEquals(0, again.refused());
    }

    @Test
    void transfersThatFailAreCounted() throws Exception {
        world.at(8_500, () -> home.chain.failing = Optional.of("no"));
        BenchResult result = benchmark.measure(3, Optional.of(100L));
        assertTrue(result.failed() > 0);
        assertEquals(
                PoSError.STAKING_FAILED,
                home.chain.receipts.values().stream()
                        .flatMap(r -> r.error().stream())
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void whatIsNotFinalIsSaidAndNotWaitedForForEver() throws Exception {
        world.at(9_000, () -> world.blocks = false);
        BenchResult result = benchmark.measure(1, Optional.of(100L));
        assertTrue(result.unfinished() > 0);
        assertTrue(world.millis() < 60_000);
    }

    @Test
    void aNodeThatRefusesIsTriedAgainWithTheSameTransfer() throws Exception {
        world.at(8_300, () -> home.chain.nonces.replaceAll((address, nonce) -> nonce + 1_000_000));
        BenchResult result = benchmark.measure(1, Optional.of(100L));
        assertTrue(result.refused() > 0);
        assertTrue(result.refused() < 128 * 40, "an account rests after a refusal: " + result.refused());
    }

    @Test
    void refusesWhereItCannotRun() {
        home.chain.balances.replaceAll((address, units) -> 5L);
        Failure poor = assertThrows(Failure.class, () -> benchmark.measure(1, Optional.of(100L)));
        assertTrue(poor.getMessage().contains("fewer --seconds or a lower --rate"), poor.getMessage());
        home.nodes.forEach(node -> node.running = false);
        assertThrows(Failure.class, () -> benchmark.measure(1, Optional.of(100L)));
        home.keys.development = false;
        assertThrows(Failure.class, () -> benchmark.measure(1, Optional.of(100L)));
    }

    /** Virtual time in which blocks are made and the loops' steps are called. */
    private final class World implements Pause, Loops {
        private long nanos;
        private boolean blocks = true;
        private final List<Runnable> running = new ArrayList<>();
        private long eventAt = Long.MAX_VALUE;
        private Runnable event = () -> {};

        private void at(long millis, Runnable what) {
            eventAt = millis;
            event = what;
        }

        private long millis() {
            return nanos / MILLI;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void millis(long millis) {
            for (long end = nanos + millis * MILLI; nanos < end; ) {
                nanos += MILLI;
                if (millis() == eventAt) {
                    event.run();
                }
                if (blocks && millis() % 1000 == 0) {
                    home.chain.seal(nanos);
                }
                if (millis() % 2 == 0) {
                    running.forEach(Runnable::run);
                }
            }
        }

        @Override
        public Running start(List<Runnable> steps) {
            running.addAll(steps);
            return running::clear;
        }
    }
}
