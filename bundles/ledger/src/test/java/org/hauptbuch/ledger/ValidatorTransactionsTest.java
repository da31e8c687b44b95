package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BALANCE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

/** Validators' life, and every way in which a transaction about them is refused. */
class ValidatorTransactionsTest {
    private final TestChain chain = new TestChain();

    @Test
    void aValidatorRegistersAndIsInTheNextEpochsSet() {
        chain.ok(DAVE, DAVE.registration(STAKE));
        Validator dave = chain.validator(DAVE);
        assertEquals(ValidatorStatus.ACTIVE, dave.status());
        assertEquals(STAKE, dave.tokens());
        assertEquals(chain.time, dave.commission().changedAtMillis());
        assertEquals(DAVE.address(), chain.view.validatorNamed("dave").orElseThrow());
        assertEquals(DAVE.address(), chain.view.ownerOf(DAVE.consensusKey()).orElseThrow());
        assertEquals(0, chain.view.validatorSet().power(DAVE.address()));
        chain.endEpoch();
        assertEquals(STAKE, chain.view.validatorSet().power(DAVE.address()));
    }

    @Test
    void aRegistrationIsRefused() {
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "must be an account that is no validator yet",
                ALICE,
                ALICE.registration(STAKE));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "id is 'alice', must be one that no other has",
                DAVE,
                DAVE.registration("alice", DAVE.consensusKey(), STAKE));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "id is 'Dave', must be 1 to 64 characters of a-z 0-9 _ . -",
                DAVE,
                DAVE.registration("Dave", DAVE.consensusKey(), STAKE));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "must be a key that no validator has or had",
                DAVE,
                DAVE.registration("dave", ALICE.consensusKey(), STAKE));
        chain.fails(
                PoSError.INSUFFICIENT_STAKE,
                "stake is 99999, must be at least 100000",
                DAVE,
                DAVE.registration(99_999));
        chain.fails(PoSError.STAKING_FAILED, "must be at most the balance", DAVE, DAVE.registration(BALANCE));
    }

    @Test
    void aRegistrationProvesThatItHoldsItsKey() {
        Payload.RegisterValidator erins = ERIN.registration("dave", ERIN.consensusKey(), STAKE);
        // a proof made for another account
        chain.fails(PoSError.SECURITY_VALIDATION_FAILED, "proof is", DAVE, erins);
    }

    @Test
    void aCommissionOverItsMaximumIsRefused() {
        Payload.RegisterValidator p = DAVE.registration(STAKE);
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "commission: 21%, must be at most the maximum 20%",
                DAVE,
                new Payload.RegisterValidator(
                        p.id(),
                        p.consensusKey(),
                        p.proof(),
                        Rate.parse("21%"),
                        p.maxCommission(),
                        p.maxDailyChange(),
                        STAKE));
    }

    @Test
    void aCommissionIsEditedWithinItsBounds() {
        chain.ok(ALICE, new Payload.EditValidator(Rate.parse("11%")));
        assertEquals(Rate.parse("11%"), chain.validator(ALICE).commission().rate());
        assertEquals(chain.time, chain.validator(ALICE).commission().changedAtMillis());
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "commission is 20.0001%, must be at most the maximum, 20%",
                ALICE,
                new Payload.EditValidator(new Rate(200_001)));
        chain.fails(PoSError.DELEGATION_FAILED, "away", ALICE, new Payload.EditValidator(Rate.parse("13%")));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "must be a registered validator",
                DAVE,
                new Payload.EditValidator(Rate.ZERO));
    }

    @Test
    void aNewKeyVotesFromTheNextEpochOnAndTheOldOneStaysItsOwners() {
        PublicKey fresh = Actor.key("fresh");
        chain.ok(ALICE, ALICE.rotation(fresh));
        assertEquals(
                ALICE.consensusKey(),
                chain.view.validatorSet().member(ALICE.address()).orElseThrow().key());
        chain.endEpoch();
        assertEquals(
                fresh,
                chain.view.validatorSet().member(ALICE.address()).orElseThrow().key());
        assertEquals(
                ALICE.consensusKey(),
                chain.view
                        .validatorSetAt(1)
                        .orElseThrow()
                        .member(ALICE.address())
                        .orElseThrow()
                        .key());
        assertEquals(ALICE.address(), chain.view.ownerOf(ALICE.consensusKey()).orElseThrow());
        chain.fails(PoSError.INVALID_VALIDATOR, "has or had", ALICE, ALICE.rotation(ALICE.consensusKey()));
    }

    @Test
    void aRotationIsRefused() {
        chain.fails(PoSError.INVALID_VALIDATOR, "registered validator", DAVE, DAVE.rotation(Actor.key("fresh")));
        chain.fails(PoSError.INVALID_VALIDATOR, "has or had", ALICE, ALICE.rotation(BOB.consensusKey()));
        Payload.RotateKey others = BOB.rotation(Actor.key("fresh"));
        chain.fails(PoSError.SECURITY_VALIDATION_FAILED, "proof is", ALICE, others);
    }

    @Test
    void aConsensusKeyIsOfTheChainsType() {
        for (KeyType type : KeyType.values()) {
            if (type == KeyType.ED25519) {
                continue;
            }
            PublicKey key = new PublicKey(type, Bytes.of(new byte[type.keyLength()]));
            String detail = "consensusKey.type is " + type + ", must be ED25519, by enableQuantumResistance";
            chain.fails(PoSError.INVALID_VALIDATOR, detail, DAVE, DAVE.registration("dave", key, STAKE));
            chain.fails(PoSError.INVALID_VALIDATOR, detail, ALICE, ALICE.rotation(key));
        }
    }

    @Test
    void whoIsNotJailedCannotUnjail() {
        chain.fails(
                PoSError.INVALID_VALIDATOR_STATUS,
                "status of validator alice is ACTIVE, must be SLASHED (jailed)",
                ALICE,
                new Payload.Unjail());
        chain.fails(PoSError.INVALID_VALIDATOR, "registered", DAVE, new Payload.Unjail());
    }
}
