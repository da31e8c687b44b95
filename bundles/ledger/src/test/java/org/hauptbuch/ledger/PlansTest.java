package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.CAROL;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.hauptbuch.ledger.TestChain.attestation;
import static org.hauptbuch.ledger.TestChain.proposal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** A plan's life: proposed, attested, taken back, counted at its gate, active; and every refusal on the way. */
class PlansTest {
    private static final RuleSet OTHER = with(RuleKind.PENALTY, "penalty.other");
    private static final Hash NOWHERE = Hash.sha256(new byte[] {9});

    private final TestChain chain = new TestChain();

    private static RuleSet with(RuleKind kind, String id) {
        return TestRules.set().apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(kind, id)));
    }

    private PlanRecord waiting() {
        return chain.view.plan().orElseThrow();
    }

    private PlanRecord lastSettled() {
        List<PlanRecord> settled = chain.view.settledPlans();
        return settled.get(settled.size() - 1);
    }

    private static List<Address> addresses(Actor... actors) {
        return Stream.of(actors).map(Actor::address).sorted().toList();
    }

    private void refusedPlan(String detail, RulePlan plan) {
        chain.fails(PoSError.CONSENSUS_STATE_UPDATE_FAILED, detail, ALICE, proposal(plan));
        assertTrue(chain.view.plan().isEmpty());
    }

    // ---- a plan's way

    @Test
    void aPlanThatIsReadyJudgesFromTheFirstBlockOfItsEpoch() {
        RulePlan plan = chain.plan(OTHER, 1, 3);
        chain.ok(ALICE, proposal(plan, ALICE));
        assertEquals(
                new PlanRecord(plan, ALICE.address(), 1, PlanStatus.PROPOSED, 1, addresses(ALICE), STAKE, 3 * STAKE),
                waiting());
        // anybody may carry an attestation
        chain.ok(ERIN, new Payload.AttestRules(attestation(plan, CAROL)));
        chain.ok(BOB, new Payload.AttestRules(attestation(plan, BOB)));
        assertEquals(addresses(ALICE, BOB, CAROL), waiting().attested());
        assertEquals(3 * STAKE, waiting().readyPower());
        chain.endEpoch();
        assertEquals(PlanStatus.PROPOSED, waiting().status());
        chain.endEpoch();
        assertEquals(PlanStatus.READY, waiting().status());
        assertEquals(10, waiting().statusHeight());
        chain.block();
        chain.endEpoch();
        // the last block of epoch 2 only names who judges next
        assertEquals(15, chain.view.height());
        assertEquals(TestRules.set().id(), chain.view.ruleSetIdAt(15).orElseThrow());
        assertEquals(OTHER.id(), chain.view.ruleSetIdAt(16).orElseThrow());
        assertEquals(OTHER, chain.view.ruleSet());
        assertTrue(chain.view.plan().isEmpty());
        assertEquals(PlanStatus.ACTIVE, lastSettled().status());
        assertEquals(Optional.of(TestRules.set()), chain.view.fallback());
        assertEquals(Optional.of(OTHER), chain.view.ruleSet(OTHER.id()));

        PoSException e = assertThrows(PoSException.class, chain::block);
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error(), "the old rules judge no more");
        chain.follow();
        chain.block();
        chain.endEpoch();
        chain.endEpoch();
        assertEquals(OTHER, chain.view.ruleSet(), "and they stay");
    }

    @Test
    void theNextRulesAreKnownInTheEpochBefore() {
        chain.ok(ALICE, proposal(chain.plan(OTHER, 0, 2), ALICE, BOB, CAROL));
        assertTrue(chain.view.nextRuleSet().isEmpty());
        chain.endEpoch();
        assertEquals(Optional.of(OTHER), chain.view.nextRuleSet());
        chain.endEpoch();
        assertTrue(chain.view.nextRuleSet().isEmpty());
        assertEquals(OTHER, chain.view.ruleSet());
    }

    @Test
    void aPlanThatMissesItsGateExpiresAndNothingHappens() {
        RulePlan plan = chain.plan(OTHER);
        // two of three are less than four of five, and less than two thirds rounded up
        chain.ok(ALICE, proposal(plan, ALICE, BOB));
        chain.endEpoch();
        assertTrue(chain.view.plan().isEmpty());
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        assertEquals(5, lastSettled().statusHeight());
        assertEquals(2 * STAKE, lastSettled().readyPower());
        assertEquals(TestRules.set(), chain.view.ruleSet());
        assertTrue(chain.view.fallback().isEmpty());
        chain.block();
    }

    @Test
    void theGateIsMetExactlyInTheSetThatWillVote() {
        // 3,000,000 of 3,750,000 are 80%: Dave votes from the next epoch on, and counts already
        chain.ok(DAVE, DAVE.registration(750_000));
        chain.ok(ALICE, proposal(chain.plan(OTHER), ALICE, BOB, CAROL));
        assertEquals(3 * STAKE, waiting().totalPower());
        chain.endEpoch();
        assertEquals(PlanStatus.ACTIVE, lastSettled().status());
        assertEquals(3_750_000, lastSettled().totalPower());
        assertEquals(OTHER, chain.view.ruleSet());
        assertTrue(chain.view.validatorSet().contains(DAVE.address()), "both at one boundary");
    }

    @Test
    void theGateIsMissedByOneUnit() {
        chain.ok(DAVE, DAVE.registration(750_001));
        chain.ok(ALICE, proposal(chain.plan(OTHER), ALICE, BOB, CAROL));
        chain.endEpoch();
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        assertEquals(3 * STAKE, lastSettled().readyPower());
        assertEquals(3_750_001, lastSettled().totalPower());
        assertEquals(TestRules.set(), chain.view.ruleSet());
    }

    @Test
    void whoWillNotVoteIsNotReady() {
        chain.ok(ALICE, proposal(chain.plan(OTHER), ALICE, BOB, CAROL));
        chain.ok(DAVE, DAVE.registration(STAKE));
        chain.ok(CAROL, new Payload.Unstake(STAKE));
        chain.endEpoch();
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        assertEquals(2 * STAKE, lastSettled().readyPower());
        assertEquals(3 * STAKE, lastSettled().totalPower());
    }

    @Test
    void whoProposedCanTakeItBackUntilTheGate() {
        RulePlan plan = chain.plan(BOB, OTHER, 0, 2);
        chain.ok(BOB, proposal(plan, ALICE, BOB, CAROL));
        chain.fails(
                PoSError.SECURITY_VALIDATION_FAILED,
                "must be " + BOB.address() + ", who proposed the plan",
                ALICE,
                new Payload.CancelRules(plan.id()));
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "plan is " + NOWHERE + ", must be " + plan.id(),
                BOB,
                new Payload.CancelRules(NOWHERE));
        chain.ok(BOB, new Payload.CancelRules(plan.id()));
        assertEquals(PlanStatus.CANCELLED, lastSettled().status());
        assertTrue(chain.view.plan().isEmpty());
        chain.endEpoch();
        assertEquals(TestRules.set(), chain.view.ruleSet());

        RulePlan second = chain.plan(BOB, OTHER, 1, 3);
        chain.ok(BOB, proposal(second, ALICE, BOB, CAROL));
        chain.endEpoch();
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "before its gate; it passed the gate at height 10",
                BOB,
                new Payload.CancelRules(second.id()));
        assertEquals(PlanStatus.READY, waiting().status());
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "must be " + second.id(),
                BOB,
                new Payload.CancelRules(plan.id()));
    }

    @Test
    void theLast256AreKept() {
        List<RulePlan> plans = new ArrayList<>();
        for (int block = 0; block < 4; block++) {
            long nonce = chain.view.account(ALICE.address()).nonce();
            List<Transaction> transactions = new ArrayList<>();
            for (int i = 0; i < 65; i++) {
                String version = "1." + block + "." + i;
                RuleRef other = new RuleRef(RuleKind.PENALTY, "penalty.other", version, NOWHERE, Parameters.NONE);
                RulePlan plan = chain.plan(TestRules.set().apply(new RuleChange(RuleChange.Operation.ADOPT, other)));
                plans.add(plan);
                transactions.add(TestChain.tx(ALICE, nonce++, proposal(plan, ALICE, BOB, CAROL)));
                transactions.add(TestChain.tx(ALICE, nonce++, new Payload.CancelRules(plan.id())));
            }
            chain.block(List.of(), transactions);
        }
        assertEquals(
                plans.subList(4, 260),
                chain.view.settledPlans().stream().map(PlanRecord::plan).toList());
        assertTrue(chain.view.settledPlans().stream().allMatch(r -> r.status() == PlanStatus.CANCELLED));
    }

    // ---- what is no plan

    @Test
    void onlyWhoVotesMayPropose() {
        RulePlan plan = chain.plan(OTHER);
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "must be the operator of a validator that votes",
                DAVE,
                proposal(plan, ALICE, BOB, CAROL));
        // registered is not enough
        chain.ok(DAVE, DAVE.registration(STAKE));
        chain.fails(PoSError.INVALID_VALIDATOR, "sender is", DAVE, proposal(plan, ALICE, BOB, CAROL));
    }

    @Test
    void aPlanReplacesTheActiveRulesByOthers() {
        Hash active = TestRules.set().id();
        Rate ready = RulePlan.DEFAULT_READY;
        refusedPlan(
                "plan.from is " + NOWHERE + ", must be " + active,
                new RulePlan(ALICE.address(), NOWHERE, OTHER, ready, 0, 1, active, NOWHERE));
        refusedPlan(
                "plan.to is " + active,
                new RulePlan(ALICE.address(), active, TestRules.set(), ready, 0, 1, active, NOWHERE));
        refusedPlan(
                "plan.fallback is " + NOWHERE,
                new RulePlan(ALICE.address(), active, OTHER, ready, 0, 1, NOWHERE, NOWHERE));
        refusedPlan("plan.fallback is", new RulePlan(ALICE.address(), active, OTHER, ready, 0, 1, OTHER.id(), NOWHERE));
    }

    @Test
    void aWayBackLeadsToOtherRulesThanTheNewOnes() {
        chain.ok(ALICE, proposal(chain.plan(OTHER), ALICE, BOB, CAROL));
        chain.endEpoch();
        chain.follow();
        Hash old = TestRules.set().id();
        RulePlan toOld =
                new RulePlan(ALICE.address(), OTHER.id(), TestRules.set(), RulePlan.DEFAULT_READY, 1, 2, old, NOWHERE);
        refusedPlan("plan.fallback is " + old + ", must be another rule set than plan.to", toOld);
        // any set that judged will do
        RuleSet third = with(RuleKind.REWARD, "reward.third");
        chain.ok(
                ALICE,
                proposal(new RulePlan(ALICE.address(), OTHER.id(), third, RulePlan.DEFAULT_READY, 1, 2, old, NOWHERE)));
    }

    @Test
    void noPlanAsksForLessThanTwoThirds() {
        Hash active = TestRules.set().id();
        refusedPlan(
                "plan.leastReady is 66.6666%",
                new RulePlan(ALICE.address(), active, OTHER, new Rate(666_666), 0, 1, active, NOWHERE));
        chain.ok(
                ALICE,
                proposal(new RulePlan(ALICE.address(), active, OTHER, RulePlan.LEAST_READY, 0, 1, active, NOWHERE)));
    }

    @Test
    void theGateIsNeitherPastNorTooFarAndBeforeTheActivation() {
        chain.endEpoch();
        refusedPlan("plan.gateEpoch is 0, must be 1 to 1001", chain.plan(OTHER, 0, 2));
        refusedPlan("plan.gateEpoch is 1002", chain.plan(OTHER, 1002, 1003));
        refusedPlan("plan.activationEpoch is 1, must be 2 to 1002", chain.plan(OTHER, 1, 1));
        chain.endEpoch();
        refusedPlan("plan.activationEpoch is 1004, must be 1003 to 1003", chain.plan(OTHER, 1002, 1004));
        refusedPlan("plan.gateEpoch is", chain.plan(OTHER, -1, 3));
        chain.ok(ALICE, proposal(chain.plan(OTHER, 1002, 1003)));
    }

    @Test
    void whatCouldNotBeReadBackIsNoPlan() {
        RuleSet many = TestRules.set();
        for (int i = 0; i < 58; i++) {
            many = many.apply(
                    new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(RuleKind.SLASHING, "slashing.x" + i)));
        }
        refusedPlan("at most 64 elements", chain.plan(many));
        TreeMap<String, String> large = new TreeMap<>();
        large.put("a", "x".repeat(1025));
        RuleRef rule = new RuleRef(RuleKind.PENALTY, "penalty.x", "1.0.0", NOWHERE, Parameters.of(large));
        refusedPlan(
                "parameter.value", chain.plan(TestRules.set().apply(new RuleChange(RuleChange.Operation.ADOPT, rule))));
    }

    // ---- two plans at once

    @Test
    void thereIsOnePlanAtATime() {
        RulePlan first = chain.plan(OTHER, 0, 2);
        chain.ok(ALICE, proposal(first, ALICE, BOB, CAROL));
        RulePlan second = chain.plan(BOB, with(RuleKind.REWARD, "reward.other"), 0, 2);
        // as much as the other is not more
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "plan " + first.id() + " is PROPOSED for epoch 2",
                BOB,
                proposal(second, ALICE, BOB, CAROL));
        assertEquals(first, waiting().plan());
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "neither waits nor was settled",
                ALICE,
                proposal(first, ALICE, BOB, CAROL));
        // attestations for a plan are worth nothing in another's hands
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "plan.proposer is " + ALICE.address(),
                BOB,
                proposal(first, ALICE, BOB, CAROL));
        chain.endEpoch();
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "is READY for epoch 2",
                BOB,
                proposal(chain.plan(BOB, with(RuleKind.REWARD, "reward.other"), 1, 2), ALICE, BOB, CAROL));
        assertEquals(PlanStatus.READY, waiting().status());
    }

    @Test
    void aPlanOfOneGivesWayToAPlanOfEnough() {
        // Alice would keep everybody else from changing rules for a thousand epochs
        RulePlan squatter = chain.plan(with(RuleKind.REWARD, "reward.other"), 1_000, 1_001);
        chain.ok(ALICE, proposal(squatter, ALICE));
        RulePlan plan = chain.plan(BOB, OTHER, 0, 1);
        chain.fails(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "the only one", BOB, proposal(plan, BOB, CAROL));
        assertEquals(squatter, waiting().plan());
        chain.ok(BOB, proposal(plan, ALICE, BOB, CAROL));
        assertEquals(plan, waiting().plan());
        assertEquals(squatter, lastSettled().plan());
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        chain.endEpoch();
        assertEquals(OTHER, chain.view.ruleSet());
    }

    @Test
    void nobodyFillsTheRecordWithPlansOfNoMeaning() {
        RulePlan first = chain.plan(OTHER);
        chain.ok(ALICE, proposal(first, ALICE));
        chain.ok(ALICE, new Payload.CancelRules(first.id()));
        RulePlan second = chain.plan(with(RuleKind.REWARD, "reward.other"));
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "it proposed another at height 1",
                ALICE,
                proposal(second, ALICE, BOB));
        assertTrue(chain.view.plan().isEmpty());
        // another one may, and whoever has what it takes
        chain.ok(BOB, proposal(chain.plan(BOB, with(RuleKind.REWARD, "reward.other"), 0, 1), ALICE, BOB));
        chain.ok(ALICE, proposal(chain.plan(with(RuleKind.REWARD, "reward.third")), ALICE, BOB, CAROL));
        assertEquals(1, chain.view.epoch());
        chain.follow();
        chain.ok(ALICE, proposal(chain.plan(OTHER), ALICE));
    }

    @Test
    void aSettledPlanIsNotRevivedByItsOldAttestations() {
        RulePlan plan = chain.plan(OTHER, 3, 4);
        chain.ok(ALICE, proposal(plan, ALICE, BOB, CAROL));
        chain.ok(ALICE, new Payload.CancelRules(plan.id()));
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "neither waits nor was settled",
                ALICE,
                proposal(plan, ALICE, BOB, CAROL));
        assertTrue(chain.view.plan().isEmpty());
    }

    @Test
    void whoAttestedAndLeftDoesNotCarryAPlanLongAfterItsGate() {
        chain.ok(ALICE, proposal(chain.plan(OTHER, 0, 3), ALICE, BOB, CAROL));
        chain.ok(DAVE, DAVE.registration(5 * STAKE));
        chain.endEpoch();
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        chain.ok(ALICE, proposal(chain.plan(OTHER, 1, 3), ALICE, BOB, DAVE));
        chain.endEpoch();
        assertEquals(PlanStatus.READY, waiting().status());
        chain.ok(DAVE, new Payload.Unstake(5 * STAKE));
        chain.ok(ERIN, ERIN.registration(9 * STAKE));
        chain.endEpoch();
        assertEquals(PlanStatus.EXPIRED, lastSettled().status());
        assertEquals(TestRules.set(), chain.view.ruleSet());
    }
}
