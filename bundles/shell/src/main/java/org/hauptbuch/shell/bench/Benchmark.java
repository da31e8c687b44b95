package org.hauptbuch.shell.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.shell.Container;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.view.View;

/** One benchmark: accounts, signature limit, signing in advance, and the run. Stops by itself. */
public final class Benchmark {
    private static final int ACCOUNTS = 128;
    /** Signed in advance at most: some 100 MB. The rest is signed as it goes. */
    private static final int MOST_SIGNED = 200_000;

    private static final long LIMIT_NANOS = 2_000_000_000L;
    private static final long STEP_MILLIS = 5;

    private final Container container;
    private final Pause pause;
    private final Loops loops;
    private final long limitNanos;
    private final int mostSigned;

    /** In real time. */
    public Benchmark(Container container) {
        this(container, Pause.REAL, Loops.threads(STEP_MILLIS), LIMIT_NANOS, MOST_SIGNED);
    }

    Benchmark(Container container, Pause pause, Loops loops, long limitNanos, int mostSigned) {
        this.container = container;
        this.pause = pause;
        this.loops = loops;
        this.limitNanos = limitNanos;
        this.mostSigned = mostSigned;
    }

    /**
     * Runs.
     *
     * @param seconds how long to measure, 1 or more; warming up and the end come on top
     * @param rate transfers a second; the highest that is sustained where empty
     * @throws Failure where this is no development network, no node runs, or the development keys have too little
     */
    public View run(int seconds, Optional<Long> rate) throws InterruptedException {
        return measure(seconds, rate).view();
    }

    BenchResult measure(int seconds, Optional<Long> rate) throws InterruptedException {
        Directory.requireDevelopment(container);
        SignatureScheme scheme =
                container.signatures().orElseThrow(() -> new Failure("no signature scheme is available"));
        List<NodeService> nodes = container.nodes().stream()
                .filter(node -> node.status().running())
                .toList();
        if (nodes.isEmpty()) {
            throw new Failure("no node of this container runs");
        }
        NodeService first = nodes.get(0);
        ChainParameters parameters = first.parameters();
        BenchAccounts source = new BenchAccounts(scheme, first, pause);
        List<BenchAccount> accounts = source.derive(ACCOUNTS);
        prepare(first, accounts, seconds);
        double limit = new SignatureLimit(scheme).measure(sample(accounts), limitNanos);

        // every node verifies everything: together they cannot do more than this
        double most = rate.map(Long::doubleValue).orElse(limit / nodes.size());
        double warmUp = Math.max(3, 8 * parameters.blockTimeMillis() / 1000.0);
        long each = (long) Math.ceil(most * (seconds + warmUp) * 1.2) / accounts.size() + 1;
        long unit = Math.addExact(1, parameters.minimumFee());
        source.fund(accounts, Math.multiplyExact(each + 1, unit), Directory.keyring(container));
        prepare(first, accounts, seconds);
        int signed = (int) Math.min(mostSigned / accounts.size(), each);
        accounts.parallelStream().forEach(account -> account.sign(signed));

        // what the slowest node has final within 1.6 block times leaves room for one that is slower for once
        long latency = parameters.blockTimeMillis() * 1_600_000L + 100_000_000L;
        RateControl control = rate.isPresent() ? RateControl.fixed(rate.get()) : RateControl.seeking(latency);
        return new LoadRun(nodes, accounts, control, pause, loops).measure(warmUp, seconds, limit);
    }

    private static void prepare(NodeService node, List<BenchAccount> accounts, int seconds) {
        NodeStatus status = node.status();
        ChainParameters parameters = node.parameters();
        long blocks = (seconds + 600L) * 1000 / parameters.blockTimeMillis() + 100;
        for (int i = 0; i < accounts.size(); i++) {
            BenchAccount account = accounts.get(i);
            account.prepare(
                    accounts.get((i + 1) % accounts.size()).address(),
                    status.chainId(),
                    parameters,
                    status.finalizedHeight() + blocks,
                    node.account(account.address()).pendingNonce());
        }
    }

    /** A batch of different senders, as far as there are any. */
    private static List<Transaction> sample(List<BenchAccount> accounts) {
        return IntStream.range(0, SignatureLimit.BATCH)
                .mapToObj(i -> accounts.get(i % accounts.size()).next().transaction())
                .toList();
    }
}
