package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.CAROL;
import static org.hauptbuch.ledger.TestChain.CHAIN_ID;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.hauptbuch.ledger.TestChain.attestation;
import static org.hauptbuch.ledger.TestChain.proposal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.state.Keys;
import org.junit.jupiter.api.Test;

/** Validators' words that they are ready: what is counted, and every refusal. */
class AttestationsTest {
    private static final RuleSet OTHER = TestRules.set()
            .apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(RuleKind.PENALTY, "penalty.other")));
    private static final Hash NOWHERE = Hash.sha256(new byte[] {9});

    private final TestChain chain = new TestChain();

    private PlanRecord waiting() {
        return chain.view.plan().orElseThrow();
    }

    private void refusedAttestation(PoSError error, String detail, Attestation attestation) {
        PlanRecord before = waiting();
        chain.fails(error, detail, ERIN, new Payload.AttestRules(attestation));
        assertEquals(before, waiting());
    }

    @Test
    void anAttestationIsForThisPlanThisRuleSetAndThisSelfTest() {
        RulePlan plan = chain.plan(OTHER, 3, 4);
        Hash id = plan.id();
        PoSException e = assertThrows(
                PoSException.class,
                () -> chain.ledger.checkTransaction(
                        chain.state,
                        chain.generation,
                        chain.tx(ERIN, new Payload.AttestRules(attestation(plan, BOB))),
                        1,
                        TestChain.START + 1));
        assertTrue(e.getMessage().contains("and none does"), e.getMessage());
        chain.ok(ALICE, proposal(plan));
        PoSError failed = PoSError.CONSENSUS_STATE_UPDATE_FAILED;
        refusedAttestation(failed, "plan is " + NOWHERE + ", must be " + id, signed(NOWHERE, OTHER.id()));
        refusedAttestation(failed, "attestation.ruleSet is " + NOWHERE, signed(id, NOWHERE));
        refusedAttestation(
                failed,
                "attestation.selfTest is " + NOWHERE + ", must be " + TestChain.SELF_TEST,
                Attestation.of(
                        CHAIN_ID, id, OTHER.id(), NOWHERE, BOB.address(), FakeScheme.signer(BOB.consensusKey())));
    }

    private static Attestation signed(Hash plan, Hash ruleSet) {
        return Attestation.of(
                CHAIN_ID, plan, ruleSet, TestChain.SELF_TEST, BOB.address(), FakeScheme.signer(BOB.consensusKey()));
    }

    @Test
    void anAttestationIsOfAValidatorThatVotesAndIsCountedOnce() {
        RulePlan plan = chain.plan(OTHER, 3, 4);
        chain.ok(ALICE, proposal(plan, BOB));
        refusedAttestation(PoSError.INVALID_VALIDATOR, "a validator that votes", attestation(plan, DAVE));
        refusedAttestation(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "one that has not attested this plan yet",
                attestation(plan, BOB));
        assertEquals(STAKE, waiting().readyPower());
    }

    @Test
    void anAttestationIsSignedByTheConsensusKeyForThisChain() {
        RulePlan plan = chain.plan(OTHER, 3, 4);
        chain.ok(ALICE, proposal(plan));
        Attestation good = attestation(plan, BOB);
        List<Bytes> wrong = List.of(
                Bytes.EMPTY,
                attestation(plan, CAROL).signature(),
                FakeScheme.sign(BOB.key(), good.signBytes(CHAIN_ID)),
                FakeScheme.sign(BOB.consensusKey(), good.signBytes("other")));
        for (Bytes signature : wrong) {
            refusedAttestation(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "the signature of the consensus key of " + BOB.address(),
                    new Attestation(plan.id(), OTHER.id(), TestChain.SELF_TEST, BOB.address(), signature));
        }
        chain.ok(ERIN, new Payload.AttestRules(good));
    }

    @Test
    void anAttestationAfterTheGateIsTooLate() {
        RulePlan plan = chain.plan(OTHER, 0, 2);
        chain.ok(DAVE, DAVE.registration(100_000));
        chain.ok(ALICE, proposal(plan, ALICE, BOB, CAROL));
        chain.endEpoch();
        refusedAttestation(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED, "it passed the gate at height 5", attestation(plan, DAVE));
    }

    @Test
    void aRecordNeverNamesMoreValidatorsThanCanBeReadBack() {
        RulePlan plan = chain.plan(OTHER, 3, 4);
        chain.ok(ALICE, proposal(plan, ALICE));
        List<Address> gone = IntStream.range(0, ValidatorSet.MAX_MEMBERS - 1)
                .mapToObj(i -> Actor.named("gone" + i).address())
                .toList();
        PlanRecord full = waiting()
                .with(
                        Stream.concat(gone.stream(), Stream.of(ALICE.address()))
                                .sorted()
                                .toList(),
                        STAKE,
                        3 * STAKE);
        chain.state.values.put(Keys.PLAN.bytes(), Keys.PLAN.codec().encode(full));
        chain.ok(ERIN, new Payload.AttestRules(attestation(plan, BOB)));
        assertEquals(
                Stream.of(ALICE, BOB).map(Actor::address).sorted().toList(),
                waiting().attested());
        assertEquals(2 * STAKE, waiting().readyPower());
    }

    @Test
    void oneWrongAttestationRefusesTheWholeProposal() {
        RulePlan plan = chain.plan(OTHER);
        chain.fails(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "has not attested this plan yet",
                ALICE,
                proposal(plan, ALICE, BOB, BOB));
        chain.fails(PoSError.INVALID_VALIDATOR, "a validator that votes", ALICE, proposal(plan, ALICE, DAVE));
        assertTrue(chain.view.plan().isEmpty());
    }
}
