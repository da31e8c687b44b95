package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.node.core.NodeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain goes on, in virtual time: as fast as it should, as long as it can, and again once it can again. */
class LivenessTest {
    private static final long SEED = 1;
    private static final long EPOCH = 100;

    private static Simulation running(Rulebook rules, int size, long blockTime) {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), rules, size, blockTime, EPOCH);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, SEED);
        simulation.startAll();
        simulation.runToHeight(3, 10 * blockTime + 10_000);
        return simulation;
    }

    private static Simulation running() {
        return running(TestWorlds.patientTakingTurns(), 4, 1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_000, 12_000})
    void aBlockComesEveryBlockTime(long blockTime) {
        Simulation simulation = running(TestWorlds.patient(), 4, blockTime);
        long from = simulation.history().height();
        long began = simulation.time().millis();
        simulation.runToHeight(from + 50, 60 * blockTime);
        long average = (simulation.time().millis() - began) / 50;
        assertTrue(average <= blockTime * 11 / 10, "average " + average);
        for (long height = from; height <= simulation.history().height(); height++) {
            assertEquals(0, simulation.history().at(height).round());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_000, 12_000})
    void aBlockComesEveryBlockTimeWhereProposersAreDrawnInPrivate(long blockTime) {
        Simulation simulation = running(TestWorlds.patientDrawing(), 4, blockTime);
        long from = simulation.history().height();
        long began = simulation.time().millis();
        simulation.runToHeight(from + 50, 60 * blockTime);
        long average = (simulation.time().millis() - began) / 50;
        assertTrue(average <= blockTime * 11 / 10, "average " + average);
        for (long height = from; height <= simulation.history().height(); height++) {
            assertEquals(0, simulation.history().at(height).round());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_000, 12_000})
    void oneOfFourDownCostsAtMostOneMoreBlockTimeWhenItIsItsTurn(long blockTime) {
        Simulation simulation = running(TestWorlds.patientTakingTurns(), 4, blockTime);
        // about the delays of one machine; at 200 ms the links' own delays of 20 ms would be a tenth of the block time
        simulation.network().quality(new LinkQuality(200, 5_000, 0, 0, true));
        simulation.node("bob").crash();
        long from = simulation.history().height();
        simulation.runToHeight(from + 60, 120 * blockTime);
        long longest = simulation.history().longestGapMillis(from);
        assertTrue(longest <= 2 * blockTime, "longest gap " + longest);
        assertTrue(longest > blockTime * 5 / 4, "it was never its turn: longest gap " + longest);
    }

    @Test
    void aSelectorThatDrawsTheSameOneAgainCostsNoMoreThanATurnEach() {
        Simulation simulation = running(TestWorlds.patient(), 4, 1_000);
        simulation.node("bob").crash();
        long from = simulation.history().height();
        simulation.runToHeight(from + 60, 120_000);
        History history = simulation.history();
        for (long height = from + 1; height <= history.height(); height++) {
            long gap = (history.at(height).nanos() - history.at(height - 1).nanos()) / 1_000_000;
            int lost = history.at(height).round();
            assertTrue(gap <= 1_100 + 600 * lost + 250 * lost * Math.max(0, lost - 1), "round " + lost + ": " + gap);
        }
    }

    @Test
    void oneOfSevenAndTwoOfSevenDown() {
        Simulation simulation = running(TestWorlds.patientTakingTurns(), 7, 1_000);
        simulation.node("bob").crash();
        simulation.node("erin").crash();
        long from = simulation.history().height();
        simulation.runToHeight(from + 40, 120_000);
    }

    @Test
    void twoOfFourDownAndThereIsNoBlockUntilOneIsBack() {
        Simulation simulation = running();
        simulation.node("bob").crash();
        simulation.node("carol").crash();
        // what was decided already may still arrive
        simulation.runMillis(2_000);
        long height = simulation.history().height();
        simulation.runMillis(120_000);
        assertEquals(height, simulation.history().height());

        simulation.node("bob").start();
        long back = simulation.time().millis();
        simulation.runToHeight(height + 1, 5_000);
        assertTrue(simulation.time().millis() - back <= 5_000);
        simulation.runToHeight(height + 20, 40_000);

        simulation.node("carol").start();
        simulation.runToHeight(height + 40, 40_000);
        simulation.checkStates();
    }

    @Test
    void allDownAtOnceAndBackFromTheirDisks() {
        Simulation simulation = running();
        for (int i = 0; i < 10; i++) {
            simulation.runMillis(simulation.random().nextInt(1_500));
            long height = simulation.history().height();
            simulation.running().forEach(SimNode::crash);
            simulation.startAll();
            simulation.runToHeight(height + 1, 6_000);
        }
        simulation.checkStates();
    }

    @Test
    void aNodeThatWasAwayCatchesUpAndValidatesAgain() {
        Simulation simulation = running();
        SimNode dave = simulation.node("dave");
        dave.crash();
        long height = dave.height();
        simulation.runUntil(200_000, () -> simulation.history().height() >= height + 100);
        dave.start();
        long back = simulation.time().millis();
        assertTrue(simulation.runUntil(
                10_000, () -> dave.height() == simulation.history().height()));
        assertTrue(simulation.time().millis() - back < 5_000);
        assertTrue(simulation.runUntil(5_000, () -> dave.snapshot().state() == NodeState.VALIDATING));
        simulation.node("alice").crash();
        // three of four again, with the one that was away
        simulation.runToHeight(simulation.history().height() + 10, 30_000);
        simulation.checkStates();
    }

    @Test
    void aFollowerThatComesLateHasEverything() {
        Simulation simulation = running();
        simulation.runToHeight(50, 60_000);
        SimNode follower = simulation.add("follower", Optional.empty());
        follower.start();
        assertTrue(simulation.runUntil(
                10_000, () -> follower.height() == simulation.history().height()));
        assertTrue(simulation.runUntil(3_000, () -> follower.snapshot().state() == NodeState.FOLLOWING));
        simulation.runToHeight(60, 20_000);
        simulation.checkStates();
    }

    @Test
    void aMinorityBehindAPartitionDecidesNothingAndLosesNothing() {
        Simulation simulation = running();
        simulation.network().partition(Map.of("dave", 1));
        simulation.runMillis(500);
        long height = simulation.node("dave").height();
        simulation.runMillis(30_000);
        assertEquals(height, simulation.node("dave").height());
        assertTrue(simulation.history().height() > height + 15);

        simulation.network().partition(Map.of("carol", 1, "dave", 1));
        simulation.runMillis(2_000);
        long stopped = simulation.history().height();
        simulation.runMillis(30_000);
        assertEquals(stopped, simulation.history().height());

        simulation.network().heal();
        simulation.runToHeight(stopped + 3, 10_000);
        simulation.checkStates();
    }

    @Test
    void aRuleIsSwappedWithoutAMissedBlock() {
        Simulation simulation = running(TestWorlds.patient(), 4, 1_000);
        RuleRef roundRobin = TestWorlds.ROUND_ROBIN;
        SimNode alice = simulation.node("alice");
        submit(simulation, alice, adoption(simulation, roundRobin));
        simulation.runToHeight(2 * EPOCH + 5, 300_000);
        assertEquals(roundRobin, simulation.history().view().ruleSet().only(RuleKind.SELECTION));
        assertTrue(simulation.history().longestGapMillis(3) < 1_200);
    }

    @Test
    void aValidatorThatLacksTheNextRulesHaltsAndTheOthersGoOn() {
        Simulation simulation = running(TestWorlds.patient(), 4, 1_000);
        RuleRef roundRobin = TestWorlds.ROUND_ROBIN;
        SimNode dave = simulation.node("dave");
        var entry = dave.catalogue().find(roundRobin).orElseThrow();
        dave.catalogue().remove(entry);
        simulation.allowHalts(why -> why.contains("selection.roundrobin 0.1.0 (SHA-256 "));
        // all attest it, also dave, who lacks it
        submit(simulation, simulation.node("alice"), adoption(simulation, roundRobin));
        assertTrue(simulation.runUntil(300_000, () -> simulation.history().height() >= EPOCH + 10));
        assertEquals(EPOCH, dave.height());
        assertTrue(dave.snapshot().halt().orElseThrow().contains("selection.roundrobin 0.1.0 (SHA-256 "));

        dave.catalogue().add(entry);
        simulation.runToHeight(EPOCH + 30, 60_000);
        assertFalse(dave.snapshot().halt().isPresent());
        simulation.checkStates();
    }

    @Test
    void aValidatorAwayTooLongIsJailedAndComesBack() {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.takingTurns(), 4, 1_000, 4);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, SEED);
        simulation.startAll();
        simulation.runToHeight(3, 20_000);
        SimNode dave = simulation.node("dave");
        dave.crash();
        assertTrue(
                simulation.runUntil(60_000, () -> validator(simulation, "dave").status() == ValidatorStatus.SLASHED));
        long jailed = simulation.history().height();
        assertTrue(simulation.runUntil(60_000, () -> simulation.history().height() >= jailed + 12));
        dave.start();
        simulation.runToHeight(simulation.history().height() + 1, 20_000);
        submit(simulation, dave, new Payload.Unjail());
        assertTrue(simulation.runUntil(
                60_000, () -> simulation.history().view().validatorSet().contains(chain.address("dave"))));
        assertTrue(simulation.runUntil(20_000, () -> dave.snapshot().state() == NodeState.VALIDATING));
        simulation.runToHeight(simulation.history().height() + 8, 30_000);
        assertEquals(ValidatorStatus.ACTIVE, validator(simulation, "dave").status());
    }

    @Test
    void aFollowerThatRegistersVotesFromTheNextEpochOn() {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.takingTurns(), 4, 1_000, 4);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, SEED);
        Signer key = chain.consensus("fifth");
        SimNode fifth = simulation.add("fifth", Optional.of(key));
        simulation.startAll();
        simulation.runToHeight(3, 20_000);
        assertEquals(NodeState.FOLLOWING, fifth.snapshot().state());
        Address account = chain.address("account0");
        submit(
                simulation,
                fifth,
                "account0",
                new Payload.RegisterValidator(
                        "fifth",
                        key.publicKey(),
                        key.sign(Transaction.possessionBytes(chain.genesis().chainId(), account, key.publicKey())),
                        new Rate(100_000),
                        new Rate(200_000),
                        new Rate(100_000),
                        2_000_000));
        simulation.runToHeight(16, 60_000);
        assertEquals(5, simulation.history().view().validatorSet().size());
        assertEquals(NodeState.VALIDATING, fifth.snapshot().state());
        Validator validator = simulation.history().view().validator(account).orElseThrow();
        assertTrue(validator.metrics().blocksSigned() > 4, validator::toString);
        assertEquals(0, validator.metrics().blocksMissed());
        simulation.checkStates();
    }

    @Test
    void aTwinIsFoundAndBannedAndNobodyElseIs() {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.takingTurns(), 4, 1_000, 4);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, SEED);
        simulation.addTwin("dave");
        simulation.network().quality(new LinkQuality(1_000, 60_000, 0, 0, false));
        simulation.startAll();
        // with the same to put into a block both would build the same one
        simulation.runToHeight(1, 20_000);
        for (int i = 0; i < 500 && validator(simulation, "dave").status() != ValidatorStatus.BANNED; i++) {
            SimNode one = simulation.node(i % 2 == 0 ? "dave" : "dave-twin");
            submit(simulation, one, "account" + i % 2, new Payload.Transfer(chain.address("alice"), 1));
            simulation.runMillis(200);
        }
        assertEquals(ValidatorStatus.BANNED, validator(simulation, "dave").status());
        assertEquals(1, simulation.history().slashings().size());
        simulation.runToHeight(simulation.history().height() + 10, 60_000);
        assertEquals(3, simulation.history().view().validatorSet().size());
        simulation.checkStates();
    }

    @Test
    void whoProposesUnderAnotherRuleSetIsFoundAndNobodyElseIs() {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.takingTurns(), 4, 1_000, 4);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, SEED);
        Liar dave = simulation.addLiar("dave");
        dave.claims(chain.rules().initial().apply(new RuleChange(RuleChange.Operation.ADOPT, FailingRule.from(1))));
        simulation.startAll();
        assertTrue(simulation.runUntil(
                60_000, () -> !simulation.history().slashings().isEmpty()));
        assertTrue(dave.forgedProposals() > 0);
        assertEquals(
                "slashing.invalidproposal",
                simulation.history().slashings().get(0).offence().condition());
        assertEquals(
                chain.address("dave"),
                simulation.history().slashings().get(0).offence().offender());
        simulation.runToHeight(simulation.history().height() + 10, 60_000);
        assertEquals(1, simulation.history().slashings().size());
        assertEquals(chain.rules().initial(), simulation.history().view().ruleSet());
        simulation.checkStates();
    }

    private static Validator validator(Simulation simulation, String name) {
        return simulation
                .history()
                .view()
                .validator(simulation.chain().address(name))
                .orElseThrow();
    }

    private static Payload adoption(Simulation simulation, RuleRef rule) {
        return simulation
                .chain()
                .proposal(
                        simulation.history().view(),
                        simulation.chain().address("alice"),
                        new RuleChange(RuleChange.Operation.ADOPT, rule));
    }

    private static void submit(Simulation simulation, SimNode node, Payload payload) {
        submit(simulation, node, node.name(), payload);
    }

    private static void submit(Simulation simulation, SimNode node, String sender, Payload payload) {
        SimChain chain = simulation.chain();
        Transaction unsigned = new Transaction(
                chain.genesis().chainId(),
                chain.account(sender).publicKey(),
                node.nextNonce(chain.address(sender)),
                10,
                5_000_000,
                1_000_000,
                payload,
                Bytes.EMPTY);
        Transaction signed = unsigned.signed(chain.account(sender).sign(unsigned.signBytes()));
        node.submit(
                signed,
                result -> assertEquals(List.of(), result.error().stream().toList()));
    }
}
