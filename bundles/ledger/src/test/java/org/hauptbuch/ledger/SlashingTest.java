package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.CAROL;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Offence.Gravity;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** Offences, evidence, and what stake they cost. */
class SlashingTest {
    private final TestRules rules = new TestRules();
    private final TestChain chain = new TestChain(rules);

    private static Evidence attack(Actor offender, long height) {
        return TestRules.evidence(Gravity.ATTACK, offender, height);
    }

    private static Evidence fault(Actor offender, long height) {
        return TestRules.evidence(Gravity.FAULT, offender, height);
    }

    private void blockRefused(PoSError error, String detail, Evidence evidence) {
        PoSException e = chain.refused(List.of(evidence));
        assertTrue(e.getMessage().contains(detail), e.getMessage());
        PoSException checked = assertThrows(
                PoSException.class,
                () -> chain.ledger.checkEvidence(
                        chain.state, chain.generation, evidence, chain.view.height() + 1, chain.time + chain.step));
        assertEquals(error, checked.error(), checked.getMessage());
        chain.fails(error, detail, ERIN, new Payload.SubmitEvidence(evidence));
    }

    @Test
    void anAttackCostsFivePercentAndTheSeatForEver() {
        chain.block();
        long supply = chain.view.supply();
        SlashingEvent event = chain.ok(ERIN, new Payload.SubmitEvidence(attack(ALICE, 1)))
                .slashings()
                .get(0);
        Validator alice = chain.validator(ALICE);
        assertEquals(ValidatorStatus.BANNED, alice.status());
        assertEquals(950_000, alice.tokens());
        assertEquals(50_000, alice.metrics().slashed());
        assertEquals(45_000, event.burned());
        assertEquals(5_000, event.rewarded());
        assertTrue(event.banned());
        assertEquals(Optional.of(ERIN.address()), event.offence().reporter());
        assertEquals(Optional.of(attack(ALICE, 1).id()), event.offence().evidence());
        assertEquals(TestRules.CONDITION, event.offence().condition());
        assertEquals(supply - 45_000, chain.view.supply());
        assertEquals(TestChain.BALANCE - 1 + 5_000, chain.balance(ERIN));
        assertEquals(List.of(event), chain.view.slashings());
        assertEquals(STAKE, chain.view.validatorSet().power(ALICE.address()), "a set is fixed for its epoch");
        chain.endEpoch();
        assertFalse(chain.view.validatorSet().contains(ALICE.address()));
    }

    @Test
    void whoIsBannedNeverReturnsButMayLeave() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 1000));
        chain.block(attack(ALICE, 1));
        String status = "status of validator alice is BANNED";
        chain.fails(PoSError.INVALID_VALIDATOR_STATUS, status, ALICE, new Payload.Unjail());
        chain.fails(PoSError.INVALID_VALIDATOR_STATUS, status, ALICE, new Payload.Stake(1));
        chain.fails(PoSError.INVALID_VALIDATOR_STATUS, status, ALICE, ALICE.rotation(Actor.key("fresh")));
        chain.fails(PoSError.INVALID_VALIDATOR_STATUS, status, ALICE, new Payload.EditValidator(Rate.ZERO));
        chain.fails(PoSError.INVALID_VALIDATOR_STATUS, status, DAVE, new Payload.Delegate(ALICE.address(), 1));
        chain.ok(ERIN, new Payload.Delegate(BOB.address(), 1000));
        chain.fails(
                PoSError.INVALID_VALIDATOR_STATUS,
                status,
                ERIN,
                new Payload.Redelegate(BOB.address(), ALICE.address(), 1));
        chain.ok(ALICE, new Payload.Unstake(950_000));
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 950));
        assertEquals(0, chain.validator(ALICE).tokens());
        chain.endEpoch();
        assertEquals(ValidatorStatus.BANNED, chain.validator(ALICE).status());
        blockRefused(PoSError.PENALTY_APPLICATION_FAILED, status, attack(ALICE, 2));
    }

    @Test
    void aFaultJailsAndWhoIsJailedMayReturn() {
        chain.block();
        SlashingEvent event = chain.block(fault(ALICE, 1)).slashings().get(0);
        assertEquals(2, event.jailedUntilEpoch());
        assertEquals(ValidatorStatus.SLASHED, chain.validator(ALICE).status());
        chain.fails(
                PoSError.INVALID_VALIDATOR_STATUS,
                "epoch is 0, must be at least 2, when validator alice may unjail",
                ALICE,
                new Payload.Unjail());
        chain.endEpoch();
        assertFalse(chain.view.validatorSet().contains(ALICE.address()));
        chain.endEpoch();
        chain.ok(ALICE, new Payload.Unjail());
        assertEquals(ValidatorStatus.ACTIVE, chain.validator(ALICE).status());
        assertEquals(0, chain.validator(ALICE).jailedUntilEpoch());
        chain.endEpoch();
        assertEquals(950_000, chain.view.validatorSet().power(ALICE.address()));
    }

    @Test
    void whoHasTooLittleLeftStaysInJailUntilItStakes() {
        rules.fault = new Penalty(Rate.parse("95%"), false, 1, Rate.ZERO);
        chain.block();
        chain.block(fault(ALICE, 1));
        chain.endEpoch();
        chain.fails(PoSError.INSUFFICIENT_STAKE, "stake is 50000", ALICE, new Payload.Unjail());
        chain.ok(ALICE, new Payload.Stake(50_000));
        chain.ok(ALICE, new Payload.Unjail());
    }

    @Test
    void aSecondJailTermDoesNotShortenTheFirst() {
        rules.fault = new Penalty(Rate.parse("1%"), false, 9, Rate.ZERO);
        chain.block(fault(ALICE, 1));
        rules.fault = new Penalty(Rate.parse("1%"), false, 1, Rate.ZERO);
        SlashingEvent event = chain.block(fault(ALICE, 2)).slashings().get(0);
        assertEquals(9, event.jailedUntilEpoch());
        assertEquals(9, chain.validator(ALICE).jailedUntilEpoch());
    }

    @Test
    void aPenaltyWithoutJailLeavesTheStatusToTheStake() {
        rules.fault = new Penalty(Rate.parse("1%"), false, 0, Rate.ZERO);
        assertEquals(0, chain.block(fault(ALICE, 1)).slashings().get(0).jailedUntilEpoch());
        assertEquals(ValidatorStatus.ACTIVE, chain.validator(ALICE).status());
        rules.fault = new Penalty(Rate.parse("95%"), false, 0, Rate.ZERO);
        chain.block(fault(ALICE, 2));
        assertEquals(ValidatorStatus.INACTIVE, chain.validator(ALICE).status());
    }

    @Test
    void theProposerIsTheReporterOfABlocksEvidenceAndNobodyIsPaidForItself() {
        chain.proposer = BOB.address();
        long before = chain.balance(BOB);
        chain.block(attack(ALICE, 1));
        assertEquals(before + 5_000, chain.balance(BOB));
        chain.block(attack(BOB, 1));
        assertEquals(before + 5_000, chain.balance(BOB));
        assertEquals(50_000, chain.view.slashings().get(1).burned());
    }

    @Test
    void stakeThatLeftSinceTheOffenceIsCharged() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 100_000));
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 20_000));
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 40_000));
        // the first 20,000 left at height 2, before the offence; the 40,000 at the height of the offence
        SlashingEvent event = chain.block(attack(ALICE, 3)).slashings().get(0);
        assertEquals(20_000, chain.view.unbondingsOf(DAVE.address()).get(0).amount());
        assertEquals(38_000, chain.view.unbondingsOf(DAVE.address()).get(1).amount());
        assertEquals(40_000, chain.view.unbondingsOf(DAVE.address()).get(1).initialAmount());
        assertEquals(38_000, chain.stake(DAVE, ALICE));
        assertEquals((STAKE + 40_000) / 20 + 2_000, event.burned() + event.rewarded());
    }

    @Test
    void aChargeOnWhatUnbondsIsOfWhatItWasAndCappedByWhatIsLeft() {
        rules.fault = new Penalty(Rate.parse("60%"), false, 0, Rate.ZERO);
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 10_000));
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 10_000));
        chain.block(fault(ALICE, 1));
        assertEquals(4_000, chain.view.unbondingsOf(DAVE.address()).get(0).amount());
        chain.block(fault(ALICE, 2));
        assertEquals(0, chain.view.unbondingsOf(DAVE.address()).get(0).amount());
        chain.endEpoch();
    }

    @Test
    void stakeThatMovedSinceTheOffenceIsCharged() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 100_000));
        chain.ok(ERIN, new Payload.Delegate(BOB.address(), 100_000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 100_000));
        SlashingEvent event = chain.block(attack(ALICE, 2)).slashings().get(0);
        assertEquals(95_000, chain.stake(DAVE, BOB));
        assertEquals(100_000, chain.stake(ERIN, BOB), "who did not move pays nothing");
        assertEquals(STAKE / 20 + 5_000, event.burned() + event.rewarded());
        assertEquals(95_000, chain.view.redelegationsOf(DAVE.address()).get(0).shares());
    }

    @Test
    void stakeThatMovedBeforeTheOffenceIsNotCharged() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 100_000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 100_000));
        chain.block();
        chain.block(attack(ALICE, 3));
        assertEquals(100_000, chain.stake(DAVE, BOB));
    }

    @Test
    void movingAndThenUnbondingIsNoWayOut() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 100_000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 100_000));
        chain.ok(DAVE, new Payload.Undelegate(BOB.address(), 97_000));
        chain.block(attack(ALICE, 2));
        assertEquals(92_000, chain.view.unbondingsOf(DAVE.address()).get(0).amount());
        assertEquals(3_000, chain.stake(DAVE, BOB));
    }

    @Test
    void whatAMoveLostIsNotChargedTwice() {
        rules.fault = new Penalty(Rate.ONE, false, 0, Rate.ZERO);
        chain.ok(DAVE, new Payload.Delegate(BOB.address(), 500));
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 1_000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 1_000));
        chain.block(fault(ALICE, 1));
        assertEquals(500, chain.stake(DAVE, BOB));
        chain.block(fault(ALICE, 2));
        assertEquals(500, chain.stake(DAVE, BOB));
    }

    @Test
    void evidenceIsHeardOnce() {
        chain.block(fault(ALICE, 1));
        blockRefused(PoSError.SLASHING_FAILED, "was punished already", fault(ALICE, 1));
        Evidence same = new Evidence(TestRules.EVIDENCE, ALICE.address(), 1, Bytes.of(new byte[] {0}));
        // other evidence of the same offence
        blockRefused(PoSError.SLASHING_FAILED, "slashing.test of validator alice at height 1", same);
        PoSException e = chain.refused(List.of(fault(BOB, 1), fault(BOB, 1)));
        assertTrue(e.getMessage().contains("evidence 1: "), e.getMessage());
    }

    @Test
    void evidenceIsRefused() {
        Bytes proof = Bytes.of(new byte[] {2});
        blockRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                "evidence type is 'unknown', must be one that a slashing condition of the rule set judges",
                new Evidence("unknown", ALICE.address(), 1, proof));
        blockRefused(
                PoSError.INVALID_VALIDATOR,
                "must be a known validator",
                new Evidence(TestRules.EVIDENCE, DAVE.address(), 1, proof));
        blockRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                "the payload proves nothing",
                new Evidence(TestRules.EVIDENCE, ALICE.address(), 1, Bytes.EMPTY));
        blockRefused(
                PoSError.SLASHING_DETECTION_FAILED,
                "evidence height is 999, must be 1 to ",
                new Evidence(TestRules.EVIDENCE, ALICE.address(), 999, proof));
    }

    @Test
    void evidenceIsTooOldWhenItIsOverBothAges() {
        for (int i = 0; i < 21; i++) {
            chain.block();
        }
        // the next block is 22: 21 blocks and 21 s after block 1, over 20 of each
        blockRefusedOnce("evidence age is 21 blocks and 21000 ms, must be at most 20 blocks or 20000 ms");
        chain.block(fault(BOB, 2));
    }

    private void blockRefusedOnce(String detail) {
        PoSException e = chain.refused(List.of(fault(ALICE, 1)));
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    @Test
    void oldByBlocksAloneIsNotTooOld() {
        chain.step = 10;
        for (int i = 0; i < 40; i++) {
            chain.block();
        }
        chain.block(fault(ALICE, 1));
    }

    @Test
    void oldByTimeAloneIsNotTooOld() {
        chain.block();
        chain.step = 1_000_000;
        chain.block(fault(ALICE, 1));
    }

    @Test
    void whatIsTooOldIsForgotten() {
        chain.block(fault(ALICE, 1));
        for (int i = 0; i < 40; i++) {
            chain.block();
        }
        assertTrue(chain.view.validatorSetAt(1).isEmpty());
        assertTrue(chain.view.ruleSetIdAt(1).isEmpty());
        assertTrue(chain.view.validatorSetAt(chain.view.height() - 20).isPresent());
        PoSException e = chain.refused(List.of(fault(ALICE, 1)));
        assertTrue(e.getMessage().contains("evidence height is 1, must be 21 to 42"), e.getMessage());
        assertEquals(List.of(), chain.view.slashings());
    }

    @Test
    void theCourtSeesTheSetAndTheKeyOfTheOffence() {
        rules.judges = (view, evidence) -> {
            assertEquals(
                    ALICE.consensusKey(),
                    view.validatorSetAt(1)
                            .orElseThrow()
                            .member(ALICE.address())
                            .orElseThrow()
                            .key());
            assertEquals(TestRules.set().id(), view.ruleSetIdAt(1).orElseThrow());
            return new Offence("x", "rotated", ALICE.address(), 1, Gravity.ATTACK, Optional.empty(), Optional.empty());
        };
        chain.ok(ALICE, ALICE.rotation(Actor.key("fresh")));
        chain.endEpoch();
        assertEquals(
                "rotated",
                chain.block(attack(ALICE, 1)).slashings().get(0).offence().reason());
        assertEquals(ValidatorStatus.BANNED, chain.validator(ALICE).status());
    }

    // ---- observation

    private static Offence negligence(Address offender) {
        return new Offence("?", "away", offender, 1, Gravity.NEGLIGENCE, Optional.empty(), Optional.empty());
    }

    @Test
    void whatABlockShowsIsPunishedAndRemembered() {
        Bytes key = Bytes.of(new byte[] {7});
        rules.sees = (view, facts) -> {
            assertEquals(view.height(), facts.header().height());
            assertEquals(view.height() == 1, facts.lastValidators().isEmpty());
            int seen = view.memory(key).map(v -> (int) v.at(0)).orElse(0) + 1;
            return new Observation(
                    seen == 3 ? List.of(negligence(CAROL.address())) : List.of(),
                    List.of(new Observation.Remembered(
                            key, seen == 3 ? Optional.empty() : Optional.of(Bytes.of(new byte[] {(byte) seen})))));
        };
        assertEquals(List.of(), chain.block().slashings());
        assertEquals(List.of(), chain.block().slashings());
        SlashingEvent event = chain.block().slashings().get(0);
        assertEquals(TestRules.CONDITION, event.offence().condition());
        assertEquals(Optional.empty(), event.offence().reporter());
        assertEquals(50_000, event.burned());
        assertEquals(ValidatorStatus.SLASHED, chain.validator(CAROL).status());
        // it is in jail already: that its votes are missing costs nothing more
        chain.block();
        chain.block();
        assertEquals(List.of(), chain.block().slashings());
    }

    @Test
    void ofABannedOneNothingMoreIsTaken() {
        chain.block(attack(CAROL, 1));
        rules.sees = (view, facts) -> new Observation(List.of(negligence(CAROL.address())), List.of());
        assertEquals(List.of(), chain.block().slashings());
    }

    @Test
    void attendanceIsCounted() {
        chain.voters = Optional.of(Set.of(ALICE.address(), BOB.address()));
        chain.proposer = BOB.address();
        chain.endEpoch();
        chain.block();
        assertEquals(6, chain.validator(BOB).metrics().blocksProposed());
        assertEquals(5, chain.validator(ALICE).metrics().blocksSigned());
        assertEquals(0, chain.validator(ALICE).metrics().blocksMissed());
        assertEquals(5, chain.validator(CAROL).metrics().blocksMissed());
    }
}
