package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BALANCE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis.GenesisValidator;
import org.junit.jupiter.api.Test;

class GenesisTest {
    private final Genesis good = TestChain.genesis(TestChain.parameters());

    private Genesis with(
            String chainId, long time, SortedMap<Address, Long> balances, List<GenesisValidator> validators) {
        return new Genesis(chainId, time, good.parameters(), balances, validators, good.rules(), good.seed());
    }

    private void refused(PoSError error, String detail, Runnable make) {
        PoSException e = assertThrows(PoSException.class, make::run);
        assertEquals(error, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    private void validatorRefused(PoSError error, String detail, GenesisValidator validator) {
        List<GenesisValidator> validators = new ArrayList<>(good.validators());
        validators.add(validator);
        refused(error, detail, () -> with("test", 0, good.balances(), validators));
    }

    private static GenesisValidator dave(String id, Actor address, Actor key, long stake) {
        return new GenesisValidator(address.address(), id, key.consensusKey(), stake, TestChain.commission());
    }

    @Test
    void theStateAtHeightZeroIsWhatItSays() {
        TestChain chain = new TestChain();
        assertEquals(0, chain.view.height());
        assertEquals(0, chain.view.epoch());
        assertEquals(TestChain.START, chain.view.timeMillis());
        assertEquals("test", chain.view.chainId());
        assertEquals(good.hash(), chain.view.genesisHash());
        assertEquals(good.parameters(), chain.view.parameters());
        assertEquals(good.rules(), chain.view.ruleSet());
        assertEquals(3 * STAKE + 5 * BALANCE, chain.view.supply());
        assertEquals(good.supply(), chain.view.supply());
        assertEquals(3, chain.view.validators().size());
        assertEquals(ValidatorStatus.ACTIVE, chain.validator(BOB).status());
        assertEquals(3 * STAKE, chain.view.validatorSet().totalPower());
        assertEquals(STAKE, chain.stake(BOB, BOB));
        assertEquals(new Account(BALANCE, 0), chain.view.account(DAVE.address()));
        assertEquals(Account.NEW, chain.view.account(Actor.named("nobody").address()));
    }

    @Test
    void everyFieldIsInItsHash() {
        List<Genesis> others = List.of(
                with("other", good.timeMillis(), good.balances(), good.validators()),
                with("test", 1, good.balances(), good.validators()),
                with("test", good.timeMillis(), new TreeMap<>(), good.validators()),
                with(
                        "test",
                        good.timeMillis(),
                        good.balances(),
                        good.validators().subList(0, 2)),
                new Genesis(
                        "test",
                        good.timeMillis(),
                        good.parameters(),
                        good.balances(),
                        good.validators(),
                        good.rules(),
                        Hash.ZERO));
        others.forEach(other -> assertNotEquals(good.hash(), other.hash()));
        assertEquals(good.hash(), TestChain.genesis(TestChain.parameters()).hash());
    }

    @Test
    void fieldsOutOfRangeAreRefused() {
        refused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "genesis chainId is ''",
                () -> with("", 0, good.balances(), good.validators()));
        refused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "must be 1 to 64 bytes",
                () -> with("x".repeat(65), 0, good.balances(), good.validators()));
        refused(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                "timeMillis is -1, must be 0 or more",
                () -> with("test", -1, good.balances(), good.validators()));
        refused(
                PoSError.VALIDATOR_SELECTION_FAILED,
                "validators is empty",
                () -> with("test", 0, good.balances(), List.of()));
    }

    @Test
    void validatorsAreUniqueAndHaveTheLeastStake() {
        validatorRefused(PoSError.INVALID_VALIDATOR, "validator.id is 'alice' twice", dave("alice", DAVE, DAVE, STAKE));
        validatorRefused(PoSError.INVALID_VALIDATOR, "validator.id is 'Dave'", dave("Dave", DAVE, DAVE, STAKE));
        validatorRefused(PoSError.INVALID_VALIDATOR, "validator.address is", dave("dave", ALICE, DAVE, STAKE));
        validatorRefused(PoSError.INVALID_VALIDATOR, "validator.consensusKey is", dave("dave", DAVE, ALICE, STAKE));
        validatorRefused(
                PoSError.INSUFFICIENT_STAKE,
                "validator dave stake is 99999, must be 100000 to",
                dave("dave", DAVE, DAVE, 99_999));
    }

    @Test
    void theSupplyIsBounded() {
        validatorRefused(
                PoSError.INVALID_STAKE,
                "validator dave stake is 9223372036854775807, must be at most",
                dave("dave", DAVE, DAVE, Long.MAX_VALUE));
        for (long balance : new long[] {-1, Long.MAX_VALUE}) {
            TreeMap<Address, Long> balances = new TreeMap<>(good.balances());
            balances.put(balances.lastKey(), balance);
            refused(
                    PoSError.INVALID_STAKE,
                    "balance of " + balances.lastKey(),
                    () -> with("test", 0, balances, good.validators()));
        }
        TreeMap<Address, Long> all = new TreeMap<>();
        all.put(DAVE.address(), Long.MAX_VALUE - 3 * STAKE);
        assertEquals(Long.MAX_VALUE, with("test", 0, all, good.validators()).supply());
    }

    @Test
    void aChainThatNobodyCouldValidateDoesNotBegin() {
        TestRules rules = new TestRules();
        rules.staking = new TestRules.Staking() {
            @Override
            public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
                return ValidatorStatus.INACTIVE;
            }
        };
        refused(PoSError.VALIDATOR_SELECTION_FAILED, "genesis validator set is empty", () -> new TestChain(rules));
    }

    @Test
    void otherRulesThanItsOwnAreRefused() {
        RuleSet other = good.rules()
                .apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(RuleKind.PENALTY, "penalty.other")));
        refused(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule set is", () -> new Ledger(new FakeScheme())
                .genesis(good, new TestRules().generation(other)));
    }
}
