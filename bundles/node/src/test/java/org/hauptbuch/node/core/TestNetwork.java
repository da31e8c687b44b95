package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.store.memory.MemoryStoreFactory;

/** Nodes in one thread, with links between all of them, in virtual time. */
final class TestNetwork {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Genesis genesis;
    private long now = 1_000_000_000L;
    private long sequence;
    private DelayFunction delay = DelayFunction.NONE;
    /** Decides of every message whether it arrives. */
    Filter filter = (from, to, message) -> true;

    @FunctionalInterface
    interface Filter {
        boolean passes(String from, String to, Bytes message);
    }

    private record Due(long at, long sequence, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
        }
    }

    TestNetwork(Genesis genesis) {
        this.genesis = genesis;
    }

    /** The usual one: four validators, not started. */
    static TestNetwork ofFour() {
        TestNetwork network = new TestNetwork(TestChain.genesis());
        TestChain.NAMES.forEach(name -> network.add(name, newStore()));
        return network;
    }

    static Store newStore() {
        return new MemoryStoreFactory().open(java.nio.file.Path.of("unused"));
    }

    /** Nodes that are added later have this delay function. */
    void delayBy(DelayFunction function) {
        delay = function;
    }

    Node add(String name, Store store) {
        Node node = new Node(name, store, Settings.validator(name, TestChain.consensus(name)), TestRules.catalogue());
        nodes.put(name, node);
        return node;
    }

    Node addFollower(String name) {
        return add(newStore(), Settings.follower(name));
    }

    /** One with settings of its own, in place of the one with its name. */
    Node add(Store store, Settings settings) {
        Node node = new Node(settings.name(), store, settings, TestRules.catalogue());
        nodes.put(settings.name(), node);
        return node;
    }

    Node node(String name) {
        return nodes.get(name);
    }

    List<Node> all() {
        return List.copyOf(nodes.values());
    }

    void startAll() {
        nodes.values().forEach(Node::start);
    }

    long nowMillis() {
        return now / 1_000_000;
    }

    /** Runs until {@code done}; fails after so much virtual time. */
    void runUntil(long withinMillis, BooleanSupplier done) {
        long end = now + withinMillis * 1_000_000;
        while (!done.getAsBoolean()) {
            Due next = due.peek();
            if (next == null || next.at > end) {
                throw new AssertionError("not within " + withinMillis + " ms: "
                        + nodes.values().stream()
                                .map(n -> n.name + " " + n.describe())
                                .toList());
            }
            step();
        }
    }

    /** Runs for so much virtual time. */
    void run(long millis) {
        long end = now + millis * 1_000_000;
        while (!due.isEmpty() && due.peek().at <= end) {
            step();
        }
        now = end;
    }

    void runToHeight(long height, long withinMillis) {
        runUntil(withinMillis, () -> nodes.values().stream().filter(n -> n.up).allMatch(n -> n.height() >= height));
    }

    private void step() {
        Due next = due.poll();
        now = Math.max(now, next.at);
        next.task.run();
    }

    private Due schedule(long afterNanos, Runnable task) {
        Due added = new Due(now + afterNanos, sequence++, task);
        due.add(added);
        return added;
    }

    /** One node of it, which can be stopped and started again on the same store. */
    final class Node {
        final String name;
        final RuleCatalogue catalogue;
        final List<FinalBlock> blocks = new ArrayList<>();
        final List<Bytes> sent = new ArrayList<>();
        final Map<Hash, Bytes> jars = new HashMap<>();
        final List<String> banned = new ArrayList<>();
        private final Settings settings;
        Store store;
        NodeCore core;
        boolean up;
        /** Its delay function, and how long it takes; less than 0 for never. */
        DelayFunction delay = TestNetwork.this.delay;

        long delayMillis = 1_500;
        /** How far its clock is ahead. */
        long aheadMillis;

        private int life;

        Node(String name, Store store, Settings settings, RuleCatalogue catalogue) {
            this.name = name;
            this.store = store;
            this.settings = settings;
            this.catalogue = catalogue;
        }

        void start() {
            life++;
            core = new NodeCore(
                    settings, genesis, store, catalogue, TestChain.SCHEME, delay, new World(this, life), blocks::add);
            up = true;
            core.start();
            for (Node other : nodes.values()) {
                if (other != this && other.up) {
                    core.onConnected(other.name);
                    other.core.onConnected(name);
                }
            }
        }

        /** A clean stop; {@link #crash()} is one where nothing is told to it. */
        void stop() {
            core.stop();
            crash();
        }

        void crash() {
            life++;
            up = false;
            nodes.values().stream().filter(n -> n.up).forEach(n -> n.core.onDisconnected(name));
        }

        long height() {
            return core.snapshot().finalizedHeight();
        }

        LedgerView view() {
            return new LedgerView(new StoreReader(store));
        }

        Hash hashAt(long height) {
            return blocks.stream()
                    .filter(b -> b.block().height() == height)
                    .map(b -> b.block().hash())
                    .findFirst()
                    .orElseThrow();
        }

        Result<Hash> submit(Transaction transaction) {
            List<Result<Hash>> answers = new ArrayList<>();
            core.submit(transaction, answers::add);
            runUntil(1_000, () -> !answers.isEmpty());
            return answers.get(0);
        }

        String describe() {
            return up ? core.snapshot().toString() : "down";
        }
    }

    /** The world as {@code node} sees it now. */
    Environment world(Node node) {
        return new World(node, node.life);
    }

    private final class World implements Environment {
        private final Node node;
        private final int life;

        World(Node node, int life) {
            this.node = node;
            this.life = life;
        }

        private boolean isAlive() {
            return node.life == life;
        }

        @Override
        public long wallMillis() {
            return TestChain.START_MILLIS + now / 1_000_000 + node.aheadMillis;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Cancellable arm(long delayMillis, Runnable task) {
            Due timer = schedule(delayMillis * 1_000_000, () -> {
                if (isAlive()) {
                    task.run();
                }
            });
            // a timer that is cancelled holds nothing any more
            return () -> due.remove(timer);
        }

        @Override
        public Optional<Bytes> jar(Hash digest) {
            return Optional.ofNullable(node.jars.get(digest));
        }

        @Override
        public void keepJar(Bytes jar, String source) {
            node.jars.put(Hash.sha256(jar), jar);
            node.catalogue.add(TestRules.ofJar(jar));
        }

        @Override
        public void post(Runnable task) {
            arm(0, task);
        }

        @Override
        public void send(String peer, Bytes message) {
            node.sent.add(message);
            Node target = nodes.get(peer);
            if (target == null || !filter.passes(node.name, peer, message)) {
                return;
            }
            schedule(2_000_000, () -> {
                if (isAlive() && target.up) {
                    target.core.onMessage(node.name, message);
                }
            });
        }

        @Override
        public void ban(String peer, long millis) {
            node.banned.add(peer);
            post(() -> node.core.onDisconnected(peer));
        }

        @Override
        public void broadcast(Bytes message) {
            nodes.keySet().stream().filter(name -> !name.equals(node.name)).forEach(name -> send(name, message));
        }

        @Override
        public <T> void background(Callable<T> work, Consumer<Result<T>> then) {
            if (node.delayMillis >= 0) {
                schedule(node.delayMillis * 1_000_000, () -> {
                    if (isAlive()) {
                        then.accept(Result.of(work));
                    }
                });
            }
        }

        @Override
        public <T> void verify(Callable<T> work, Consumer<Result<T>> then) {
            Result<T> result = Result.of(work);
            schedule(100_000, () -> {
                if (isAlive()) {
                    then.accept(result);
                }
            });
        }
    }
}
