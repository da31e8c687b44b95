package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleChange.Operation;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.PayloadType;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/**
 * Random histories of every transaction against the exact model, with every invariant checked after every block. More
 * of them by {@code -Dledger.histories}; a failure names the seed that replays it ({@code -Dledger.seed}).
 */
class HistoriesTest {
    private static final int HISTORIES = 30;
    private static final int BLOCKS = 40;

    private static final List<Actor> ACTORS =
            IntStream.range(0, 7).mapToObj(i -> Actor.named("actor" + i)).toList();

    private final Map<PayloadType, Integer> succeeded = new EnumMap<>(PayloadType.class);
    private final Map<PayloadType, Integer> failed = new EnumMap<>(PayloadType.class);
    private final Map<PlanStatus, Integer> settled = new EnumMap<>(PlanStatus.class);

    @Test
    void everyHistoryIsTheExactOneButForRoundingAgainstTheClaimer() {
        Long only = Long.getLong("ledger.seed");
        if (only != null) {
            new History(only).run();
            return;
        }
        long histories = Long.getLong("ledger.histories", HISTORIES);
        for (long seed = 0; seed < histories; seed++) {
            new History(seed).run();
        }
        for (PayloadType type : PayloadType.values()) {
            assertTrue(succeeded.getOrDefault(type, 0) > 0, "no " + type + " ever succeeded");
            assertTrue(failed.getOrDefault(type, 0) > 0 || histories < HISTORIES, "no " + type + " ever failed");
        }
        for (PlanStatus status : List.of(PlanStatus.ACTIVE, PlanStatus.EXPIRED, PlanStatus.CANCELLED)) {
            assertTrue(settled.getOrDefault(status, 0) > 0, "no plan ended " + status);
        }
        System.out.println(histories + " histories of " + BLOCKS + " blocks; succeeded " + succeeded + "; failed "
                + failed + "; plans " + settled);
    }

    private final class History {
        private final Random random;
        private final String seed;
        private final TestRules rules = new TestRules();
        private final List<Payout> payouts = new ArrayList<>();
        private final TestChain chain;
        private final ExactModel model;
        private int keys;

        History(long seed) {
            this.random = new Random(seed);
            this.seed = "-Dledger.seed=" + seed;
            rules.reward = new TestRules.Reward() {
                @Override
                public List<Payout> divide(EpochSummary epoch, long pot) {
                    payouts.clear();
                    payouts.addAll(super.divide(epoch, pot));
                    return List.copyOf(payouts);
                }
            };
            Genesis genesis = genesis();
            this.chain = new TestChain(rules, genesis);
            this.model = new ExactModel(genesis, rules);
        }

        private Genesis genesis() {
            Genesis plain = TestChain.genesis(TestChain.parameters());
            var balances = new TreeMap<Address, Long>();
            ACTORS.forEach(actor -> balances.put(actor.address(), 300_000L + random.nextInt(500_000)));
            List<Genesis.GenesisValidator> validators = ACTORS.subList(0, 3).stream()
                    .map(actor -> new Genesis.GenesisValidator(
                            actor.address(),
                            actor.name(),
                            actor.consensusKey(),
                            100_000 + random.nextInt(100_000),
                            TestChain.commission()))
                    .toList();
            return new Genesis(
                    TestChain.CHAIN_ID,
                    plain.timeMillis(),
                    plain.parameters(),
                    balances,
                    validators,
                    plain.rules(),
                    plain.seed());
        }

        void run() {
            for (int i = 0; i < BLOCKS; i++) {
                block();
            }
            chain.view.settledPlans().forEach(record -> settled.merge(record.status(), 1, Integer::sum));
        }

        private void block() {
            chain.generation = rules.generation(chain.view.ruleSet());
            chain.proposer = pick().address();
            List<Evidence> evidence = random.nextInt(12) == 0 ? List.of(evidence()) : List.of();
            List<Transaction> transactions = transactions();
            Execution execution;
            try {
                execution = chain.ledger.execute(chain.state, chain.generation, chain.input(evidence, transactions));
            } catch (PoSException refused) {
                // by its evidence: nothing else in it can be refused
                assertTrue(refused.getMessage().contains("evidence 0: "), seed + ": " + refused.getMessage());
                evidence = List.of();
                execution = chain.ledger.execute(chain.state, chain.generation, chain.input(evidence, transactions));
            }
            replay(evidence, transactions, execution);
        }

        private void replay(List<Evidence> evidence, List<Transaction> transactions, Execution execution) {
            chain.time += chain.step;
            long height = chain.view.height() + 1;
            chain.state.apply(execution.change());
            evidence.forEach(e -> model.punish(e, chain.proposer));
            for (int i = 0; i < transactions.size(); i++) {
                Transaction tx = transactions.get(i);
                boolean success = execution.receipts().get(i).succeeded();
                (success ? succeeded : failed).merge(tx.payload().type(), 1, Integer::sum);
                model.fee(tx.from(), tx.fee());
                if (success) {
                    model.executed(tx.from(), tx.payload(), height);
                }
            }
            if (chain.view.parameters().endsEpoch(height)) {
                model.endEpoch(chain.view.parameters().epochOf(height), payouts, chain.view);
            }
            String replay = seed + " height " + height;
            model.compare(chain, replay);
            assertEquals(List.of(), chain.ledger.brokenInvariants(chain.state, chain.generation), replay);
        }

        private List<Transaction> transactions() {
            List<Transaction> transactions = new ArrayList<>();
            for (Actor actor : ACTORS) {
                long nonce = chain.view.account(actor.address()).nonce();
                long balance = chain.balance(actor);
                for (int i = random.nextInt(3); i > 0 && balance > 2; i--) {
                    Transaction tx = new Transaction(
                            TestChain.CHAIN_ID,
                            actor.key(),
                            nonce++,
                            1 + random.nextInt(2),
                            5_000_000,
                            1_000_000,
                            payload(actor, balance),
                            Bytes.EMPTY);
                    transactions.add(tx);
                    // the next one of this account has to be able to pay its fee
                    balance = 0;
                }
            }
            return transactions;
        }

        private Payload payload(Actor actor, long balance) {
            long amount = amount(balance);
            switch (random.nextInt(14)) {
                case 0:
                    return new Payload.Transfer(pick().address(), amount);
                case 1:
                    return actor.registration(Math.max(100_000, amount));
                case 2:
                    return new Payload.EditValidator(new Rate(95_000 + random.nextInt(10_000)));
                case 3:
                    return actor.rotation(Actor.key(seed + keys++ / 2));
                case 4:
                    return new Payload.Stake(amount);
                case 5:
                    return new Payload.Unstake(amount(stake(actor, actor)));
                case 6:
                case 7:
                    return new Payload.Delegate(pick().address(), amount);
                case 8:
                    Actor validator = pickOf(actor);
                    return new Payload.Undelegate(validator.address(), amount(stake(actor, validator)));
                case 9:
                case 10:
                    Actor from = pickOf(actor);
                    return new Payload.Redelegate(from.address(), pick().address(), amount(stake(actor, from)));
                case 11:
                    return random.nextBoolean() ? new Payload.WithdrawRewards(pick().address()) : new Payload.Unjail();
                case 12:
                    return new Payload.SubmitEvidence(evidence());
                default:
                    return planning(actor);
            }
        }

        /** Mostly what the plan that waits is in need of; a new one where none does. */
        private Payload planning(Actor actor) {
            Optional<PlanRecord> waiting = chain.view.plan();
            if (waiting.isEmpty() || random.nextInt(6) == 0) {
                return proposal(actor);
            }
            RulePlan plan = waiting.get().plan();
            boolean own = waiting.get().proposer().equals(actor.address());
            return random.nextInt(own ? 2 : 8) == 0
                    ? new Payload.CancelRules(plan.id())
                    : new Payload.AttestRules(attestation(plan, pick()));
        }

        private Payload proposal(Actor actor) {
            RuleSet active = chain.view.ruleSet();
            RuleRef extra = TestRules.ref(RuleKind.SLASHING, "slashing.extra");
            boolean removes = active.find(extra.id()).isPresent();
            RuleSet to = active.apply(new RuleChange(removes ? Operation.REMOVE : Operation.ADOPT, extra));
            long gate = chain.view.epoch() + random.nextInt(2);
            RulePlan plan = chain.plan(actor, to, gate, gate + 1 + random.nextInt(2));
            List<Actor> ready = random.nextBoolean() ? ACTORS : List.of();
            return new Payload.ProposeRules(
                    plan,
                    ready.stream()
                            .filter(one -> chain.view.validatorSet().contains(one.address()))
                            .map(one -> attestation(plan, one))
                            .toList());
        }

        /** By the key with which {@code validator} votes now: keys are rotated here. */
        private Attestation attestation(RulePlan plan, Actor validator) {
            PublicKey key = chain.view
                    .validatorSet()
                    .member(validator.address())
                    .map(ValidatorSet.Member::key)
                    .orElse(validator.consensusKey());
            return Attestation.of(
                    TestChain.CHAIN_ID,
                    plan.id(),
                    plan.to().id(),
                    plan.selfTest(),
                    validator.address(),
                    FakeScheme.signer(key));
        }

        private Evidence evidence() {
            Gravity gravity = random.nextInt(3) == 0 ? Gravity.ATTACK : Gravity.FAULT;
            long height = Math.max(1, chain.view.height() - random.nextInt(12));
            return TestRules.evidence(gravity, pick(), height);
        }

        /** All of it, hardly any of it, or something between: odd numbers are where rounding is. */
        private long amount(long most) {
            switch (random.nextInt(4)) {
                case 0:
                    return Math.max(1, most);
                case 1:
                    return 1 + random.nextInt(50);
                default:
                    return 1 + (long) (random.nextDouble() * most);
            }
        }

        private long stake(Actor delegator, Actor validator) {
            return chain.view.validator(validator.address()).isPresent() ? chain.stake(delegator, validator) : 0;
        }

        /** Mostly one with whom {@code delegator} has stake. */
        private Actor pickOf(Actor delegator) {
            List<Delegation> delegations = chain.view.delegationsOf(delegator.address());
            if (delegations.isEmpty() || random.nextInt(8) == 0) {
                return pick();
            }
            Address validator =
                    delegations.get(random.nextInt(delegations.size())).validator();
            return ACTORS.stream()
                    .filter(actor -> actor.address().equals(validator))
                    .findFirst()
                    .orElseThrow();
        }

        private Actor pick() {
            return ACTORS.get(random.nextInt(ACTORS.size()));
        }
    }
}
