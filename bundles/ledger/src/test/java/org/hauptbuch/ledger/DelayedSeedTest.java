package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayWatch;
import org.hauptbuch.ledger.epoch.Seeds;
import org.junit.jupiter.api.Test;

/** Epochs of five blocks, with a delay between what is revealed and what it selects. */
class DelayedSeedTest {
    private final TestRules rules = new TestRules();
    private final TestChain chain =
            new TestChain(rules, TestChain.genesis(TestChain.parameters().withDelay(1_000, 256)));

    private void blockWith(Bytes delay) {
        BlockInput plain = chain.input(List.of(), List.of());
        chain.execute(new BlockInput(
                plain.header().withDelay(delay), plain.lastCertificate(), plain.evidence(), plain.transactions()));
    }

    private Bytes due() {
        return FakeDelay.INSTANCE
                .evaluate(chain.view.delay().orElseThrow().task(), 1, DelayWatch.NEVER_ENDING)
                .joined();
    }

    private static Bytes output(Bytes joined) {
        return Bytes.of(joined.toArray(), 0, joined.length() / 2);
    }

    @Test
    void theOutputSeedsTheEpochAfter() {
        assertEquals(Optional.empty(), chain.view.delay());
        chain.endEpoch();
        assertEquals(Optional.empty(), chain.view.seedOf(2));
        EpochDelay delay = chain.view.delay().orElseThrow();
        assertEquals(1, delay.epoch());
        assertEquals(0, delay.height());
        assertEquals(1_000, delay.task().iterations());
        assertEquals(256, delay.task().bits());
        chain.block();
        Bytes joined = due();
        blockWith(joined);
        assertEquals(7, chain.view.delay().orElseThrow().height());
        assertFalse(chain.view.delay().orElseThrow().isDue());
        Hash seed = Seeds.ofOutput(output(joined), 2);
        assertEquals(Optional.of(seed), chain.view.seedOf(2));
        chain.endEpoch();
        assertEquals(seed, chain.view.seed());
        assertNotEquals(delay.task(), chain.view.delay().orElseThrow().task());
        assertEquals(7, chain.view.delayOf(1).orElseThrow().height());
    }

    @Test
    void withoutAnOutputTheLastSeedIsStretched() {
        chain.endEpoch();
        chain.endEpoch();
        Hash genesis = chain.view.seedOf(1).orElseThrow();
        Hash second = Seeds.stretched(genesis, 2);
        assertEquals(second, chain.view.seed());
        assertTrue(chain.view.delayOf(1).orElseThrow().isDue());
        chain.endEpoch();
        assertEquals(Seeds.stretched(second, 3), chain.view.seed());
        // an output that comes in time after that counts again
        Bytes joined = due();
        blockWith(joined);
        chain.endEpoch();
        assertEquals(Seeds.ofOutput(output(joined), 4), chain.view.seed());
    }

    @Test
    void theLastBlockOfAnEpochMayBringIt() {
        chain.endEpoch();
        for (int i = 0; i < 4; i++) {
            chain.block();
        }
        Bytes joined = due();
        blockWith(joined);
        assertEquals(2, chain.view.epoch());
        assertEquals(Seeds.ofOutput(output(joined), 2), chain.view.seed());
    }

    @Test
    void whatIsNotDueIsRefused() {
        Bytes some = Bytes.of(new byte[68]);
        refused("header.delay: bytes is 68, must be 0: no output is due", some);
        chain.endEpoch();
        refused("header.delay: bytes is 34, must be more than the output's 34", Bytes.of(new byte[34]));
        blockWith(due());
        refused("header.delay: bytes is 68, must be 0: no output is due", some);
        TestChain without = new TestChain();
        without.endEpoch();
        assertEquals(Optional.empty(), without.view.delay());
    }

    @Test
    void rulesHearWhatAHeaderMayHold() {
        chain.endEpoch();
        chain.block();
        Bytes right = due();
        Bytes wrong = Bytes.of(new byte[68]);
        List<Optional<Boolean>> answers = new ArrayList<>();
        rules.sees = (view, facts) -> {
            answers.clear();
            for (long height : new long[] {3, 6, 7, 8, 9}) {
                answers.add(view.mayHoldDelay(height, right));
            }
            answers.add(view.mayHoldDelay(6, wrong));
            answers.add(view.mayHoldDelay(3, Bytes.EMPTY));
            return Observation.NOTHING;
        };
        // in epoch 0 nothing is due; heights to come are not known
        chain.block();
        assertEquals(
                List.of(
                        some(false),
                        some(true),
                        some(true),
                        Optional.empty(),
                        Optional.empty(),
                        some(false),
                        some(true)),
                answers);
        blockWith(right);
        chain.block();
        // block 8 brought it: not again in block 9
        assertEquals(
                List.of(some(false), some(true), some(true), some(true), some(false), some(false), some(true)),
                answers);
    }

    private static Optional<Boolean> some(boolean value) {
        return Optional.of(value);
    }

    private void refused(String message, Bytes delay) {
        PoSException refused = assertThrows(PoSException.class, () -> blockWith(delay));
        assertEquals(PoSError.INVALID_BLOCK, refused.error());
        assertTrue(refused.getMessage().endsWith(message), refused.getMessage());
    }
}
