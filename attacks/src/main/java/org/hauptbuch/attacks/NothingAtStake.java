package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.attacks.Report.Chart;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;
import org.hauptbuch.attacks.Report.Side;
import org.hauptbuch.attacks.Worlds.Penalties;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.testkit.History;
import org.hauptbuch.testkit.SimChain;
import org.hauptbuch.testkit.SimNode;
import org.hauptbuch.testkit.Simulation;

/**
 * Nothing at stake: where a signature costs nothing, a validator signs for every branch. The attacker tears the network
 * in two, runs its validator once on each side, and pays two merchants with the same money. Sources: V. Buterin:
 * Slasher, a Punitive Proof-of-Stake Algorithm (2014); S. Bano et al.: Twins, OPODIS 2021, for the way to run it; P. Sheng
 * et al.: BFT Protocol Forensics, CCS 2021, for why the liars are always found.
 */
final class NothingAtStake implements Scenario {
    /** What the attacker pays twice, units: a tenth of all stake. */
    static final long PAYMENT = Worlds.STAKE / 10;

    private static final long EPOCH_LENGTH = 100;
    private static final long PATIENCE_MILLIS = 40_000;
    private static final String ATTACKER = "attacker";
    private static final List<String> EAST = List.of("east1", "east2");
    private static final List<String> WEST = List.of("west1", "west2");
    private static final String TWIN = ATTACKER + "-twin";

    private final SignatureScheme scheme;
    private final Penalties mitigation;

    NothingAtStake() {
        this(new BouncyCastleScheme(), Penalties.CORRELATED);
    }

    NothingAtStake(SignatureScheme scheme, Penalties mitigation) {
        this.scheme = scheme;
        this.mitigation = mitigation;
    }

    @Override
    public String name() {
        return "nothing-at-stake";
    }

    @Override
    public Report run(long seed, Sweep sweep, Progress progress) {
        List<Row> rows = new ArrayList<>();
        for (int stake : sweep.stakes()) {
            progress.at("stake " + stake + " %", rows.size(), sweep.stakes().size());
            rows.add(new Row(
                    stake,
                    List.of(
                            attack(seed, stake, Penalties.NONE),
                            attack(seed, stake, Penalties.FIXED),
                            attack(seed, stake, mitigation))));
        }
        return new Report(
                name(),
                "Nothing at stake: a validator signs for both sides of a partition and pays twice with the same money",
                seed,
                List.of(
                        "Real nodes in a simulated network with finality.tendermint: the attacker's validator, running once"
                                + " on each side, and four honest ones with equal shares of the rest, two on each side.",
                        "It pays %,d units to a merchant on each side; all stake together is %,d units."
                                .formatted(PAYMENT, Worlds.STAKE),
                        "forked: different blocks became final on the two sides, and both merchants have the money. found:"
                                + " punished and banned by the evidence of what its two nodes signed.",
                        "gain, loss, net: units. It succeeds where it gains more than it loses; where both are 0, trying was free."),
                List.of(
                        new Side("off", "no slashing"),
                        new Side("fixed", "slashing, penalty.fixed (5 %)"),
                        new Side("on", "slashing, penalty.correlated")),
                rows,
                new Chart("netUnits", "What signing on both sides is worth", "gain less loss (units)"));
    }

    private Outcome attack(long seed, int stake, Penalties penalties) {
        SimChain chain = chain(seed, stake, penalties);
        Simulation world = Simulation.ofValidators(chain, Worlds::store, seed * 100 + stake);
        Watchtower tower = new Watchtower(chain.address(ATTACKER));
        world.network().onDelivered((to, message) -> tower.hear(message));
        world.nodes().forEach(SimNode::start);
        if (!world.runUntil(PATIENCE_MILLIS, () -> isLevel(world, 2))) {
            throw new IllegalStateException("an honest chain does not get to height 2: " + world.describe());
        }
        SimNode twin = world.addTwin(ATTACKER);
        History west = world.tearOff(Set.of(WEST.get(0), WEST.get(1), TWIN));
        twin.start();
        pay(world, EAST.get(0));
        pay(world, WEST.get(0));
        boolean forked = world.runUntil(PATIENCE_MILLIS, () -> isPaid(world.history(), EAST) && isPaid(west, WEST));
        if (forked) {
            accuse(world, tower, EAST.get(0));
            accuse(world, tower, WEST.get(0));
        } else {
            // the nodes tell each other what they heard, and find the contradiction without help
            world.network().heal();
        }
        boolean found = world.runUntil(PATIENCE_MILLIS, () -> loss(world.history()) > 0);
        world.checkStates();
        return outcome(forked, found, loss(world.history()));
    }

    private SimChain chain(long seed, int stake, Penalties penalties) {
        TreeMap<String, Long> stakes = new TreeMap<>();
        TreeMap<String, Long> balances = new TreeMap<>();
        stakes.put(ATTACKER, Worlds.STAKE / 100 * stake);
        // once, and no second time on the same chain
        balances.put(ATTACKER, PAYMENT + Worlds.FEE);
        for (List<String> side : List.of(EAST, WEST)) {
            for (String name : side) {
                stakes.put(name, Worlds.STAKE / 100 * (100 - stake) / 4);
                balances.put(name, SimChain.MINIMUM_STAKE);
            }
        }
        return new SimChain(
                scheme,
                Worlds.rules(penalties),
                stakes,
                balances,
                Worlds.BLOCK_TIME_MILLIS,
                EPOCH_LENGTH,
                Draws.of(name(), seed, stake));
    }

    private static boolean isLevel(Simulation world, long height) {
        return world.history().height() >= height
                && world.running().stream()
                        .allMatch(node -> node.height() == world.history().height());
    }

    /** A merchant goes by the name of the side that it trades on. */
    private static Address merchant(SimChain chain, List<String> side) {
        return chain.address("merchant of " + side.get(0));
    }

    private static void pay(Simulation world, String through) {
        SimChain chain = world.chain();
        SimNode node = world.node(through);
        Address merchant = merchant(chain, List.of(through));
        node.submit(
                Worlds.transaction(chain, node, ATTACKER, new Payload.Transfer(merchant, PAYMENT)),
                result -> result.get());
    }

    private static boolean isPaid(History history, List<String> side) {
        LedgerView view = history.view();
        return view.account(merchant(history.chain(), side)).balance() == PAYMENT;
    }

    private static void accuse(Simulation world, Watchtower tower, String reporter) {
        SimNode node = world.node(reporter);
        tower.evidence()
                .ifPresent(evidence -> node.submit(
                        Worlds.transaction(world.chain(), node, reporter, new Payload.SubmitEvidence(evidence)),
                        result -> {
                            // a chain without slashing refuses it; whether it was punished is read from the state
                        }));
    }

    private static long loss(History history) {
        return history.slashings().stream()
                .mapToLong(event -> event.burned() + event.rewarded())
                .sum();
    }

    private static Outcome outcome(boolean forked, boolean found, long loss) {
        long gain = forked ? PAYMENT : 0;
        return new Outcome(
                gain > loss,
                List.of(
                        Figure.of("forked", "forked", forked),
                        Figure.of("found", "found", found),
                        Figure.of("gainUnits", "gain", gain),
                        Figure.of("lossUnits", "loss", loss),
                        Figure.of("netUnits", "net", gain - loss)));
    }
}
