package org.hauptbuch.shell.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hauptbuch.shell.Failure;

/** Calls steps again and again, each on a thread of its own, until stopped. */
interface Loops {
    /** How long a step may still go on when it is over. */
    long STOP_MILLIS = 5_000;

    /** Running loops. */
    interface Running {
        /** Ends them. @throws Failure where a step has thrown */
        void stop() throws InterruptedException;
    }

    /** Starts a loop for each of {@code steps}. */
    Running start(List<Runnable> steps);

    /** With real threads, which pause for {@code millis} after each step. */
    static Loops threads(long millis) {
        return steps -> {
            AtomicBoolean going = new AtomicBoolean(true);
            AtomicReference<RuntimeException> trouble = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (Runnable step : steps) {
                Thread thread =
                        new Thread(() -> loop(step, millis, going, trouble), "hauptbuch-bench-" + threads.size());
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            return () -> {
                going.set(false);
                for (Thread thread : threads) {
                    thread.join(STOP_MILLIS);
                    // a node that gives no answer
                    thread.interrupt();
                }
                if (trouble.get() != null) {
                    throw new Failure("a node did not take the load: " + trouble.get(), trouble.get());
                }
            };
        };
    }

    private static void loop(
            Runnable step, long millis, AtomicBoolean going, AtomicReference<RuntimeException> trouble) {
        try {
            while (going.get()) {
                step.run();
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // a step that was interrupted because all is over may say so as it likes
            if (going.get() || !Thread.currentThread().isInterrupted()) {
                trouble.compareAndSet(null, e);
            }
        }
    }
}
