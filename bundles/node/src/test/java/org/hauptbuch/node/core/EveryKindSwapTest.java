package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/**
 * One network that replaces every kind of rule in turn, each at an epoch boundary and under load. Its second versions
 * wrap the first, count their calls by height, and where it is cheap to see answer something else.
 */
final class EveryKindSwapTest {
    private static final String SECOND = "0.2.0";
    private static final Map<RuleKind, Class<?>> TYPES = Map.of(
            RuleKind.SELECTION, SelectionRule.class,
            RuleKind.STAKING, StakingRule.class,
            RuleKind.DELEGATION, DelegationRule.class,
            RuleKind.REWARD, RewardRule.class,
            RuleKind.SLASHING, SlashingRule.class,
            RuleKind.PENALTY, PenaltyRule.class,
            RuleKind.FINALITY, FinalityRule.class);

    private final TestNetwork network = TestNetwork.ofFour();
    /** Calls of each second version by the highest block that was final anywhere at that moment. */
    private final Map<String, Map<Long, Integer>> calls = new TreeMap<>();

    private final List<Hash> submitted = new ArrayList<>();
    private long loaded;
    private final Map<String, Long> nonces = new TreeMap<>();

    /** What a rule answers to a method, and what it is to answer. */
    private record Change(String method, BinaryOperator<Object> answer) {
        static final Change NOTHING = new Change("", (before, unused) -> before);
    }

    private RuleCatalogue.Entry first(String id) {
        return TestRules.defaults().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The second version of {@code id}, on every node. */
    private RuleCatalogue.Entry second(String id, Change change) {
        RuleCatalogue.Entry entry = first(id);
        RuleFactory factory = parameters -> wrapped(entry, parameters, change);
        RuleCatalogue.Entry second = new RuleCatalogue.Entry(
                entry.kind(), id, SECOND, TestRules.digest(id + SECOND), id + "-" + SECOND + ".jar", factory);
        return everywhere(second);
    }

    private RuleCatalogue.Entry everywhere(RuleCatalogue.Entry entry) {
        network.all().forEach(node -> node.catalogue.add(entry));
        return entry;
    }

    private Rule wrapped(RuleCatalogue.Entry entry, Parameters parameters, Change change) {
        Rule rule = entry.factory().create(parameters);
        Class<?> type = TYPES.get(entry.kind());
        return (Rule)
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.computeIfAbsent(entry.id(), id -> new TreeMap<>()).merge(top(), 1, Integer::sum);
                    try {
                        Object answer = method.invoke(rule, arguments);
                        return method.getName().equals(change.method) ? change.answer.apply(answer, answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private long top() {
        return network.all().stream().mapToLong(TestNetwork.Node::height).max().orElse(0);
    }

    private LedgerView view() {
        return network.node("alice").view();
    }

    private void submit(TestNetwork.Node node, String from, Payload payload) {
        long nonce = nonces.merge(from, 1L, Long::sum) - 1;
        submitted.add(node.submit(TestChain.signed(from, payload, nonce, 10)).get());
    }

    /** Runs until all have {@code height}, with transfers, stake and a delegation for every block. */
    private void load(long height) {
        while (loaded < height) {
            loaded++;
            TestNetwork.Node node = network.all().get((int) (loaded % 4));
            for (int i = 0; i < 3; i++) {
                submit(node, "faucet", new Payload.Transfer(TestChain.address("bob"), 1));
            }
            submit(node, "carol", new Payload.Stake(1_000));
            submit(node, "bob", new Payload.Delegate(TestChain.address("carol"), 1_000));
            network.runToHeight(loaded, 20_000);
        }
    }

    /** Makes the change at the next boundary; returns the first height under the new rules. */
    private long swap(RuleChange.Operation operation, RuleRef rule) {
        // a plan needs some blocks before its gate
        load(TestChain.parameters().firstHeight(view().epoch() + 1));
        RuleSet before = view().ruleSet();
        RuleSet to = before.apply(new RuleChange(operation, rule));
        submit(network.node("alice"), "alice", TestChain.plan(view(), to, TestChain.NAMES));
        long first = TestChain.parameters().firstHeight(view().epoch() + 1);
        load(first + 1);
        ChainStore chain = new ChainStore(network.node("carol").store);
        assertEquals(before.id(), chain.block(first - 1).orElseThrow().header().ruleSetId());
        assertEquals(to.id(), chain.block(first).orElseThrow().header().ruleSetId());
        assertEquals(
                PlanStatus.ACTIVE,
                view().settledPlans().get(view().settledPlans().size() - 1).status());
        NetworkTest.assertAgreement(network, first);
        return first;
    }

    private long adopt(RuleCatalogue.Entry entry) {
        return swap(RuleChange.Operation.ADOPT, TestRules.ref(entry));
    }

    /** The block before {@code first} is final when {@code first} is executed; the shadow run has ended before that. */
    private void assertCalledFrom(String id, long first) {
        assertTrue(
                calls.getOrDefault(id, Map.of()).keySet().stream().anyMatch(height -> height >= first - 1),
                () -> id + " judges from " + first + " on, was called at " + calls.get(id));
    }

    private VotePhase phaseAt(long height) {
        return new ChainStore(network.node("alice").store)
                .certificate(height)
                .orElseThrow()
                .phase();
    }

    private List<Address> proposers(long from, int count) {
        return network.node("alice").blocks.stream()
                .map(block -> block.block().header())
                .filter(header -> header.height() >= from)
                .limit(count)
                .map(header -> header.proposer())
                .toList();
    }

    private long earnedIn(long epoch) {
        load(TestChain.parameters().firstHeight(epoch) - 1);
        long before = view().supply();
        load(TestChain.parameters().firstHeight(epoch + 1) - 1);
        return view().supply() - before;
    }

    @Test
    void eachKindIsReplacedUnderLoadAndNoBlockIsMissed() {
        network.startAll();
        load(2);
        long begin = network.nowMillis();

        // selection: in each epoch everybody's turn comes before anybody's second
        long selection = adopt(everywhere(TestRules.roundRobin()));
        long epochLength = TestChain.parameters().epochLength();
        load(selection + 2 * epochLength);
        for (long epoch = selection; epoch <= selection + epochLength; epoch += epochLength) {
            List<Address> turns = proposers(epoch, 4);
            assertEquals(4, turns.stream().distinct().count(), turns::toString);
        }

        // to proposers that draw in private, and back to those that everybody knows
        long drawn = adopt(everywhere(TestRules.drawn()));
        load(drawn + 2 * epochLength);
        adopt(first("selection.weighted"));

        assertCalledFrom("staking.bonded", adopt(second("staking.bonded", Change.NOTHING)));
        assertCalledFrom("delegation.pooled", adopt(second("delegation.pooled", Change.NOTHING)));

        // reward: an epoch earns twice as much
        long earned = earnedIn(view().epoch() + 1);
        long reward = adopt(second("reward.proportional", new Change("issuance", (issued, same) -> 2 * (long) issued)));
        assertCalledFrom("reward.proportional", reward);
        assertEquals(2 * earned, earnedIn(view().epoch() + 1));

        // slashing: one condition replaced, one removed, the same added again
        assertCalledFrom("slashing.downtime", adopt(second("slashing.downtime", Change.NOTHING)));
        long removed = swap(
                RuleChange.Operation.REMOVE,
                view().ruleSet().find("slashing.downtime").orElseThrow());
        load(removed + 5);
        assertTrue(calls.get("slashing.downtime").keySet().stream().allMatch(height -> height < removed));
        adopt(first("slashing.downtime"));
        assertEquals(
                List.of("slashing.downtime", "slashing.equivocation", "slashing.invalidproposal"),
                view().ruleSet().all(RuleKind.SLASHING).stream()
                        .map(RuleRef::id)
                        .toList());

        // penalty: whoever contradicts itself loses a tenth
        adopt(second("penalty.fixed", new Change("penalty", (penalty, same) -> tenth((Penalty) penalty))));

        // finality: to the other protocol and back
        long simplex = adopt(everywhere(TestRules.simplex()));
        assertEquals(VotePhase.PRECOMMIT, phaseAt(simplex - 1));
        assertEquals(VotePhase.FINALIZE, phaseAt(simplex));
        long tendermint = adopt(second("finality.tendermint", Change.NOTHING));
        assertEquals(VotePhase.FINALIZE, phaseAt(tendermint - 1));
        assertEquals(VotePhase.PRECOMMIT, phaseAt(tendermint));
        assertCalledFrom("finality.tendermint", tendermint);

        assertNothingWasLost(begin);
        network.node("dave").core.equivocate();
        network.runUntil(10_000, () -> !view().slashings().isEmpty());
        SlashingEvent event = view().slashings().get(0);
        assertEquals(TestChain.address("dave"), event.offence().offender());
        assertEquals(new Rate(100_000), event.rate());
    }

    private static Penalty tenth(Penalty penalty) {
        return new Penalty(new Rate(100_000), penalty.ban(), penalty.jailEpochs(), penalty.reporterShare());
    }

    private void assertNothingWasLost(long begin) {
        long last = top();
        network.runToHeight(last, 1_000);
        assertEquals((last - 2) * TestChain.BLOCK_TIME, network.nowMillis() - begin, 1_000, "a block every block time");
        for (TestNetwork.Node node : network.all()) {
            assertEquals(0, node.core.metrics().get("roundsBeyondFirst"), node.name);
            assertEquals(0, node.core.metrics().get("halts"), node.name);
            NetworkTest.assertAgreement(network, last);
        }
        var succeeded = network.node("bob").blocks.stream()
                .flatMap(block -> block.receipts().stream())
                .filter(receipt -> receipt.succeeded())
                .map(receipt -> receipt.transaction())
                .collect(Collectors.toSet());
        assertTrue(succeeded.containsAll(submitted), "every transaction is final and did what it says");
        assertEquals(submitted.size(), submitted.stream().distinct().count());
    }
}
