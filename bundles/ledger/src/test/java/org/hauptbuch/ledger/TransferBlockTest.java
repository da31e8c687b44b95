package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** A block of 2,000 transfers among 10,000 accounts: its time is printed, its work is bounded. */
class TransferBlockTest {
    private static final int TRANSFERS = 2_000;
    private static final int ACCOUNTS = 10_000;

    @Test
    void aBlockReadsEachAccountOnceAndTakesMilliseconds() {
        List<Actor> actors = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> Actor.named("payer" + i))
                .toList();
        TestRules rules = new TestRules();
        TestChain chain = new TestChain(rules, genesis(actors));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] micros = new long[60];
        for (int round = 0; round < micros.length; round++) {
            BlockInput input = chain.input(List.of(), transfers(actors, round));
            CountingReader reader = new CountingReader(chain.state);
            // the thread's own time: what others do on this machine at the same moment is not the ledger's
            long start = threads.getCurrentThreadCpuTime();
            Execution execution = chain.ledger.execute(reader, chain.generation, input);
            micros[round] = (threads.getCurrentThreadCpuTime() - start) / 1_000;
            assertTrue(execution.receipts().stream().allMatch(Receipt::succeeded));
            assertTrue(reader.values < 2 * TRANSFERS + 100, reader.values + " reads");
            chain.state.apply(execution.change());
            chain.time += chain.step;
        }
        assertEquals(List.of(), chain.ledger.brokenInvariants(chain.state, chain.generation));
        long[] warm = Arrays.copyOfRange(micros, 30, micros.length);
        Arrays.sort(warm);
        System.out.println(TRANSFERS + " transfers among " + ACCOUNTS + " accounts, executed with root: CPU time first "
                + micros[0] + " us, then warm median " + warm[warm.length / 2] + " us, worst "
                + warm[warm.length - 1] + " us");
    }

    private static List<Transaction> transfers(List<Actor> actors, int round) {
        List<Transaction> transactions = new ArrayList<>(TRANSFERS);
        for (int i = 0; i < TRANSFERS; i++) {
            Actor from = actors.get((i + round * 7) % ACCOUNTS);
            // the nonce is how often this one came by before
            int nonce = 0;
            for (int earlier = 0; earlier < round; earlier++) {
                int place = Math.floorMod(i + (round - earlier) * 7, ACCOUNTS);
                nonce += place < TRANSFERS ? 1 : 0;
            }
            Actor to = actors.get((i * 31 + 5_000 + round) % ACCOUNTS);
            transactions.add(TestChain.tx(from, nonce, new Payload.Transfer(to.address(), 1 + i)));
        }
        return transactions;
    }

    private static Genesis genesis(List<Actor> actors) {
        TreeMap<Address, Long> balances = new TreeMap<>();
        actors.forEach(actor -> balances.put(actor.address(), 100_000_000L));
        ChainParameters p = TestChain.parameters();
        ChainParameters roomy = new ChainParameters(
                p.consensus(),
                p.unbondingEpochs(),
                p.evidenceMaxAgeBlocks(),
                p.evidenceMaxAgeMillis(),
                p.blockReward(),
                p.minimumFee(),
                20_000_000_000L,
                p.maxBlockBytes(),
                p.gas());
        Genesis plain = TestChain.genesis(roomy);
        return new Genesis(
                plain.chainId(), plain.timeMillis(), roomy, balances, plain.validators(), plain.rules(), plain.seed());
    }

    private static final class CountingReader implements StateReader {
        private final StateReader below;
        private int values;

        CountingReader(StateReader below) {
            this.below = below;
        }

        @Override
        public Optional<Bytes> value(Bytes key) {
            values++;
            return below.value(key);
        }

        @Override
        public void scan(Bytes prefix, Store.Visitor visitor) {
            below.scan(prefix, visitor);
        }

        @Override
        public Optional<Bytes> node(Bytes treeKey) {
            return below.node(treeKey);
        }
    }
}
