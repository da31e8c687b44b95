package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.CAROL;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.proposal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** Going back to the fallback at a height that is not final, and every certificate that does not lead there. */
class RollbackTest {
    private static final RuleSet OLD = TestRules.set();
    private static final RuleSet NEW = with(OLD, RuleKind.PENALTY, "penalty.other");
    private static final Hash NOWHERE = Hash.sha256(new byte[] {9});

    private final TestRules rules = new TestRules();
    private final TestChain chain = new TestChain(rules);

    private static RuleSet with(RuleSet set, RuleKind kind, String id) {
        return set.apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(kind, id)));
    }

    /** The chain before height 6, the first one under the new rules. */
    private void activate() {
        chain.adopt(RuleChange.Operation.ADOPT, TestRules.ref(RuleKind.PENALTY, "penalty.other"));
        chain.endEpoch();
        chain.follow();
        assertEquals(NEW, chain.view.ruleSet());
    }

    private void refused(String detail, RollbackCertificate rollback) {
        // whichever rules a node tries it with: a false claim is the proposer's fault and no reason to halt
        for (RuleSet set : List.of(OLD, chain.view.ruleSet())) {
            Generation generation = rules.generation(set);
            PoSException e = assertThrows(
                    PoSException.class, () -> chain.ledger.execute(chain.state, generation, chain.input(rollback)));
            assertEquals(PoSError.INVALID_BLOCK, e.error(), e.getMessage());
            assertTrue(e.getMessage().contains(detail), e.getMessage());
        }
    }

    private Hash ruleSetIdAt(long height) {
        return chain.view.ruleSetIdAt(height).orElseThrow();
    }

    @Test
    void atTheFirstHeightTheNewRulesNeverWere() {
        activate();
        chain.rollBack();
        assertEquals(OLD, chain.view.ruleSet());
        PlanRecord record = chain.view.settledPlans().get(0);
        assertEquals(PlanStatus.ROLLED_BACK, record.status());
        assertEquals(6, record.statusHeight());
        assertEquals(OLD.id(), ruleSetIdAt(5));
        assertEquals(Optional.empty(), chain.view.ruleSetIdAt(6), "it had both");
        assertTrue(chain.view.fallback().isEmpty());
        chain.block();
        chain.endEpoch();
        chain.block();
        assertEquals(OLD, chain.view.ruleSet(), "and it stays so");
        assertEquals(OLD.id(), ruleSetIdAt(11));
    }

    @Test
    void atALaterHeightEarlierOnesStayWhatTheyWere() {
        activate();
        chain.block();
        chain.block();
        chain.rollBack();
        assertEquals(8, chain.view.height());
        assertEquals(OLD, chain.view.ruleSet());
        assertEquals(OLD.id(), ruleSetIdAt(5));
        assertEquals(NEW.id(), ruleSetIdAt(6));
        assertEquals(NEW.id(), ruleSetIdAt(7));
        assertEquals(Optional.empty(), chain.view.ruleSetIdAt(8), "it had both");
        assertEquals(OLD.id(), ruleSetIdAt(9));
        assertEquals(8, chain.view.settledPlans().get(0).statusHeight());
        chain.endEpoch();
        assertEquals(NEW.id(), ruleSetIdAt(7), "in a later epoch, too");
        assertEquals(OLD.id(), ruleSetIdAt(10));
        assertEquals(OLD.id(), ruleSetIdAt(11));
        chain.block();
    }

    @Test
    void atTheFirstHeightOfALaterEpoch() {
        activate();
        chain.endEpoch();
        chain.rollBack();
        assertEquals(11, chain.view.height());
        assertEquals(NEW.id(), ruleSetIdAt(10));
        assertEquals(OLD.id(), ruleSetIdAt(12));
        chain.block();
    }

    @Test
    void atTheLastHeightOfAnEpochTheFallbackIsCarriedOn() {
        activate();
        for (int i = 0; i < 4; i++) {
            chain.block();
        }
        chain.rollBack();
        assertEquals(10, chain.view.height());
        assertEquals(NEW.id(), ruleSetIdAt(9));
        assertEquals(OLD.id(), ruleSetIdAt(11));
        chain.block();
    }

    @Test
    void theFallbackMayBeAnySetThatJudged() {
        activate();
        RuleSet third = with(NEW, RuleKind.REWARD, "reward.third");
        RulePlan plan = new RulePlan(
                TestChain.ALICE.address(),
                NEW.id(),
                third,
                RulePlan.DEFAULT_READY,
                1,
                2,
                OLD.id(),
                TestChain.SELF_TEST);
        chain.ok(ALICE, proposal(plan, ALICE, BOB, CAROL));
        chain.endEpoch();
        chain.follow();
        assertEquals(third, chain.view.ruleSet());
        chain.rollBack();
        assertEquals(OLD, chain.view.ruleSet());
        assertEquals(
                List.of(PlanStatus.ACTIVE, PlanStatus.ROLLED_BACK),
                chain.view.settledPlans().stream().map(PlanRecord::status).toList());
    }

    @Test
    void aPlanThatWaitsWasForTheSetThatIsLeft() {
        activate();
        RulePlan waiting = chain.plan(with(NEW, RuleKind.REWARD, "reward.third"), 1, 3);
        chain.ok(ALICE, proposal(waiting, ALICE, BOB, CAROL));
        chain.rollBack();
        assertTrue(chain.view.plan().isEmpty());
        PlanRecord expired = chain.view.settledPlans().get(1);
        assertEquals(waiting, expired.plan());
        assertEquals(PlanStatus.EXPIRED, expired.status());
        assertEquals(7, expired.statusHeight());
    }

    @Test
    void aPlanThatIsReadyExpiresToo() {
        activate();
        chain.ok(ALICE, proposal(chain.plan(with(NEW, RuleKind.REWARD, "third"), 1, 3), ALICE, BOB, CAROL));
        chain.endEpoch();
        assertEquals(PlanStatus.READY, chain.view.plan().orElseThrow().status());
        chain.rollBack();
        assertTrue(chain.view.plan().isEmpty());
        chain.endEpoch();
        chain.endEpoch();
        assertEquals(OLD, chain.view.ruleSet());
        chain.block();
    }

    @Test
    void thereIsNoSecondWayBack() {
        activate();
        chain.rollBack();
        refused("there is no rule set to go back to", chain.rollback(OLD.id(), ALICE, BOB, CAROL));
        refused("there is no rule set to go back to", chain.rollback(NEW.id(), ALICE, BOB, CAROL));
    }

    @Test
    void whereNothingChangedThereIsNoWayBack() {
        refused(
                "rollback is " + OLD.id() + ", must be absent: there is no rule set to go back to",
                chain.rollback(OLD.id(), ALICE, BOB, CAROL));
    }

    @Test
    void aCertificateIsForThisHeightAndTheseSets() {
        activate();
        refused("rollback.height is 7, must be 6", TestChain.rollback(7, NEW.id(), OLD.id(), ALICE, BOB, CAROL));
        refused("rollback.height is 5, must be 6", TestChain.rollback(5, NEW.id(), OLD.id(), ALICE, BOB, CAROL));
        refused("rollback.from is " + OLD.id(), TestChain.rollback(6, OLD.id(), OLD.id(), ALICE, BOB, CAROL));
        refused("rollback.to is " + NOWHERE, chain.rollback(NOWHERE, ALICE, BOB, CAROL));
        refused("rollback.to is " + NEW.id(), chain.rollback(NEW.id(), ALICE, BOB, CAROL));
    }

    @Test
    void aCertificateIsAQuorumOfThoseWhoVote() {
        activate();
        refused("must be more than two thirds", chain.rollback(OLD.id(), ALICE, BOB));
        refused("is out of order or repeated", chain.rollback(OLD.id(), ALICE, BOB, BOB));
        refused("is not in the validator set", chain.rollback(OLD.id(), ALICE, BOB, CAROL, DAVE));
        RollbackCertificate good = chain.rollback(OLD.id(), ALICE, BOB, CAROL);
        RollbackCertificate of7 = TestChain.rollback(7, NEW.id(), OLD.id(), ALICE, BOB, CAROL);
        refused("is wrong", new RollbackCertificate(6, NEW.id(), OLD.id(), of7.signatures()));
        chain.generation = rules.generation(OLD);
        chain.execute(chain.input(good));
    }

    @Test
    void aNodeWithoutTheFallbacksRulesStops() {
        activate();
        PoSException e = assertThrows(
                PoSException.class, () -> chain.execute(chain.input(chain.rollback(OLD.id(), ALICE, BOB, CAROL))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains("rule set of height 6 is " + NEW.id()), e.getMessage());
    }

    @Test
    void withoutACertificateTheOldRulesJudgeNoMore() {
        activate();
        chain.generation = rules.generation(OLD);
        PoSException e = assertThrows(PoSException.class, chain::block);
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
    }

    @Test
    void nobodyIsHeldToOneOfTwoSetsAtTheHeightThatHadBoth() {
        // an honest proposer of height 6 named the new rules there before the certificate
        List<Optional<Hash>> seen = new ArrayList<>();
        rules.sees = (view, facts) -> {
            seen.clear();
            for (long height = 5; height <= view.height(); height++) {
                seen.add(view.ruleSetIdAt(height));
            }
            return Observation.NOTHING;
        };
        activate();
        chain.rollBack();
        assertEquals(List.of(Optional.of(OLD.id()), Optional.empty()), seen);
        chain.block();
        assertEquals(List.of(Optional.of(OLD.id()), Optional.empty(), Optional.of(OLD.id())), seen);
    }
}
