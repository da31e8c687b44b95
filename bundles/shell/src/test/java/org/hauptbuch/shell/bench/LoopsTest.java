package org.hauptbuch.shell.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.shell.Failure;
import org.junit.jupiter.api.Test;

class LoopsTest {
    @Test
    void stepsAreCalledUntilStopped() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        CountDownLatch five = new CountDownLatch(5);
        Loops.Running running = Loops.threads(0).start(List.of(three::countDown, five::countDown));
        assertTrue(three.await(10, TimeUnit.SECONDS));
        assertTrue(five.await(10, TimeUnit.SECONDS));
        running.stop();
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("hauptbuch-bench-")),
                "all threads have ended");
    }

    @Test
    void whatAStepThrowsIsSaidWhenStopped() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        Loops.Running running = Loops.threads(0).start(List.of(() -> {
            thrown.countDown();
            throw new IllegalStateException("the node is gone");
        }));
        assertTrue(thrown.await(10, TimeUnit.SECONDS));
        Failure failure = assertThrows(Failure.class, running::stop);
        assertTrue(failure.getMessage().contains("the node is gone"), failure.getMessage());
    }
}
