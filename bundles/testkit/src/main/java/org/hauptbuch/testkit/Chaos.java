package org.hauptbuch.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.PayloadType;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * One run under faults that are drawn from a seed: delay, loss, duplication and reordering, partitions, crashes at any
 * moment and within a commit, and in some runs a validator that runs twice under one key, or lies about rules. All the
 * while the rules change, the protocol of finality among them, some nodes get the jar late, and some rules fail once they
 * are active. After a while the world heals, and the chain has to go on: every node finalizes the same blocks and holds
 * the same state to the last byte.
 */
public final class Chaos {
    private static final long HEALED_MILLIS = 120_000;
    private static final int MORE_BLOCKS = 3;

    /**
     * What happened.
     *
     * @param digest of everything
     * @param events things that happened
     * @param blocks final blocks
     * @param transactions transactions in them
     * @param succeeded kinds of transaction that did what they say
     * @param crashes ends of a node without a word, power cuts included
     * @param powerCuts ends within a commit
     * @param partitions times that the network fell apart
     * @param lostMessages messages lost on links that were up
     * @param duplicates messages that came twice
     * @param laterRounds blocks that were not decided in their first round
     * @param slashings penalties
     * @param statements votes and proposals on record
     * @param lies contradictions of the validator that ran twice
     * @param twin whether a validator ran twice
     * @param changes what became of the rules
     */
    public record Report(
            Hash digest,
            long events,
            long blocks,
            long transactions,
            Set<PayloadType> succeeded,
            int crashes,
            int powerCuts,
            int partitions,
            long lostMessages,
            long duplicates,
            long laterRounds,
            long slashings,
            long statements,
            long lies,
            boolean twin,
            Changes changes) {}

    /**
     * What became of the rules.
     *
     * @param swaps heights from which on another rule set judged, rollbacks not counted
     * @param rollbacks heights that two thirds of the power returned to the rule set before
     * @param simplex blocks that Simplex made final
     * @param tendermint blocks that Tendermint made final
     * @param lateJars jars that a node got from its peers
     * @param halts times that a node halted, for want of a jar or because a rule failed
     * @param forgedProposals proposals that claimed another rule set
     * @param wrongJars parts of jars that were not what was asked for
     * @param falseAttestations attestations of what is not so, refused in a final block
     */
    public record Changes(
            long swaps,
            long rollbacks,
            long simplex,
            long tendermint,
            long lateJars,
            long halts,
            long forgedProposals,
            long wrongJars,
            long falseAttestations) {}

    private final long seed;
    private final long faultMillis;
    private final SimChain chain;
    private final Random random;
    private final Simulation simulation;
    private final RandomTransactions transactions;
    private final boolean twin;
    private final Optional<String> byzantine;
    private Operators operators;
    private boolean healing;
    private long taken = -1;
    private int crashes;
    private int powerCuts;
    private int partitions;

    private Chaos(SimChain chain, Supplier<Store> stores, long seed, long faultMillis) {
        this.seed = seed;
        this.faultMillis = faultMillis;
        this.chain = chain;
        this.simulation = Simulation.ofValidators(chain, stores, seed);
        this.random = simulation.random();
        this.transactions = new RandomTransactions(chain, random);
        boolean lies = chain.validators().size() >= 4 && random.nextBoolean();
        this.twin = lies && random.nextBoolean();
        this.byzantine = lies ? Optional.of(pick(chain.validators())) : Optional.empty();
    }

    /**
     * Runs one seed.
     *
     * @param chain makes the chain, anew for each call
     * @param stores makes an empty store
     * @param faultMillis how long faults go on, virtual milliseconds
     * @throws SimulationFailure where something happened that must not; the message says how to replay it
     */
    public static Report run(Function<Long, SimChain> chain, Supplier<Store> stores, long seed, long faultMillis) {
        Chaos chaos = new Chaos(chain.apply(seed), stores, seed, faultMillis);
        try {
            return chaos.run();
        } catch (SimulationFailure | RuntimeException e) {
            throw new SimulationFailure(
                    "seed " + seed + " (replay with -Dsim.seed=" + seed + "): " + e.getMessage() + "\n"
                            + chaos.simulation.describe(),
                    e);
        }
    }

    private Report run() {
        byzantine.filter(name -> twin).ifPresent(simulation::addTwin);
        operators = new Operators(simulation, transactions, byzantine);
        simulation.network().quality(roughQuality());
        simulation.onPowerCut(node -> {
            powerCuts++;
            crashes++;
            later(100 + random.nextInt(3_000), node::start);
        });
        simulation.nodes().forEach(node -> later(random.nextInt(1_500), node::start));
        later(500 + random.nextInt(1_000), this::fault);
        later(1_500, this::submit);
        operators.begin();
        simulation.runMillis(faultMillis);
        heal();
        simulation.runToHeight(simulation.history().height() + MORE_BLOCKS, HEALED_MILLIS);
        useChain();
        simulation.runToHeight(simulation.history().height(), HEALED_MILLIS);
        simulation.checkStates();
        return report();
    }

    /** A chain that only goes on is not enough: whoever has something to send sends it. */
    private void useChain() {
        Address witness = chain.address(chain.witness());
        Transaction unsigned = new Transaction(
                chain.genesis().chainId(),
                chain.account(chain.witness()).publicKey(),
                0,
                20,
                2_000_000,
                1_000_000,
                new Payload.Transfer(chain.address(chain.validators().get(0)), 1),
                Bytes.EMPTY);
        submit(unsigned.signed(chain.account(chain.witness()).sign(unsigned.signBytes())));
        boolean done = simulation.runUntil(
                HEALED_MILLIS,
                () -> simulation.history().view().account(witness).nonce() == 1
                        || taken >= 0 && simulation.history().height() > taken + MORE_BLOCKS * 2);
        if (!done || simulation.history().view().account(witness).nonce() != 1) {
            throw new SimulationFailure("a good transaction of height " + taken + " is in no block up to "
                    + simulation.history().height());
        }
    }

    /** A node that halts takes none: then whoever sends it tries another. */
    private void submit(Transaction good) {
        SimNode node = pick(simulation.nodes());
        node.submit(good, result -> {
            if (result.error().isEmpty()) {
                taken = simulation.history().height();
            } else if (node.snapshot().halt().isPresent()) {
                later(500, () -> submit(good));
            } else {
                throw new SimulationFailure(
                        "a good transaction is refused: " + result.error().get().getMessage());
            }
        });
    }

    private void heal() {
        healing = true;
        operators.rest();
        simulation.network().quality(LinkQuality.CALM);
        simulation.network().heal();
        simulation.nodes().forEach(node -> node.disk().keepPower());
        simulation.startAll();
    }

    private Report report() {
        History history = simulation.history();
        long later = 0;
        for (long height = 1; height <= history.height(); height++) {
            later += history.at(height).round() % RollbackCertificate.FIRST_ROUND > 0 ? 1 : 0;
        }
        return new Report(
                simulation.digest(),
                simulation.events(),
                history.height(),
                history.transactions(),
                new TreeSet<>(history.succeeded()),
                crashes,
                powerCuts,
                partitions,
                simulation.network().lost(),
                simulation.network().duplicated(),
                later,
                history.slashings().size(),
                simulation.signatures().statements(),
                simulation.signatures().lies(),
                twin,
                changes(history));
    }

    private Changes changes(History history) {
        return new Changes(
                history.swaps(),
                history.rollbacks(),
                history.decidedBy(VotePhase.FINALIZE),
                history.decidedBy(VotePhase.PRECOMMIT),
                simulation.nodes().stream().mapToLong(SimNode::lateJars).sum(),
                simulation.nodes().stream().mapToLong(SimNode::halts).sum(),
                operators.liar().map(Liar::forgedProposals).orElse(0),
                operators.liar().map(Liar::wrongJars).orElse(0),
                history.refusedFalsehoods());
    }

    private void later(long millis, Runnable task) {
        simulation.time().afterMillis(millis, task);
    }

    private LinkQuality roughQuality() {
        int[] delays = {5_000, 50_000, 200_000, 800_000};
        return new LinkQuality(
                500,
                delays[random.nextInt(delays.length)],
                random.nextInt(3) * 40,
                random.nextInt(3) * 40,
                random.nextBoolean());
    }

    private void submit() {
        List<SimNode> running = simulation.running();
        if (!running.isEmpty()) {
            SimNode node = pick(running);
            node.submit(transactions.next(node), result -> simulation
                    .trace()
                    .note(node.name(), result.error().isPresent() ? "refuses a transaction" : "takes a transaction"));
            transactions.sacrificed().forEach(simulation.history()::allowLies);
        }
        if (!healing) {
            later(20 + random.nextInt(150), this::submit);
        }
    }

    private void fault() {
        if (healing) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> crash(pick(simulation.nodes()));
            case 2, 3 -> cutPower();
            case 4 -> partition();
            case 5 -> simulation.network().heal();
            case 6 -> simulation.network().quality(roughQuality());
            default -> {
                if (random.nextInt(3) == 0) {
                    simulation.running().forEach(this::crash);
                }
            }
        }
        later(200 + random.nextInt(2_500), this::fault);
    }

    private void crash(SimNode node) {
        if (!node.isUp()) {
            return;
        }
        crashes++;
        node.crash();
        later(50 + random.nextInt(3_000), node::start);
    }

    private void cutPower() {
        pick(simulation.nodes()).disk().cutPowerAtNextCommit(random.nextBoolean());
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private void partition() {
        partitions++;
        Map<String, Integer> groups = new TreeMap<>();
        simulation.nodes().forEach(node -> groups.put(node.name(), random.nextInt(2)));
        simulation.network().partition(groups);
        later(400 + random.nextInt(4_000), simulation.network()::heal);
    }
}
