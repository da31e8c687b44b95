package org.hauptbuch.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.ChainStore;

/**
 * Real nodes in virtual time. All delays are drawn from the seed; the same seed and the same calls give the same
 * {@link #digest()}. Not thread-safe, and needs no second thread.
 */
public final class Simulation {
    private static final int MAX_SKEW_MILLIS = 50;

    private final SimChain chain;
    private final Supplier<Store> stores;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time);
    private final SignatureWatch signatures = new SignatureWatch();
    private final SimNetwork network;
    private final History history;
    private final Map<String, History> sides = new TreeMap<>();
    private final Map<String, SimNode> nodes = new TreeMap<>();
    private Consumer<SimNode> onPowerCut = node -> {};
    private Predicate<String> mayHalt = why -> false;

    /**
     * A world without nodes.
     *
     * @param stores makes an empty store for each disk
     */
    public Simulation(SimChain chain, Supplier<Store> stores, long seed) {
        this.chain = chain;
        this.stores = stores;
        // nearby seeds of java.util.Random begin alike
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.network = new SimNetwork(time, random, trace);
        this.history = new History(time, chain);
    }

    /** A world with all validators of the chain, not started. */
    public static Simulation ofValidators(SimChain chain, Supplier<Store> stores, long seed) {
        Simulation simulation = new Simulation(chain, stores, seed);
        chain.validators().forEach(name -> simulation.add(name, Optional.of(chain.consensus(name))));
        return simulation;
    }

    /** Adds a node that signs with {@code key}, or only follows. */
    public SimNode add(String name, Optional<Signer> key) {
        SimDisk disk = new SimDisk(stores.get());
        SimNode node = new SimNode(this, name, key, disk, random.nextInt(2 * MAX_SKEW_MILLIS + 1) - MAX_SKEW_MILLIS);
        nodes.put(name, node);
        network.add(name, node);
        return node;
    }

    /**
     * Adds a second node that signs as {@code validator} does and has no link to the first: together they are
     * Byzantine, and each of them means well (S. Bano et al.: Twins, BFT Systems Made Robust, OPODIS 2021).
     */
    public SimNode addTwin(String validator) {
        Signer key = chain.consensus(validator);
        signatures.allowLies(key.publicKey());
        history.allowLies(chain.address(validator));
        SimNode twin = add(validator + "-twin", Optional.of(key));
        network.sever(validator, twin.name());
        return twin;
    }

    /** Makes a validator's node {@link Liar} about rules: Byzantine, though it votes as the honest ones do. */
    public Liar addLiar(String validator) {
        signatures.allowLies(chain.consensus(validator).publicKey());
        history.allowLies(chain.address(validator));
        Liar liar = new Liar(chain, validator, random);
        node(validator).lies(liar);
        return liar;
    }

    /** The chain. */
    public SimChain chain() {
        return chain;
    }

    /** The clock. */
    public VirtualTime time() {
        return time;
    }

    /** The only source of chance. */
    public Random random() {
        return random;
    }

    /** The links. */
    public SimNetwork network() {
        return network;
    }

    /** What became final. */
    public History history() {
        return history;
    }

    /** What became final for the node with this name: {@link #history()}, or that of the side it was put on. */
    public History historyOf(String node) {
        return sides.getOrDefault(node, history);
    }

    /**
     * Tears the network in two: nobody of {@code side} reaches anybody else, and what becomes final there from now on
     * may differ from what becomes final elsewhere. What is final already is in both. Returns the history of that side.
     * For chains that are meant to break, and only before anybody of {@code side} has got further than a height that the
     * others have as well.
     */
    public History tearOff(Set<String> side) {
        network.partition(side.stream().collect(Collectors.toMap(name -> name, name -> 1)));
        SimNode source = nodes.values().stream()
                .filter(node -> node.height() == history.height())
                .findFirst()
                .orElseThrow();
        History own = history.copy(new ChainStore(source.disk().contents()));
        side.forEach(name -> sides.put(name, own));
        return own;
    }

    /** What was signed. */
    public SignatureWatch signatures() {
        return signatures;
    }

    /** A node by name. */
    public SimNode node(String name) {
        return nodes.get(name);
    }

    /** All nodes, by name. */
    public List<SimNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The nodes that run. */
    public List<SimNode> running() {
        return nodes.values().stream().filter(SimNode::isUp).toList();
    }

    /** Starts all nodes now. */
    public void startAll() {
        nodes().forEach(SimNode::start);
    }

    /** Is told of a node that a power cut ended. */
    public void onPowerCut(Consumer<SimNode> listener) {
        onPowerCut = listener;
    }

    /** Says for which reasons a node may halt; for any other, and before this is called, that is a failure. */
    public void allowHalts(Predicate<String> why) {
        mayHalt = why;
    }

    /** Lets so much time pass. */
    public void runMillis(long millis) {
        long end = time.nanos() + millis * 1_000_000;
        while (time.step(end)) {
            // all is done in the step
        }
    }

    /** Lets time pass until {@code done}; returns whether that was within so much time. */
    public boolean runUntil(long withinMillis, BooleanSupplier done) {
        long end = time.nanos() + withinMillis * 1_000_000;
        while (!done.getAsBoolean()) {
            if (!time.step(end)) {
                return false;
            }
        }
        return true;
    }

    /** Lets time pass until every running node has {@code height}. @throws SimulationFailure where it takes longer */
    public void runToHeight(long height, long withinMillis) {
        if (!runUntil(withinMillis, () -> running().stream().allMatch(node -> node.height() >= height))) {
            throw new SimulationFailure(
                    "height " + height + " was not reached within " + withinMillis + " ms: " + describe());
        }
    }

    /** Compares whole stores: those of all running nodes that have the highest final block of their side. */
    public void checkStates() {
        running().stream()
                .filter(node -> node.height() == historyOf(node.name()).height())
                .forEach(node -> historyOf(node.name())
                        .checkState(node.name(), node.disk().contents()));
    }

    /** Events so far. */
    public long events() {
        return trace.events();
    }

    /** The digest of everything that happened; ends the simulation. */
    public Hash digest() {
        return trace.digest();
    }

    /** Where everybody stands, and what happened last, for people. */
    public String describe() {
        StringBuilder text = new StringBuilder("at %,d ms, final %d".formatted(time.millis(), history.height()));
        for (SimNode node : nodes.values()) {
            text.append("%n  %s: %s".formatted(node.name(), node.isUp() ? node.snapshot() : "down"));
        }
        return text.append("%nlast events:".formatted()).append(trace.tail()).toString();
    }

    Trace trace() {
        return trace;
    }

    boolean mayHalt(String why) {
        return mayHalt.test(why);
    }

    void powerCut(SimNode node) {
        trace.note(node.name(), "power cut");
        onPowerCut.accept(node);
    }
}
