package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.attacks.Report.Chart;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;
import org.hauptbuch.attacks.Report.Side;
import org.hauptbuch.attacks.Worlds.Penalties;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.testkit.SimChain;
import org.hauptbuch.testkit.SimNode;
import org.hauptbuch.testkit.Simulation;

/**
 * Long range: validators that left have nothing to lose, and sell their keys. The attacker writes a second history from
 * genesis with them, and a node that was never there cannot tell which is older. Sources: V. Buterin: Proof of Stake: How
 * I Learned to Love Weak Subjectivity (2014); E. Deirmentzoglou, G. Papakyriakopoulos, C. Patsakis: A Survey on Long-Range
 * Attacks for Proof of Stake Protocols, IEEE Access 7 (2019).
 */
final class LongRange implements Scenario {
    /** What the attacker spends in both histories, units: a tenth of all stake. */
    static final long PAYMENT = Worlds.STAKE / 10;

    /** Half of the first stake is sold by those who left, in percent. */
    static final int BOUGHT = 50;

    private static final long EPOCH_LENGTH = 5;
    private static final long PATIENCE_MILLIS = 600_000;

    /** So long a new node waits for a chain, and so long those without a quorum try to make one. */
    private static final long ATTEMPT_MILLIS = 60_000;

    private static final String ATTACKER = "attacker";
    private static final List<String> FOUNDERS = List.of("founder1", "founder2");
    private static final List<String> LOYAL = List.of("loyal1", "loyal2");
    private static final List<String> LATE = List.of("late1", "late2");
    private static final long FOUNDER_STAKE = Worlds.STAKE / 100 * BOUGHT / 2;

    private final SignatureScheme scheme;
    private final Newcomer mitigation;

    /** Against new nodes that are told a block to trust. */
    LongRange() {
        this(new BouncyCastleScheme(), Newcomer.trusting());
    }

    LongRange(SignatureScheme scheme, Newcomer mitigation) {
        this.scheme = scheme;
        this.mitigation = mitigation;
    }

    @Override
    public String name() {
        return "long-range";
    }

    @Override
    public Report run(long seed, Sweep sweep, Progress progress) {
        List<Row> rows = new ArrayList<>();
        for (int stake : sweep.stakes()) {
            progress.at("stake " + stake + " %", rows.size(), sweep.stakes().size());
            rows.add(new Row(stake, attack(seed, stake)));
        }
        return new Report(
                name(),
                "Long range: a second history from genesis, signed with the keys of validators that left",
                seed,
                List.of(
                        "Real nodes in a simulated network with finality.tendermint and slashing.equivocation. Founders with"
                                + " %d %% of the first stake leave, others take their place, and their stake is paid out."
                                        .formatted(BOUGHT),
                        "Then they sell their keys. The attacker, who never left, spends %,d units, and writes a history from"
                                        .formatted(PAYMENT)
                                + " genesis in which it spends them elsewhere.",
                        "keys: the share of the first stake whose keys it holds; taken: a new node that hears nobody else takes"
                                + " that history; joins: a new node on the honest network takes the honest one.",
                        "evidence: what the honest chain says to proof that somebody signed both histories (refused: too old,"
                                + " the stake has left); gain, loss: units. It succeeds where it gains more than it"
                                + " loses, or where nobody can join the honest chain any more."),
                List.of(
                        new Side("off", "new nodes begin at genesis"),
                        new Side("on", "new nodes are given a checkpoint")),
                rows,
                new Chart("gainUnits", "What a second history is worth", "gain (units)"));
    }

    private List<Outcome> attack(long seed, int stake) {
        SimChain chain = chain(seed, stake);
        Simulation honest = honest(chain, seed * 100 + stake);
        long height = honest.history().height() / EPOCH_LENGTH * EPOCH_LENGTH;
        TrustedBlock checkpoint =
                new TrustedBlock(height, honest.history().at(height).hash());
        Simulation second = second(chain, seed * 100 + stake, honest.history().height() + 1);
        List<Outcome> outcomes = new ArrayList<>();
        Answer answer = accuse(honest, second);
        for (Newcomer newcomer : List.of(Newcomer.fromGenesis(), mitigation)) {
            boolean taken = newcomer.joins(second, "newcomer" + outcomes.size(), checkpoint, ATTEMPT_MILLIS)
                    .filter(node -> node.view().account(merchant(chain)).balance() == PAYMENT)
                    .isPresent();
            boolean joins = newcomer.joins(honest, "newcomer" + outcomes.size(), checkpoint, ATTEMPT_MILLIS)
                    .isPresent();
            long gain = taken ? PAYMENT : 0;
            outcomes.add(new Outcome(
                    gain > answer.loss || !joins,
                    List.of(
                            Figure.of("keysPercent", "keys", stake + BOUGHT, "%.0f %%"),
                            Figure.of("taken", "taken", taken),
                            Figure.of("joins", "joins", joins),
                            new Figure("evidence", "evidence", answer.full, answer.word),
                            Figure.of("gainUnits", "gain", gain),
                            Figure.of("lossUnits", "loss", answer.loss))));
        }
        return outcomes;
    }

    private SimChain chain(long seed, int stake) {
        TreeMap<String, Long> stakes = new TreeMap<>();
        TreeMap<String, Long> balances = new TreeMap<>();
        stakes.put(ATTACKER, Worlds.STAKE / 100 * stake);
        balances.put(ATTACKER, PAYMENT + Worlds.FEE);
        for (String name : FOUNDERS) {
            stakes.put(name, FOUNDER_STAKE);
            balances.put(name, SimChain.MINIMUM_STAKE);
        }
        for (String name : LOYAL) {
            stakes.put(name, Worlds.STAKE / 100 * (100 - BOUGHT - stake) / 2);
            balances.put(name, SimChain.MINIMUM_STAKE);
        }
        LATE.forEach(name -> balances.put(name, FOUNDER_STAKE + SimChain.MINIMUM_STAKE));
        return new SimChain(
                scheme,
                Worlds.rules(Penalties.CORRELATED),
                stakes,
                balances,
                Worlds.BLOCK_TIME_MILLIS,
                EPOCH_LENGTH,
                Draws.of(name(), seed, stake));
    }

    /** The chain as it was: founders leave and are paid out, the attacker pays, evidence of the first blocks is too old. */
    private static Simulation honest(SimChain chain, long seed) {
        Simulation world = Simulation.ofValidators(chain, Worlds::store, seed);
        LATE.forEach(name -> world.add(name, Optional.of(chain.consensus(name))));
        world.startAll();
        world.runToHeight(1, PATIENCE_MILLIS);
        LATE.forEach(name -> submit(world, name, Worlds.registration(chain, name, FOUNDER_STAKE)));
        submit(world, ATTACKER, new Payload.Transfer(chain.address("exchange"), PAYMENT));
        await(world, () -> LATE.stream().allMatch(name -> votes(world, name)));
        FOUNDERS.forEach(name -> submit(world, name, new Payload.Unstake(FOUNDER_STAKE)));
        await(world, () -> FOUNDERS.stream().noneMatch(name -> votes(world, name)));
        FOUNDERS.forEach(name -> world.node(name).stop());
        await(world, () -> FOUNDERS.stream()
                .allMatch(name ->
                        world.history().view().account(chain.address(name)).balance() >= FOUNDER_STAKE));
        world.runToHeight(world.history().height() + EPOCH_LENGTH, PATIENCE_MILLIS);
        return world;
    }

    /** The history that the attacker writes with its own keys and the founders', as far as a quorum lets it. */
    private static Simulation second(SimChain chain, long seed, long height) {
        Simulation world = new Simulation(chain, Worlds::store, seed + 1);
        world.add(ATTACKER, Optional.of(chain.consensus(ATTACKER)));
        FOUNDERS.forEach(name -> world.add(name, Optional.of(chain.consensus(name))));
        world.startAll();
        submit(world, ATTACKER, new Payload.Transfer(merchant(chain), PAYMENT));
        if (world.runUntil(ATTEMPT_MILLIS, () -> world.history().height() > 0)) {
            world.runToHeight(height, PATIENCE_MILLIS);
        }
        return world;
    }

    /** What the honest chain says to evidence, in a word and in full, and what the offenders lose by it. */
    private record Answer(String word, String full, long loss) {}

    /** Shows the honest chain that somebody signed both histories. */
    private static Answer accuse(Simulation honest, Simulation second) {
        List.of(ATTACKER, FOUNDERS.get(0), FOUNDERS.get(1))
                .forEach(name -> honest.history().allowLies(honest.chain().address(name)));
        long common = Math.min(honest.history().height(), second.history().height());
        ChainStore one = new ChainStore(honest.node(LOYAL.get(0)).disk().contents());
        ChainStore other = new ChainStore(second.node(ATTACKER).disk().contents());
        Optional<Evidence> evidence = LongStream.rangeClosed(1, common)
                .mapToObj(height -> contradiction(
                        one.certificate(height).orElseThrow(),
                        other.certificate(height).orElseThrow()))
                .flatMap(Optional::stream)
                .findFirst();
        if (evidence.isEmpty()) {
            return new Answer("none", "none", 0);
        }
        List<String> refusals = new ArrayList<>();
        SimNode node = honest.node(LOYAL.get(0));
        Payload report = new Payload.SubmitEvidence(evidence.get());
        node.submit(
                Worlds.transaction(honest.chain(), node, LOYAL.get(0), report),
                result -> result.error().map(Exception::getMessage).ifPresent(refusals::add));
        honest.runToHeight(honest.history().height() + 2, PATIENCE_MILLIS);
        long loss = honest.history().slashings().stream()
                .mapToLong(event -> event.burned() + event.rewarded())
                .sum();
        return refusals.isEmpty() ? new Answer("heard", "heard", loss) : new Answer("refused", refusals.get(0), loss);
    }

    private static Optional<Evidence> contradiction(Certificate a, Certificate b) {
        if (a.round() != b.round() || a.phase() != b.phase() || a.block().equals(b.block())) {
            return Optional.empty();
        }
        return a.signatures().stream()
                .filter(s -> b.signedBy(s.validator()))
                .findFirst()
                .map(s -> Equivocation.of(vote(a, s.validator()), vote(b, s.validator())));
    }

    private static Vote vote(Certificate certificate, Address validator) {
        return certificate.signatures().stream()
                .filter(s -> s.validator().equals(validator))
                .findFirst()
                .map(s -> new Vote(
                        certificate.phase(),
                        certificate.height(),
                        certificate.round(),
                        certificate.block(),
                        validator,
                        s.signature()))
                .orElseThrow();
    }

    private static Address merchant(SimChain chain) {
        return chain.address("merchant");
    }

    private static boolean votes(Simulation world, String name) {
        return world.history().view().validatorSet().contains(world.chain().address(name));
    }

    private static void await(Simulation world, BooleanSupplier done) {
        if (!world.runUntil(PATIENCE_MILLIS, done)) {
            throw new IllegalStateException("the honest chain does not get on: " + world.describe());
        }
    }

    private static void submit(Simulation world, String name, Payload payload) {
        SimNode node = world.node(name);
        node.submit(Worlds.transaction(world.chain(), node, name, payload), result -> {
            // what is refused shows in what the chain does not do
        });
    }
}
