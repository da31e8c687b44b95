package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.hauptbuch.node.block.RuleOverrun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RuleThreadsTest {
    private final RuleThreads threads = new RuleThreads("test", 30);
    private volatile boolean circling = true;

    @AfterEach
    void end() {
        circling = false;
        threads.stop();
    }

    private Integer circle() {
        while (circling) {
            Thread.onSpinWait();
        }
        return 0;
    }

    @Test
    void whatComesOutIsHandedOn() {
        assertEquals(7, threads.run(() -> 7));
        IllegalStateException thrown = new IllegalStateException();
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> threads.run(() -> {
                            throw thrown;
                        })));
        StackOverflowError error = new StackOverflowError();
        assertSame(
                error,
                assertThrows(
                        StackOverflowError.class,
                        () -> threads.run(() -> {
                            throw error;
                        })));
    }

    @Test
    void whatTakesTooLongIsGivenUpWithThePlaceWhereItIs() {
        RuleOverrun overrun = assertThrows(RuleOverrun.class, () -> threads.run(this::circle));
        assertTrue(overrun.getMessage().startsWith("it took longer than 30 ms, was at "), overrun.getMessage());
        assertTrue(overrun.getStackTrace().length > 0);
        assertEquals(7, threads.run(() -> 7), "the next call has a thread of its own");
    }

    @Test
    void whatWaitsIsGivenUpToo() {
        CountDownLatch never = new CountDownLatch(1);
        Supplier<Integer> waiting = () -> {
            try {
                never.await();
                return 1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 2;
            }
        };
        assertThrows(RuleOverrun.class, () -> threads.run(waiting));
    }

    @Test
    void onlySoManyRunOn() {
        for (int i = 0; i < 4; i++) {
            assertThrows(RuleOverrun.class, () -> threads.run(this::circle));
        }
        RuleOverrun refused = assertThrows(RuleOverrun.class, () -> threads.run(() -> 7));
        assertTrue(refused.getMessage().contains("still running"), refused.getMessage());
    }

    @Test
    void afterTheEndNothingRuns() {
        threads.stop();
        assertThrows(IllegalStateException.class, () -> threads.run(() -> 7));
    }
}
