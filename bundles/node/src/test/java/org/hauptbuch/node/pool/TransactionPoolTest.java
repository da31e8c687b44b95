package org.hauptbuch.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.node.core.PoolLimits;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.junit.jupiter.api.Test;

final class TransactionPoolTest {
    private static final long GAS = 1_000_000_000L;
    private static final long BYTES = 1 << 20;

    private final Metrics metrics = new Metrics();
    private final Map<Address, Account> accounts = new HashMap<>();
    private final TransactionPool pool = pool(new PoolLimits(1_000, 1 << 20, 50));

    private TransactionPool pool(PoolLimits limits) {
        return new TransactionPool(limits, GasSchedule.SPECIFICATION, metrics);
    }

    private static PooledTransaction tx(String from, long nonce, long fee) {
        return tx(from, nonce, fee, 1, 1_000);
    }

    private static PooledTransaction tx(String from, long nonce, long fee, long amount, long expiry) {
        return PooledTransaction.of(new Transaction(
                "test",
                TestChain.account(from).publicKey(),
                nonce,
                fee,
                1_000_000,
                expiry,
                new Payload.Transfer(TestChain.address("bob"), amount),
                Bytes.EMPTY));
    }

    private Account account(Address address) {
        return accounts.getOrDefault(address, new Account(1_000_000, 0));
    }

    private List<String> select(TransactionPool from, long gas, long bytes) {
        return from.select(gas, bytes, 1, this::account).stream()
                .map(p -> nameOf(p.sender()) + p.transaction().nonce())
                .toList();
    }

    private static String nameOf(Address address) {
        return List.of("alice", "bob", "carol", "dave").stream()
                .filter(name -> TestChain.address(name).equals(address))
                .findFirst()
                .orElse("?");
    }

    private static void assertRefused(Runnable adding, String... words) {
        PoSException refused = assertThrows(PoSException.class, adding::run);
        assertEquals(PoSError.INVALID_TRANSACTION, refused.error());
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    private static TransactionPool.Used used(PooledTransaction pooled) {
        return new TransactionPool.Used(pooled.id(), pooled.transaction());
    }

    @Test
    void nonceOrderForEachSenderFeesAmongSenders() {
        pool.add(tx("alice", 1, 90), 0);
        pool.add(tx("alice", 0, 10), 0);
        pool.add(tx("carol", 0, 50), 0);
        pool.add(tx("dave", 0, 5), 0);
        assertEquals(List.of("carol0", "alice0", "alice1", "dave0"), select(pool, GAS, BYTES));
    }

    @Test
    void theSameFeeIsServedByArrival() {
        pool.add(tx("dave", 0, 10), 0);
        pool.add(tx("alice", 0, 10), 0);
        pool.add(tx("carol", 0, 10), 0);
        assertEquals(List.of("dave0", "alice0", "carol0"), select(pool, GAS, BYTES));
    }

    @Test
    void feePerGasCountsAndNotTheFee() {
        PooledTransaction stake = PooledTransaction.of(new Transaction(
                "test",
                TestChain.account("carol").publicKey(),
                0,
                12,
                1_000_000,
                1_000,
                new Payload.Stake(5),
                Bytes.EMPTY));
        pool.add(stake, 0);
        pool.add(tx("alice", 0, 10), 0);
        assertEquals(List.of("alice0", "carol0"), select(pool, GAS, BYTES), "750,000 gas for 12, 500,000 for 10");
    }

    @Test
    void aGapWaits() {
        pool.add(tx("alice", 0, 10), 0);
        pool.add(tx("alice", 2, 10), 0);
        assertEquals(List.of("alice0"), select(pool, GAS, BYTES));
        assertEquals(1, pool.pendingNonce(TestChain.address("alice"), 0));
        pool.add(tx("alice", 1, 10), 0);
        assertEquals(List.of("alice0", "alice1", "alice2"), select(pool, GAS, BYTES));
        assertEquals(3, pool.pendingNonce(TestChain.address("alice"), 0));
    }

    @Test
    void aUsedNonceAndOneTooFarAheadAreRefused() {
        assertRefused(() -> pool.add(tx("alice", 4, 10), 5), "nonce is 4", "5 to 54");
        assertRefused(() -> pool.add(tx("alice", 55, 10), 5), "nonce is 55", "5 to 54");
    }

    @Test
    void theSameAgainIsRefused() {
        pool.add(tx("alice", 0, 10), 0);
        assertRefused(() -> pool.add(tx("alice", 0, 10), 0), "in the pool already");
    }

    @Test
    void replacingTakesTenPercentMore() {
        pool.add(tx("alice", 0, 100), 0);
        assertRefused(() -> pool.add(tx("alice", 0, 109), 0), "fee is 109", "110 or more");
        PooledTransaction better = tx("alice", 0, 110);
        pool.add(better, 0);
        assertEquals(1, pool.size());
        assertEquals(better, pool.select(GAS, BYTES, 1, this::account).get(0));
        pool.add(tx("carol", 0, 0), 0);
        assertRefused(() -> pool.add(tx("carol", 0, 0, 7, 1_000), 0), "1 or more");
    }

    @Test
    void aFullPoolLetsInOnlyWhoPaysMoreAndDropsTheWorst() {
        TransactionPool small = pool(new PoolLimits(3, 1 << 20, 3));
        small.add(tx("alice", 0, 20), 0);
        small.add(tx("alice", 1, 30), 0);
        small.add(tx("carol", 0, 10), 0);
        assertRefused(() -> small.add(tx("dave", 0, 10), 0), "full");
        small.add(tx("dave", 0, 15), 0);
        assertEquals(List.of("alice0", "alice1", "dave0"), select(small, GAS, BYTES));
        small.add(tx("bob", 0, 50), 0);
        assertEquals(List.of("bob0", "alice0", "alice1"), select(small, GAS, BYTES));
        assertEquals(2, metrics.value(Metric.TRANSACTIONS_EVICTED));
    }

    @Test
    void bytesAreLimitedToo() {
        TransactionPool small = pool(new PoolLimits(1_000_000, 1 << 20, 1_000_000));
        int size = tx("alice", 0, 1).encoded().length();
        int most = (1 << 20) / size;
        for (int i = 0; i < most; i++) {
            small.add(tx("alice", i, 1), 0);
        }
        assertRefused(() -> small.add(tx("carol", 0, 1), 0), "full");
    }

    @Test
    void aBlockTakesWhatFits() {
        pool.add(tx("alice", 0, 30), 0);
        pool.add(tx("carol", 0, 20), 0);
        pool.add(tx("dave", 0, 10), 0);
        assertEquals(List.of("alice0", "carol0"), select(pool, 1_000_000, BYTES));
        int size = tx("alice", 0, 30).encoded().length() + 4;
        assertEquals(List.of("alice0"), select(pool, GAS, size + 10));
        assertEquals(List.of(), select(pool, 400_000, BYTES));
    }

    @Test
    void onlyWhatTheBalancePaysForIsTaken() {
        accounts.put(TestChain.address("alice"), new Account(100, 0));
        pool.add(tx("alice", 0, 10, 60, 1_000), 0);
        pool.add(tx("alice", 1, 10, 10, 1_000), 0);
        pool.add(tx("alice", 2, 11, 10, 1_000), 0);
        assertEquals(List.of("alice0", "alice1"), select(pool, GAS, BYTES), "10 units are left, the third costs 11");
    }

    @Test
    void aHeadThatIsOutOfDateIsNotTaken() {
        pool.add(tx("alice", 0, 10), 0);
        accounts.put(TestChain.address("alice"), new Account(100, 1));
        assertEquals(List.of(), select(pool, GAS, BYTES));
    }

    @Test
    void aFinalBlockTakesOutWhatItUsedAndWhatCannotBePaidAnyMore() {
        PooledTransaction first = tx("alice", 0, 10);
        pool.add(first, 0);
        pool.add(tx("alice", 1, 10), 0);
        pool.add(tx("carol", 0, 10), 0);
        pool.add(tx("carol", 1, 10), 0);
        accounts.put(TestChain.address("alice"), new Account(100, 1));
        accounts.put(TestChain.address("carol"), new Account(5, 1));
        // carol's came from elsewhere: the same nonce, another transaction
        pool.finalized(List.of(used(first), used(tx("carol", 0, 77))), 2, this::account);
        assertEquals(List.of("alice1"), select(pool, GAS, BYTES));
        assertEquals(1, pool.size());
        assertFalse(pool.contains(first.id()));
    }

    @Test
    void expiredTransactionsGo() {
        pool.add(tx("alice", 0, 10, 1, 7), 0);
        pool.add(tx("carol", 0, 10, 1, 8), 0);
        pool.finalized(List.of(), 8, this::account);
        assertEquals(List.of("carol0"), select(pool, GAS, BYTES));
        pool.finalized(List.of(), 9, this::account);
        assertEquals(0, pool.size());
        assertEquals(0, pool.pendingNonce(TestChain.address("carol"), 0));
    }

    @Test
    void droppingOneDropsThoseThatFollowIt() {
        PooledTransaction second = tx("alice", 1, 10);
        pool.add(tx("alice", 0, 10), 0);
        pool.add(second, 0);
        pool.add(tx("alice", 2, 10), 0);
        pool.drop(second);
        assertEquals(List.of("alice0"), select(pool, GAS, BYTES));
        assertEquals(1, pool.size());
        assertEquals(1, pool.pendingNonce(TestChain.address("alice"), 0));
    }

    @Test
    void randomHistoriesKeepItConsistent() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            TransactionPool target = pool(new PoolLimits(40, 1 << 20, 20));
            Map<String, Long> nonces = new HashMap<>();
            accounts.clear();
            for (int step = 0; step < 400; step++) {
                String from = TestChain.NAMES.get(random.nextInt(4));
                long nonce = nonces.getOrDefault(from, 0L);
                try {
                    target.add(tx(from, nonce + random.nextInt(22) - 1, random.nextInt(100)), nonce);
                } catch (PoSException refused) {
                    assertEquals(PoSError.INVALID_TRANSACTION, refused.error(), "seed " + seed);
                } catch (IllegalArgumentException negative) {
                    assertEquals(0, nonce, "seed " + seed);
                }
                if (step % 20 == 19) {
                    finalizeSome(target, random, nonces, seed);
                }
                assertTrue(target.size() <= 40, "seed " + seed);
            }
        }
    }

    private void finalizeSome(TransactionPool target, Random random, Map<String, Long> nonces, long seed) {
        List<PooledTransaction> chosen = target.select(500_000L * (1 + random.nextInt(10)), BYTES, 1, this::account);
        List<TransactionPool.Used> used = new ArrayList<>();
        Map<Address, Long> next = new HashMap<>();
        for (PooledTransaction pooled : chosen) {
            long expected =
                    next.getOrDefault(pooled.sender(), account(pooled.sender()).nonce());
            assertEquals(expected, pooled.transaction().nonce(), "seed " + seed);
            next.put(pooled.sender(), expected + 1);
            used.add(used(pooled));
        }
        next.forEach((address, nonce) -> {
            accounts.put(address, new Account(1_000_000, nonce));
            nonces.put(nameOf(address), nonce);
        });
        target.finalized(used, 2, this::account);
    }
}
