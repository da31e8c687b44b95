package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.node.core.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopTest {
    private final Loop loop = new Loop("test");

    @AfterEach
    void end() throws InterruptedException {
        loop.stop(() -> {}, 1_000);
    }

    @Test
    void whatPeersSendIsPushedBackAndWhatTheNodePostsIsNot() throws InterruptedException {
        int taken = 0;
        while (loop.offer(10, () -> {})) {
            taken++;
        }
        assertEquals(4_096, taken);
        assertFalse(loop.hasRoom());
        CountDownLatch ran = new CountDownLatch(1);
        loop.post(ran::countDown);
        loop.start();
        assertTrue(ran.await(5, TimeUnit.SECONDS));
        assertTrue(loop.hasRoom());
        assertTrue(loop.offer(10, () -> {}));
    }

    @Test
    void bytesCountToo() {
        assertTrue(loop.offer(64 << 20, () -> {}));
        assertFalse(loop.offer(1, () -> {}));
    }

    @Test
    void timersRunInTheirOrderAndNotWhenTheyAreCancelled() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        loop.post(() -> {
            loop.arm(30, () -> order.add("late"));
            loop.arm(5, () -> order.add("early"));
            Cancellable never = loop.arm(10, () -> order.add("never"));
            loop.arm(31, done::countDown);
            never.cancel();
            never.cancel();
        });
        loop.start();
        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(List.of("early", "late"), order);
    }

    @Test
    void aTaskThatFailsDoesNotEndIt() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        loop.post(() -> {
            throw new IllegalStateException("a mistake");
        });
        loop.post(ran::countDown);
        loop.start();
        assertTrue(ran.await(5, TimeUnit.SECONDS));
    }

    @Test
    void stoppingRunsTheLastTaskAndNothingAfterIt() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        loop.start();
        loop.post(() -> order.add("first"));
        assertTrue(loop.stop(() -> order.add("last"), 5_000));
        loop.post(() -> order.add("never"));
        assertEquals(List.of("first", "last"), order);
    }
}
