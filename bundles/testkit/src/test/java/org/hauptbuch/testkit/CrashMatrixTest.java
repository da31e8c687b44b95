package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change from Tendermint to Simplex, or to a rule that fails, in whose every state one node ends without a word, or
 * all do at once. Afterwards all are on one side, the right one, and what was signed stands: the simulation looks at
 * every signature and every block while this goes on.
 */
class CrashMatrixTest {
    private static final long EPOCH = 4;
    private static final long GATE = 0;
    private static final long ACTIVATION = 2;
    /** The last height under the old rules. */
    private static final long BEFORE = ACTIVATION * EPOCH;
    /** The first height under the new ones. */
    private static final long SWITCH = BEFORE + 1;

    private static final long PATIENCE = 60_000;
    private static final RuleRef SIMPLEX = Rulebook.ref(RuleKind.FINALITY, "finality.simplex", Parameters.NONE);
    private static final String VOTE = "vote of phase ";

    /** Who ends. */
    private enum Who {
        ONE,
        ONE_FOR_LONG,
        ALL
    }

    static Stream<Arguments> states() {
        return Arrays.stream(SwapState.values())
                .flatMap(state -> Arrays.stream(Who.values()).map(who -> Arguments.of(state, who)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("states")
    void landsOnOneSideAndContradictsNothing(SwapState state, Who who) {
        new Run(state, who).run();
    }

    /** One change with one end. */
    private static final class Run {
        private final SwapState state;
        private final Who who;
        private final SimChain chain = new SimChain(
                new TestOnlyKeyedHashScheme(), TestWorlds.patientTakingTurns(), 4, TestWorlds.BLOCK_TIME, EPOCH);
        private final Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, 1);
        private final RuleSet before = chain.rules().initial();
        private final RuleRef adopted;
        private final RuleSet after;
        private final RandomTransactions transactions = new RandomTransactions(chain, simulation.random());
        private final Map<String, Map<Bytes, Bytes>> records = new TreeMap<>();
        private SimNode victim = simulation.node("bob");

        Run(SwapState state, Who who) {
            this.state = state;
            this.who = who;
            this.adopted = state.fails() ? FailingRule.from(SWITCH) : SIMPLEX;
            this.after = before.apply(new RuleChange(RuleChange.Operation.ADOPT, adopted));
        }

        void run() {
            simulation.allowHalts(why -> why.contains("rule " + FailingRule.ID)
                    || why.contains("voted to go back")
                    || why.contains(adopted.id() + " 0.1.0 (SHA-256 "));
            simulation.network().quality(new LinkQuality(500, 20_000, 0, 0, true));
            handOut();
            simulation.startAll();
            simulation.runToHeight(1, PATIENCE);
            if (state == SwapState.STAGED) {
                end();
            }
            propose();
            until(() -> reached());
            if (!state.isPowerCut() && state.compareTo(SwapState.PROPOSED) > 0) {
                end();
            }
            comeBack();
            check();
        }

        private void handOut() {
            RuleCatalogue.Entry rule = entry();
            for (SimNode node : simulation.nodes()) {
                if (state == SwapState.HALTED_WITHOUT_THE_JAR) {
                    // the rule is there, its jar is nowhere
                    node.lose(rule);
                    node.catalogue().add(rule);
                } else {
                    node.keep(rule);
                }
            }
            if (state.lacksJar()) {
                victim = simulation.node("dave");
                victim.lose(rule);
            }
        }

        private RuleCatalogue.Entry entry() {
            return chain.rules().entries().stream()
                    .filter(entry -> entry.isCodeOf(adopted))
                    .findFirst()
                    .orElseThrow();
        }

        private void propose() {
            RulePlan plan = new RulePlan(
                    chain.address("alice"),
                    before.id(),
                    after,
                    RulePlan.LEAST_READY,
                    GATE,
                    ACTIVATION,
                    before.id(),
                    Hash.ZERO);
            send("alice", new Payload.ProposeRules(plan, List.of()));
            if (state == SwapState.PROPOSED) {
                until(() -> victim.view().plan().isPresent());
                end();
            } else {
                until(() -> simulation.running().stream()
                        .allMatch(node -> node.view().plan().isPresent()));
            }
            // three of four are enough; where the fourth lacks the jar, it says nothing
            for (String name : List.of("alice", "bob", "carol")) {
                send(name, new Payload.AttestRules(chain.attestation(plan, name)));
            }
            prepareCut();
        }

        private void send(String sender, Payload payload) {
            SimNode node = simulation.node("carol");
            node.submit(
                    transactions.of(node, sender, payload),
                    result -> assertTrue(
                            result.error().isEmpty(), () -> result.error().toString()));
            simulation.runMillis(50);
        }

        /** Where the end is within a commit, it is prepared before. */
        private void prepareCut() {
            if (!state.isPowerCut() || state == SwapState.IN_THE_RECORD_OF_A_VOTE_TO_GO_BACK) {
                return;
            }
            simulation.onPowerCut(this::ended);
            boolean signs = state == SwapState.IN_THE_RECORD_OF_THE_FIRST_SIGNATURE;
            boolean afterIt = state == SwapState.AFTER_THE_COMMIT_BEFORE_THE_SWITCH;
            for (SimNode node : simulation.nodes()) {
                node.disk()
                        .cutPowerAt(
                                batch -> (who == Who.ALL || records.isEmpty())
                                        && node.height() == (signs ? BEFORE : BEFORE - 1)
                                        // somebody has to keep the block, or nobody could tell what it was
                                        && (!afterIt || simulation.history().height() == BEFORE)
                                        && touches(batch, signs ? Store.Space.SIGNING : Store.Space.BLOCKS),
                                afterIt);
            }
        }

        private static boolean touches(Batch batch, Store.Space space) {
            return batch.changes().stream().anyMatch(change -> change.space() == space);
        }

        /** Who is left when all end dies a moment later: alone it comes to nothing. */
        private boolean powerIsGone() {
            if (records.isEmpty()) {
                return false;
            }
            if (state == SwapState.AFTER_THE_COMMIT_BEFORE_THE_SWITCH) {
                for (String name : records.keySet()) {
                    ChainStore store =
                            new ChainStore(simulation.node(name).disk().contents());
                    assertEquals(BEFORE, store.tip().orElseThrow().height(), "the block on the disk of " + name);
                }
            }
            simulation.runMillis(who == Who.ALL ? 300 : 0);
            for (SimNode left : who == Who.ALL ? simulation.running() : List.<SimNode>of()) {
                left.crash();
                ended(left);
            }
            return true;
        }

        private boolean reached() {
            return switch (state) {
                case STAGED, PROPOSED -> true;
                case ATTESTED -> victim.view()
                        .plan()
                        .map(PlanRecord::attested)
                        .filter(all -> all.contains(chain.address("bob")))
                        .isPresent();
                case PAST_THE_GATE -> victim.view()
                        .plan()
                        .filter(plan -> plan.status() == PlanStatus.READY)
                        .isPresent();
                case FETCHING_A_JAR -> simulation.nodes().stream().anyMatch(node -> node.jarPartsSent() > 0);
                case HALTED_WITHOUT_THE_JAR -> victim.height() == BEFORE
                        && victim.snapshot().halt().isPresent();
                case IN_THE_COMMIT_BEFORE_THE_SWITCH,
                        AFTER_THE_COMMIT_BEFORE_THE_SWITCH,
                        IN_THE_RECORD_OF_THE_FIRST_SIGNATURE -> powerIsGone();
                case SWITCHED_AND_NOTHING_SIGNED -> victim.height() == BEFORE
                        && victim.snapshot().ruleSetId().equals(after.id());
                case PROPOSAL_SIGNED -> anybodySaid("proposal at " + SWITCH + "/");
                case FIRST_VOTE_SIGNED -> said(victim, vote(VotePhase.NOTARIZE));
                case DECIDING_VOTE_SIGNED -> said(victim, vote(VotePhase.FINALIZE));
                case FIRST_BLOCK_COMMITTED -> victim.height() == SWITCH;
                case RULE_FAILED -> failed();
                case IN_THE_RECORD_OF_A_VOTE_TO_GO_BACK -> failed() && voteIntoTheDark();
                case VOTED_TO_GO_BACK -> failed() && victim.voteToRollBack();
                case GONE_BACK_AND_NOTHING_SIGNED -> isBack();
                case PROPOSAL_SIGNED_AFTER_GOING_BACK -> isBackAndSaid("proposal at ");
                case DECIDING_VOTE_SIGNED_AFTER_GOING_BACK -> isBackAndSaid(
                        VOTE + VotePhase.PRECOMMIT.ordinal() + " at ");
                case ROLLED_BACK -> isBack() && victim.height() == SWITCH || victim.height() > BEFORE;
            };
        }

        private static String vote(VotePhase phase) {
            return VOTE + phase.ordinal() + " at " + SWITCH + "/";
        }

        private boolean failed() {
            boolean fails = simulation.running().stream()
                    .anyMatch(node -> node.snapshot().halt().orElse("").contains("rule " + FailingRule.ID));
            if (fails) {
                victim = victim.isUp() ? victim : simulation.running().get(0);
            }
            return fails;
        }

        private boolean voteIntoTheDark() {
            simulation.onPowerCut(this::ended);
            for (SimNode node : who == Who.ALL ? simulation.nodes() : List.of(victim)) {
                node.disk().cutPowerAtNextCommit(false);
                node.voteToRollBack();
            }
            return true;
        }

        private void voteWhereItFails() {
            if (failed()) {
                simulation.running().stream()
                        .filter(node -> !said(node, "vote to go back at " + SWITCH))
                        .forEach(SimNode::voteToRollBack);
            }
        }

        private boolean isBack() {
            voteWhereItFails();
            return victim.isUp()
                    && victim.height() == BEFORE
                    && victim.snapshot().ruleSetId().equals(before.id())
                    && victim.view().ruleSet().equals(after);
        }

        private boolean isBackAndSaid(String what) {
            isBack();
            return anybodySaid(what + SWITCH + "/" + RollbackCertificate.FIRST_ROUND);
        }

        /** Whoever says it becomes the victim. */
        private boolean anybodySaid(String slot) {
            for (SimNode node : simulation.running()) {
                if (said(node, slot)) {
                    victim = node;
                    return true;
                }
            }
            return false;
        }

        private boolean said(SimNode node, String slot) {
            return simulation.signatures().hasSaid(chain.consensus(node.name()).publicKey(), slot);
        }

        /** kill -9. */
        private void end() {
            for (SimNode node : who == Who.ALL ? simulation.nodes() : List.of(victim)) {
                node.crash();
                ended(node);
            }
            if (state.compareTo(SwapState.PROPOSED) <= 0) {
                comeBack();
                simulation.runMillis(who == Who.ALL ? 500 : 0);
            }
        }

        private void ended(SimNode node) {
            Map<Bytes, Bytes> kept = new TreeMap<>();
            node.disk().contents().scan(Store.Space.SIGNING, Bytes.EMPTY, (key, value) -> {
                // blocks that were signed for are dropped once their height is final
                if (key.at(0) != 'b' && key.at(0) != 'h') {
                    kept.put(key, value);
                }
                return true;
            });
            records.put(node.name(), kept);
        }

        private void comeBack() {
            simulation.time().afterMillis(who == Who.ONE_FOR_LONG ? 20_000 : 100, () -> {
                if (state == SwapState.HALTED_WITHOUT_THE_JAR) {
                    simulation.nodes().stream().filter(node -> node != victim).forEach(node -> node.keep(entry()));
                }
                simulation.nodes().forEach(node -> node.disk().keepPower());
                simulation.startAll();
            });
        }

        private void check() {
            assertEquals(who == Who.ALL ? 4 : 1, records.size(), "ends");
            until(() -> {
                voteWhereItFails();
                return simulation.nodes().stream().allMatch(node -> node.isUp() && node.height() >= SWITCH + 5);
            });
            for (SimNode node : simulation.nodes()) {
                ChainStore store = new ChainStore(node.disk().contents());
                for (long height = 1; height <= SWITCH + 5; height++) {
                    RuleSet right = height < SWITCH || state.fails() ? before : after;
                    assertEquals(
                            right.id(),
                            store.block(height).orElseThrow().header().ruleSetId(),
                            node.name() + " at " + height);
                    assertEquals(
                            state.fails() && height == SWITCH,
                            store.block(height).orElseThrow().rollback().isPresent(),
                            node.name() + " at " + height);
                }
                assertEquals(
                        state.fails() ? PlanStatus.ROLLED_BACK : PlanStatus.ACTIVE,
                        node.view().settledPlans().get(0).status());
                Map<Bytes, Bytes> now = new TreeMap<>();
                node.disk().contents().scan(Store.Space.SIGNING, Bytes.EMPTY, (key, value) -> {
                    now.put(key, value);
                    return true;
                });
                records.getOrDefault(node.name(), Map.of())
                        .forEach((key, value) ->
                                assertEquals(value, now.get(key), "a signing record of " + node.name()));
            }
            assertEquals(List.of(), simulation.history().slashings());
            simulation.checkStates();
        }

        private void until(java.util.function.BooleanSupplier done) {
            if (!simulation.runUntil(PATIENCE, done)) {
                throw new SimulationFailure(state + " " + who + ": " + simulation.describe());
            }
        }
    }
}
