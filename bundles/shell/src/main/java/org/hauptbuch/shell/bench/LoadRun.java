package org.hauptbuch.shell.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Pause;

/** Warming up, measuring, and waiting for what is under way. */
final class LoadRun {
    /** Less than the pools of the nodes hold. */
    private static final int MOST_IN_FLIGHT = 40_000;

    /** A node answers each submission when it has checked it: several wait at a time. */
    private static final int DRIVERS_PER_NODE = 16;

    private static final long MOST_DRAIN_MILLIS = 60_000;

    /** Blocks after which the search for a rate ends, wherever it is. */
    private static final int MOST_SEARCHED = 60;

    /** Block times without a block after which it ends, too. */
    private static final int MOST_IDLE = 10;

    private final List<NodeService> nodes;
    private final RateControl control;
    private final Pause pause;
    private final Loops loops;
    private final List<Driver> drivers = new ArrayList<>();
    private final List<InFlight> inFlight = new ArrayList<>();
    private final AtomicLong blocks = new AtomicLong();

    LoadRun(List<NodeService> nodes, List<BenchAccount> accounts, RateControl control, Pause pause, Loops loops) {
        this.nodes = nodes;
        this.control = control;
        this.pause = pause;
        this.loops = loops;
        int all = nodes.size() * DRIVERS_PER_NODE;
        nodes.forEach(node -> inFlight.add(new InFlight()));
        for (int d = 0; d < all; d++) {
            List<BenchAccount> share = new ArrayList<>();
            for (int a = d; a < accounts.size(); a += all) {
                share.add(accounts.get(a));
            }
            int n = d % nodes.size();
            drivers.add(new Driver(
                    nodes.get(n), share, inFlight.get(n), MOST_IN_FLIGHT / nodes.size(), d / (double) all, pause));
        }
    }

    BenchResult measure(double warmUpSeconds, int seconds, double limit) throws InterruptedException {
        List<AutoCloseable> listening = listen();
        try {
            List<Runnable> steps = new ArrayList<>();
            drivers.forEach(driver -> steps.add(() -> driver.step(control.rate() / drivers.size())));
            SortedMap<String, Long> cpu;
            Loops.Running running = loops.start(steps);
            try {
                cpu = load(warmUpSeconds, seconds);
            } finally {
                running.stop();
            }
            drain();
            return result(seconds, limit, cpu);
        } finally {
            close(listening);
        }
    }

    /** Lets the load run. @return the CPU time of the measured part */
    private SortedMap<String, Long> load(double warmUpSeconds, int seconds) throws InterruptedException {
        pause.millis((long) (warmUpSeconds * 1000));
        long blockMillis = nodes.get(0).parameters().blockTimeMillis();
        long seen = blocks.get();
        int idle = 0;
        for (int block = 0; block < MOST_SEARCHED && idle < MOST_IDLE && !control.isSettled(); block++) {
            pause.millis(blockMillis);
            idle = blocks.get() == seen ? idle + 1 : 0;
            seen = blocks.get();
        }
        control.hold();
        SortedMap<String, Long> before = cpu();
        long begin = pause.nanoTime();
        inFlight.forEach(f -> f.measure(begin, begin + seconds * 1_000_000_000L));
        pause.millis(seconds * 1000L);
        SortedMap<String, Long> cpu = cpu();
        before.forEach((part, nanos) -> cpu.merge(part, -nanos, Long::sum));
        return cpu;
    }

    private List<AutoCloseable> listen() {
        Progress progress = new Progress(pause.nanoTime());
        // of each node's last block; the slowest counts
        AtomicLongArray slowest = new AtomicLongArray(nodes.size());
        List<AutoCloseable> listening = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            int node = n;
            listening.add(nodes.get(n).onFinal(block -> {
                blocks.incrementAndGet();
                long p99 = inFlight.get(node).block(block);
                if (p99 < 0) {
                    return;
                }
                slowest.set(node, p99);
                if (node == 0) {
                    long worst = IntStream.range(0, nodes.size())
                            .mapToLong(slowest::get)
                            .max()
                            .orElse(0);
                    progress.block(worst);
                }
            }));
        }
        return listening;
    }

    /** From one block to the next. One thread. */
    private final class Progress {
        private long time;
        private long refusedBefore;
        private long submittedBefore;

        private Progress(long now) {
            time = now;
        }

        private void block(long p99Nanos) {
            long now = pause.nanoTime();
            long refused = refused();
            long submitted = drivers.stream().mapToLong(Driver::submitted).sum();
            double perSecond = (submitted - submittedBefore) * 1e9 / Math.max(1, now - time);
            control.block(p99Nanos, refused - refusedBefore, perSecond);
            time = now;
            refusedBefore = refused;
            submittedBefore = submitted;
        }
    }

    // what is under way may still become final: ten block times, at most a minute
    private void drain() throws InterruptedException {
        long blockMillis = nodes.get(0).parameters().blockTimeMillis();
        long end = pause.nanoTime() + Math.min(MOST_DRAIN_MILLIS, 10 * blockMillis) * 1_000_000;
        while (unfinished() > 0 && pause.nanoTime() - end < 0) {
            pause.millis(20);
        }
    }

    private BenchResult result(int seconds, double limit, SortedMap<String, Long> cpu) {
        Latencies all = new Latencies();
        inFlight.forEach(f -> f.measuredInto(all));
        return new BenchResult(
                seconds,
                nodes.size(),
                nodes.get(0).parameters().blockTimeMillis(),
                drivers.stream().mapToLong(Driver::submitted).sum(),
                refused(),
                inFlight.stream().mapToLong(InFlight::finalized).sum(),
                inFlight.stream().mapToLong(InFlight::failed).sum(),
                unfinished(),
                control.rate(),
                all.percentile(50),
                all.percentile(99),
                limit,
                cpu);
    }

    private long refused() {
        return drivers.stream().mapToLong(Driver::refused).sum();
    }

    private long unfinished() {
        return inFlight.stream().mapToLong(InFlight::size).sum();
    }

    private SortedMap<String, Long> cpu() {
        SortedMap<String, Long> sum = new TreeMap<>();
        nodes.forEach(node -> node.cpuNanos().forEach((part, nanos) -> sum.merge(part, nanos, Long::sum)));
        return sum;
    }

    private static void close(List<AutoCloseable> listening) {
        for (AutoCloseable one : listening) {
            try {
                one.close();
            } catch (Exception e) {
                throw new Failure("a listener could not be closed: " + e, e);
            }
        }
    }
}
