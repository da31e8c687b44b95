package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BALANCE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** Transfers, stake and delegation, and every way in which they are refused. */
class TransactionsTest {
    private final TestChain chain = new TestChain();

    private static Payload pay(Actor to, long amount) {
        return new Payload.Transfer(to.address(), amount);
    }

    // ---- the envelope

    private void refusedAs(String detail, Transaction tx) {
        PoSException block = chain.refused(List.of(), tx);
        assertTrue(block.getMessage().contains("transaction 0: Invalid transaction: " + detail), block.getMessage());
        PoSException pool = assertThrows(
                PoSException.class,
                () -> chain.ledger.checkTransaction(
                        chain.state, chain.generation, tx, chain.view.height() + 1, chain.time + 1));
        assertEquals(PoSError.INVALID_TRANSACTION, pool.error());
        assertTrue(pool.getMessage().contains(detail), pool.getMessage());
    }

    private static Transaction with(String chainId, long nonce, long fee, long gasLimit, long expiry) {
        return new Transaction(chainId, DAVE.key(), nonce, fee, gasLimit, expiry, pay(ERIN, 1), Bytes.EMPTY);
    }

    @Test
    void theEnvelopeIsRefusedAtItsBoundsAndTakenWithinThem() {
        refusedAs("chainId is 'other', must be 'test'", with("other", 0, 1, 500_000, 1));
        refusedAs("expiryHeight is 0, must be at least the block's height, 1", with("test", 0, 1, 500_000, 0));
        refusedAs("gasLimit is 499999, must be at least the gas that it uses, 500000", with("test", 0, 1, 499_999, 1));
        refusedAs("fee is 0, must be at least 1", with("test", 0, 0, 500_000, 1));
        refusedAs(
                "fee is 10000001, must be at most the sender's balance, 10000000",
                with("test", 0, BALANCE + 1, 500_000, 1));
        assertTrue(chain.block(with("test", 0, 1, 500_000, 1)).receipts().get(0).succeeded());
        refusedAs("nonce is 0, must be ", with("test", 0, 1, 500_000, 9));
    }

    @Test
    void aBlockWantsTheNextNonceAndAPoolAlsoLaterOnes() {
        Transaction later = TestChain.tx(DAVE, 1, pay(ERIN, 1));
        assertTrue(chain.refused(List.of(), later).getMessage().contains("nonce is 1, must be 0"));
        chain.ledger.checkTransaction(chain.state, chain.generation, later, 1, chain.time + 1);
        chain.block(TestChain.tx(DAVE, 0, pay(ERIN, 1)), later);
        assertEquals(2, chain.view.account(DAVE.address()).nonce());
    }

    @Test
    void ofALaterTransactionThePoolLooksAtTheEnvelopeOnly() {
        Transaction later = TestChain.tx(DAVE, 1, new Payload.Stake(1));
        chain.ledger.checkTransaction(chain.state, chain.generation, later, 1, chain.time + 1);
    }

    @Test
    void aBlockHasAGasLimit() {
        Transaction[] many = new Transaction[2000];
        for (int i = 0; i < many.length; i++) {
            many[i] = TestChain.tx(DAVE, i, pay(ERIN, 1));
        }
        // 1,000,000,000 - 1,000,000 for the block itself leaves room for 1998
        PoSException e = chain.refused(List.of(), many);
        assertTrue(e.getMessage().contains("gas is 1000000000 and 500000 more, must be at most 1000000000"));
        Transaction[] fitting = Arrays.copyOf(many, 1998);
        assertEquals(1_000_000_000, chain.block(fitting).gasUsed());
    }

    @Test
    void gasIsThatOfTheSchedule() {
        assertEquals(1_000_000, chain.block().gasUsed());
        assertEquals(1_500_000, chain.ok(DAVE, pay(ERIN, 1)).gasUsed());
        assertEquals(
                750_000,
                chain.ok(DAVE, DAVE.registration(STAKE)).receipts().get(0).gasUsed());
    }

    @Test
    void theHeightIsTheNextOne() {
        chain.block();
        BlockInput input = chain.input(List.of(), List.of());
        chain.block();
        PoSException e =
                assertThrows(PoSException.class, () -> chain.ledger.execute(chain.state, chain.generation, input));
        assertEquals(PoSError.INVALID_BLOCK, e.error());
        assertTrue(e.getMessage().contains("height is 2, must be 3"), e.getMessage());
    }

    // ---- transfer

    @Test
    void aTransferMovesUnitsAndTheFeeGoesToThePot() {
        chain.ok(DAVE, pay(ERIN, 500));
        assertEquals(BALANCE - 501, chain.balance(DAVE));
        assertEquals(BALANCE + 500, chain.balance(ERIN));
        assertEquals(1, chain.view.feePot());
    }

    @Test
    void aTransferToOneselfCostsTheFee() {
        chain.ok(DAVE, pay(DAVE, 500));
        assertEquals(BALANCE - 1, chain.balance(DAVE));
    }

    @Test
    void allThatIsLeftAfterTheFeeCanBeSentAndNotAUnitMore() {
        String detail = "amount is 10000000, must be at most the balance of " + DAVE.address() + ", 9999999";
        chain.fails(PoSError.TRANSACTION_VALIDATION_FAILED, detail, DAVE, pay(ERIN, BALANCE));
        chain.ok(DAVE, pay(ERIN, BALANCE - 2));
        assertEquals(0, chain.balance(DAVE));
    }

    @Test
    void amountsAreOneOrMore() {
        for (long amount : new long[] {0, -1, Long.MIN_VALUE}) {
            String detail = "amount is " + amount + ", must be 1 or more";
            chain.fails(PoSError.TRANSACTION_VALIDATION_FAILED, detail, DAVE, pay(ERIN, amount));
            chain.fails(PoSError.STAKING_FAILED, detail, ALICE, new Payload.Stake(amount));
            chain.fails(PoSError.DELEGATION_FAILED, detail, DAVE, new Payload.Delegate(ALICE.address(), amount));
            chain.fails(PoSError.INSUFFICIENT_STAKE, "amount is " + amount, ALICE, new Payload.Unstake(amount));
            chain.fails(
                    PoSError.INSUFFICIENT_STAKE,
                    "amount is " + amount,
                    DAVE,
                    new Payload.Undelegate(ALICE.address(), amount));
        }
    }

    // ---- own stake

    @Test
    void ownStakeComesAndGoesAndDecidesTheStatus() {
        chain.ok(ALICE, new Payload.Stake(500));
        assertEquals(STAKE + 500, chain.stake(ALICE, ALICE));
        chain.ok(ALICE, new Payload.Unstake(STAKE));
        assertEquals(ValidatorStatus.INACTIVE, chain.validator(ALICE).status());
        assertEquals(500, chain.stake(ALICE, ALICE));
        Unbonding entry = chain.view.unbondingsOf(ALICE.address()).get(0);
        assertEquals(STAKE, entry.amount());
        assertEquals(2, entry.startedAtHeight());
        assertEquals(2, entry.maturityEpoch());
        chain.ok(ALICE, new Payload.Stake(STAKE));
        assertEquals(ValidatorStatus.ACTIVE, chain.validator(ALICE).status());
    }

    @Test
    void ownStakeIsRefused() {
        chain.fails(PoSError.INVALID_VALIDATOR, "registered validator", DAVE, new Payload.Stake(1));
        chain.fails(PoSError.STAKING_FAILED, "at most the balance", ALICE, new Payload.Stake(BALANCE));
        chain.fails(PoSError.INVALID_VALIDATOR, "registered validator", DAVE, new Payload.Unstake(1));
        chain.fails(PoSError.INSUFFICIENT_STAKE, "amount is 1000001", ALICE, new Payload.Unstake(STAKE + 1));
    }

    @Test
    void whatUnbondsIsPaidAtTheEndOfItsEpoch() {
        chain.ok(ALICE, new Payload.Unstake(1000));
        long before = chain.balance(ALICE);
        chain.endEpoch();
        chain.endEpoch();
        assertEquals(before, chain.balance(ALICE));
        chain.endEpoch();
        assertEquals(before + 1000, chain.balance(ALICE));
        assertEquals(List.of(), chain.view.unbondingsOf(ALICE.address()));
        assertEquals(List.of(), chain.view.unbondingsFrom(ALICE.address()));
    }

    // ---- delegation

    @Test
    void stakeIsDelegatedAndUndelegated() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 5000));
        assertEquals(5000, chain.stake(DAVE, ALICE));
        assertEquals(STAKE + 5000, chain.validator(ALICE).tokens());
        assertEquals(1, chain.view.delegationsOf(DAVE.address()).size());
        assertEquals(2, chain.view.delegationsTo(ALICE.address()).size());
        chain.ok(DAVE, new Payload.Undelegate(ALICE.address(), 5000));
        assertEquals(List.of(), chain.view.delegationsOf(DAVE.address()));
        assertEquals(1, chain.view.delegationsTo(ALICE.address()).size());
        assertEquals(5000, chain.view.unbondingsOf(DAVE.address()).get(0).amount());
    }

    @Test
    void aDelegationIsRefused() {
        chain.fails(PoSError.INVALID_VALIDATOR, "registered", DAVE, new Payload.Delegate(ERIN.address(), 1));
        chain.fails(PoSError.DELEGATION_FAILED, "own stake comes", ALICE, new Payload.Delegate(ALICE.address(), 1));
        chain.fails(PoSError.DELEGATION_FAILED, "at most", DAVE, new Payload.Delegate(ALICE.address(), BALANCE));
        chain.fails(PoSError.INVALID_VALIDATOR, "registered", DAVE, new Payload.Undelegate(ERIN.address(), 1));
        chain.fails(PoSError.DELEGATION_FAILED, "own stake comes", ALICE, new Payload.Undelegate(ALICE.address(), 1));
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 10));
        chain.fails(
                PoSError.INSUFFICIENT_STAKE,
                "amount is 11, must be 1 to the stake of",
                DAVE,
                new Payload.Undelegate(ALICE.address(), 11));
    }

    @Test
    void stakeMovesAtOnceAndCannotHopTwice() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 5000));
        chain.ok(DAVE, new Payload.Redelegate(ALICE.address(), BOB.address(), 2000));
        assertEquals(3000, chain.stake(DAVE, ALICE));
        assertEquals(2000, chain.stake(DAVE, BOB));
        assertEquals(2000, chain.view.redelegationsOf(DAVE.address()).get(0).initialAmount());
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "second hop",
                DAVE,
                new Payload.Redelegate(BOB.address(), ALICE.address(), 1));
        chain.endEpoch();
        chain.endEpoch();
        chain.endEpoch();
        assertEquals(List.of(), chain.view.redelegationsOf(DAVE.address()));
        chain.ok(DAVE, new Payload.Redelegate(BOB.address(), ALICE.address(), 1));
    }

    @Test
    void aMoveIsRefused() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 10));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "registered",
                DAVE,
                new Payload.Redelegate(ALICE.address(), ERIN.address(), 1));
        chain.fails(
                PoSError.INVALID_VALIDATOR,
                "registered",
                DAVE,
                new Payload.Redelegate(ERIN.address(), ALICE.address(), 1));
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "another validator than from",
                DAVE,
                new Payload.Redelegate(ALICE.address(), ALICE.address(), 1));
        chain.fails(
                PoSError.INSUFFICIENT_STAKE,
                "amount is 11",
                DAVE,
                new Payload.Redelegate(ALICE.address(), BOB.address(), 11));
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "own stake comes",
                ALICE,
                new Payload.Redelegate(ALICE.address(), BOB.address(), 1));
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "own stake comes",
                BOB,
                new Payload.Redelegate(ALICE.address(), BOB.address(), 1));
    }

    // ---- rewards

    @Test
    void rewardsAreWithdrawnAndCommissionByTheOperator() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), STAKE));
        chain.endEpoch();
        // 5 blocks of 10 and a fee of 1: a third of it, weighed by power, is alice's, and 10 % of that her commission;
        // the rest is the pool's, half and half, and the last unit is lost to rounding, against who claims
        assertEquals(1, chain.view.commissionOwed(ALICE.address()));
        assertEquals(7, chain.owed(DAVE, ALICE));
        long dave = chain.balance(DAVE);
        long alice = chain.balance(ALICE);
        chain.ok(DAVE, new Payload.WithdrawRewards(ALICE.address()));
        chain.ok(ALICE, new Payload.WithdrawRewards(ALICE.address()));
        assertEquals(dave + 7 - 1, chain.balance(DAVE));
        assertEquals(alice + 7 + 1 - 1, chain.balance(ALICE));
        assertEquals(0, chain.owed(DAVE, ALICE));
        assertEquals(0, chain.view.commissionOwed(ALICE.address()));
        chain.ok(DAVE, new Payload.WithdrawRewards(ALICE.address()));
        assertEquals(dave + 7 - 2, chain.balance(DAVE));
    }

    @Test
    void rewardsArePaidBeforeSharesChange() {
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), STAKE));
        chain.endEpoch();
        long owed = chain.owed(DAVE, ALICE);
        long before = chain.balance(DAVE);
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 100));
        assertEquals(before + owed - 101, chain.balance(DAVE));
        assertEquals(0, chain.owed(DAVE, ALICE));
    }

    @Test
    void whoHasNoStakeHasNoRewards() {
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "is 0, must be 1 or more",
                DAVE,
                new Payload.WithdrawRewards(ALICE.address()));
        chain.fails(PoSError.INVALID_VALIDATOR, "registered", DAVE, new Payload.WithdrawRewards(ERIN.address()));
    }
}
