package org.hauptbuch.testkit;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.core.Cancellable;
import org.hauptbuch.node.core.Environment;
import org.hauptbuch.node.core.NodeCore;
import org.hauptbuch.node.core.Result;
import org.hauptbuch.node.core.Settings;
import org.hauptbuch.node.core.Snapshot;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * A real node in the simulated world, in all its lives. After whatever happens to it, it is asked where it stands, and
 * the history has to agree.
 */
public final class SimNode implements SimNetwork.Endpoint {
    private static final int MAX_VERIFY_MICROS = 2_000;
    private static final int JAR_PART = 12;

    private final Simulation world;
    private final String name;
    private final Optional<Signer> key;
    private final SimDisk disk;
    private final RuleCatalogue catalogue;
    private final long clockSkewMillis;
    private final Set<Hash> jars = new TreeSet<>();
    private Optional<Liar> liar = Optional.empty();
    private int lateJars;
    private int jarPartsSent;
    private int halts;
    private int listens;
    private Optional<String> halt = Optional.empty();
    private Optional<SignatureWatch.Life> signatures = Optional.empty();
    private NodeCore core;
    private boolean up;
    private int life;
    private long checkedHeight = -1;

    SimNode(Simulation world, String name, Optional<Signer> key, SimDisk disk, long clockSkewMillis) {
        this.world = world;
        this.name = name;
        this.key = key;
        this.disk = disk;
        this.catalogue = world.chain().rules().catalogue();
        this.clockSkewMillis = clockSkewMillis;
    }

    /** The node's name. */
    public String name() {
        return name;
    }

    /** Its disk. */
    public SimDisk disk() {
        return disk;
    }

    /** The rules that are available on it; what is taken out is out for this node only. */
    public RuleCatalogue catalogue() {
        return catalogue;
    }

    /** Puts a rule's jar on its disk, and its rule into the catalogue. */
    public void keep(RuleCatalogue.Entry rule) {
        jars.add(rule.digest());
        if (!catalogue.available().contains(rule)) {
            catalogue.add(rule);
        }
    }

    /** Takes a rule and its jar away, from this node only. */
    public void lose(RuleCatalogue.Entry rule) {
        jars.remove(rule.digest());
        catalogue.remove(rule);
    }

    /** Whether the code of all of {@code set} is here. */
    public boolean holds(RuleSet set) {
        return catalogue.missing(set).isEmpty();
    }

    /** Jars that it got from peers, because the chain had named them. */
    public int lateJars() {
        return lateJars;
    }

    /** Parts of jars that it sent. */
    public int jarPartsSent() {
        return jarPartsSent;
    }

    /** Times that it halted. */
    public int halts() {
        return halts;
    }

    /** From its next start on it listens for so many blocks before it signs. */
    public void listens(int blocks) {
        listens = blocks;
    }

    /** From now on it lies about rules. */
    void lies(Liar itsLiar) {
        liar = Optional.of(itsLiar);
    }

    @Override
    public boolean isUp() {
        return up;
    }

    /** Where it stands, or stood when it crashed. */
    public Snapshot snapshot() {
        return core.snapshot();
    }

    /** Its last final block, 0 where it never ran. */
    public long height() {
        return core == null ? 0 : core.snapshot().finalizedHeight();
    }

    /** The state on its disk. */
    public LedgerView view() {
        return new LedgerView(new StoreState(disk.contents()));
    }

    /** The node itself, in its present life. */
    public NodeCore core() {
        return core;
    }

    /** Starts it, or starts it again on what is on its disk. */
    public void start() {
        if (up) {
            return;
        }
        up = true;
        life++;
        checkedHeight = -1;
        halt = Optional.empty();
        world.trace().note(name, "starts");
        signatures = key.map(signer -> world.signatures().life(signer));
        Settings settings = signatures
                .map(signer -> Settings.validator(name, signer))
                .orElseGet(() -> Settings.follower(name))
                .listening(listens);
        Optional<SignatureWatch.Life> mine = signatures;
        World environment = new World(life);
        run(life, () -> {
            core = new NodeCore(
                    settings,
                    world.chain().genesis(),
                    disk.mount(batch -> mine.ifPresent(watch -> watch.durable(batch)), this::isKnownToHistory),
                    catalogue,
                    world.chain().scheme(),
                    world.chain().delay(),
                    environment,
                    this::onFinal);
            core.start();
        });
        world.network().refresh();
    }

    /** Ends it without telling it. */
    public void crash() {
        if (up) {
            world.trace().note(name, "crashes");
            up = false;
            life++;
            disk.unmount();
            world.network().down(name);
        }
    }

    /** Ends it tidily. */
    public void stop() {
        if (up) {
            run(life, core::stop);
            crash();
        }
    }

    /** Hands it a transaction; the answer may never come. */
    public void submit(Transaction transaction, Consumer<Result<Hash>> then) {
        run(life, () -> core.submit(transaction, then));
    }

    /** Its operator votes to go back at the height that is not final; returns whether the node did. */
    public boolean voteToRollBack() {
        boolean[] voted = new boolean[1];
        run(life, () -> {
            try {
                core.voteToRollBack();
                voted[0] = true;
            } catch (PoSException refused) {
                world.trace().note(name, "does not vote to go back");
            }
        });
        return voted[0];
    }

    /** The nonce of the next transaction of an account, as far as this node knows. */
    public long nextNonce(Address account) {
        return core.pendingNonce(account, view().account(account).nonce());
    }

    @Override
    public void onConnected(String peer) {
        run(life, () -> core.onConnected(peer));
    }

    @Override
    public void onDisconnected(String peer) {
        run(life, () -> core.onDisconnected(peer));
    }

    @Override
    public void onMessage(String peer, Bytes message) {
        run(life, () -> core.onMessage(peer, message));
    }

    private boolean isKnownToHistory(Batch batch) {
        boolean block = batch.changes().stream().anyMatch(change -> change.space() == Store.Space.BLOCKS);
        return !block || world.historyOf(name).height() > height();
    }

    private void onFinal(FinalBlock block) {
        world.trace()
                .note(
                        name,
                        "final " + block.block().height(),
                        block.block().hash().bytes());
        world.historyOf(name).add(name, block);
    }

    private void run(int ofLife, Runnable task) {
        if (!up || life != ofLife) {
            return;
        }
        try {
            task.run();
        } catch (PowerCut cut) {
            crash();
            world.powerCut(this);
            return;
        }
        check();
    }

    private void check() {
        Snapshot now = core.snapshot();
        if (now.finalizedHeight() < checkedHeight) {
            throw new SimulationFailure(name + " went back from " + checkedHeight + " to " + now.finalizedHeight());
        }
        if (now.finalizedHeight() > checkedHeight) {
            checkedHeight = now.finalizedHeight();
            world.historyOf(name).check(name, now.finalizedHeight(), now.finalizedHash(), now.stateRoot());
        }
        if (!now.halt().equals(halt)) {
            halt = now.halt();
            if (halt.isPresent()) {
                halts++;
                if (!world.mayHalt(halt.get())) {
                    throw new SimulationFailure(name + " halted: " + halt.get());
                }
            }
        }
    }

    /** The world as one life of the node sees it. */
    private final class World implements Environment {
        private final int mine;

        World(int mine) {
            this.mine = mine;
        }

        @Override
        public long wallMillis() {
            return SimChain.GENESIS_MILLIS + world.time().millis() + clockSkewMillis;
        }

        @Override
        public long nanoTime() {
            return world.time().nanos();
        }

        @Override
        public Cancellable arm(long delayMillis, Runnable task) {
            boolean[] cancelled = new boolean[1];
            world.time().afterMillis(delayMillis, () -> {
                if (!cancelled[0] && up && life == mine) {
                    world.trace().note(name, "timer");
                    run(mine, task);
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public void post(Runnable task) {
            arm(0, task);
        }

        @Override
        public void send(String peer, Bytes message) {
            signatures.ifPresent(watch -> watch.sent(message));
            world.network().send(name, peer, asSent(message));
        }

        @Override
        public void broadcast(Bytes message) {
            signatures.ifPresent(watch -> watch.sent(message));
            world.network().broadcast(name, asSent(message));
        }

        private Bytes asSent(Bytes message) {
            if (message.at(0) == JAR_PART) {
                jarPartsSent++;
            }
            return liar.map(it -> it.instead(message)).orElse(message);
        }

        @Override
        public Optional<Bytes> jar(Hash digest) {
            return jars.contains(digest) ? world.chain().rules().jar(digest) : Optional.empty();
        }

        @Override
        public void keepJar(Bytes jar, String source) {
            RuleCatalogue.Entry rule = world.chain()
                    .rules()
                    .ofJar(jar)
                    .orElseThrow(() -> new SimulationFailure(name + " keeps a jar that nobody made, of " + source));
            world.trace().note(name, "gets " + rule.id());
            lateJars++;
            keep(rule);
        }

        @Override
        public <T> void background(Callable<T> work, Consumer<Result<T>> then) {
            world.time()
                    .afterMillis(
                            world.chain().delayMillis(world.random()),
                            () -> run(mine, () -> then.accept(Result.of(work))));
        }

        @Override
        public <T> void verify(Callable<T> work, Consumer<Result<T>> then) {
            Result<T> result = Result.of(work);
            world.time()
                    .after(
                            world.random().nextInt(MAX_VERIFY_MICROS) * 1_000L,
                            () -> run(mine, () -> then.accept(result)));
        }
    }
}
