package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.epoch.Seeds;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.replay.ChainReplay;
import org.hauptbuch.vdf.wesolowski.WesolowskiDelay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four validators, epochs of five blocks of a second, and a delay between an epoch's mix and the seed that it gives. */
class DelayTest {
    private static final int BITS = 256;
    private static final DelayFunction DELAY = new WesolowskiDelay();

    private TestNetwork network;
    private Genesis genesis;

    @BeforeEach
    void four() {
        Genesis plain = TestChain.genesis();
        genesis = new Genesis(
                plain.chainId(),
                plain.timeMillis(),
                plain.parameters().withDelay(200, BITS),
                plain.balances(),
                plain.validators(),
                plain.rules(),
                plain.seed());
        network = new TestNetwork(genesis);
        network.delayBy(DELAY);
        TestChain.NAMES.forEach(name -> network.add(name, TestNetwork.newStore()));
    }

    @Test
    void theOutputOfAnEpochsMixSeedsTheSelectionTwoEpochsLater() {
        network.startAll();
        network.runToHeight(22, 60_000);

        assertEquals(List.of(1L, 2L, 3L), epochsWithDelay().subList(0, 3));
        for (FinalBlock block : withDelay()) {
            long epoch = block.block().header().epoch();
            Bytes delay = block.block().header().delay();
            EpochDelay evaluated = alice().view().delayOf(epoch).orElseThrow();
            assertEquals(block.block().height(), evaluated.height());
            assertTrue(DELAY.verify(evaluated.task(), delay));
            // evaluated in 1.5 s: in the third block or so
            long first = genesis.parameters().firstHeight(epoch);
            assertTrue(block.block().height() > first && block.block().height() <= first + 3, "" + block.block());
            Bytes output = Bytes.of(delay.toArray(), 0, evaluated.task().formBytes());
            assertEquals(Seeds.ofOutput(output, epoch + 1), seed(epoch + 1));
        }
        network.all().forEach(node -> assertEquals(alice().hashAt(22), node.hashAt(22), node.name));
    }

    @Test
    void whereTheOutputIsLateTheLastSeedIsStretchedAndTheChainGoesOn() {
        network.all().forEach(node -> node.delayMillis = 6_000);
        network.startAll();
        network.runToHeight(17, 60_000);

        assertEquals(List.of(), epochsWithDelay());
        assertStretched(2);
        assertStretched(3);
        // faster again
        network.all().forEach(node -> node.delayMillis = 1_000);
        network.runToHeight(27, 60_000);
        assertTrue(epochsWithDelay().contains(4L), "" + epochsWithDelay());
        assertNotEquals(Seeds.stretched(seed(4), 5), seed(5));
    }

    @Test
    void whereNobodyHasAnOutputTheChainGoesOn() {
        network.all().forEach(node -> node.delayMillis = -1);
        network.startAll();
        network.runToHeight(22, 60_000);

        assertEquals(List.of(), epochsWithDelay());
        for (long epoch = 2; epoch <= 4; epoch++) {
            assertStretched(epoch);
        }
        assertEquals(0, alice().view().delayOf(3).orElseThrow().height());
        assertFalse(alice().core.delay().orElseThrow().ready());
    }

    @Test
    void oneThatHasItIsEnough() {
        List.of("alice", "bob", "dave").forEach(name -> network.node(name).delayMillis = -1);
        network.node("carol").delayMillis = 100;
        network.startAll();
        network.runToHeight(32, 90_000);

        assertFalse(withDelay().isEmpty());
        withDelay()
                .forEach(block -> assertEquals(
                        TestChain.address("carol"), block.block().header().proposer()));
    }

    @Test
    void whoBringsAWrongOneIsRefusedAndPunishedAndTheChainGoesOn() {
        network.node("dave").delay = new Lying();
        network.node("dave").delayMillis = 0;
        network.all().stream().filter(node -> !node.name.equals("dave")).forEach(node -> node.delayMillis = 4_000);
        network.startAll();
        network.runUntil(
                200_000, () -> alice().view().slashings().stream().findAny().isPresent());

        SlashingEvent punished = alice().view().slashings().get(0);
        assertEquals(TestChain.address("dave"), punished.offence().offender());
        assertEquals("slashing.invalidproposal", punished.offence().condition());
        assertTrue(
                punished.offence().reason().contains("whose delay is wrong"),
                punished.offence().reason());
        long height = alice().height();
        network.runUntil(60_000, () -> alice().height() >= height + 10);
        withDelay()
                .forEach(block -> assertNotEquals(
                        TestChain.address("dave"), block.block().header().proposer()));
    }

    @Test
    void aRestartInTheMiddleBeginsTheEvaluationAgain() {
        network.startAll();
        network.runToHeight(7, 60_000);
        Hash before = alice().hashAt(7);
        assertEquals(0, alice().core.delay().orElseThrow().done());
        network.all().forEach(TestNetwork.Node::stop);
        network.run(10_000);
        network.startAll();
        network.runToHeight(12, 60_000);

        assertEquals(before, alice().hashAt(7));
        assertTrue(epochsWithDelay().contains(1L), "" + epochsWithDelay());
    }

    @Test
    void aFollowerEvaluatesNothingAndVerifiesAll() {
        TestNetwork.Node erin = network.addFollower("erin");
        network.startAll();
        network.runToHeight(17, 60_000);
        assertEquals(Optional.empty(), erin.core.delay());
        assertEquals(alice().hashAt(17), erin.hashAt(17));
        assertEquals(seed(3), erin.view().seedOf(3).orElseThrow());
    }

    @Test
    void aNodeThatWasAwayFollowsAndAReplayAgrees() {
        network.startAll();
        network.runToHeight(4, 60_000);
        TestNetwork.Node dave = network.node("dave");
        dave.stop();
        network.run(30_000);
        dave.start();
        network.runToHeight(30, 90_000);

        assertEquals(alice().hashAt(29), dave.hashAt(29));
        var report = new ChainReplay(
                        genesis, new ChainStore(dave.store), TestRules.catalogue(), TestChain.SCHEME, DELAY)
                .run(height -> {});
        assertEquals(dave.height(), report.height());
    }

    @Test
    void aReplayRefusesAStoredDelayThatIsWrong() {
        network.startAll();
        network.runToHeight(12, 60_000);
        DelayFunction strict = new Lying() {
            @Override
            public boolean verify(DelayTask task, Bytes output, Bytes proof) {
                return false;
            }
        };
        ChainReplay replay = new ChainReplay(
                genesis, new ChainStore(alice().store), TestRules.catalogue(), TestChain.SCHEME, strict);
        RuntimeException refused = assertThrows(RuntimeException.class, () -> replay.run(height -> {}));
        assertTrue(refused.getMessage().contains("header.delay"), refused.getMessage());
    }

    @Test
    void aNodeWithoutADelayFunctionDoesNotStartOnSuchAChain() {
        network.node("alice").delay = DelayFunction.NONE;
        assertThrows(IllegalArgumentException.class, () -> network.node("alice").start());
    }

    /** Evaluates to something else, and verifies as the right one does. */
    private static class Lying implements DelayFunction {
        @Override
        public DelayResult evaluate(DelayTask task, int segments, DelayWatch watch) {
            DelayResult right = DELAY.evaluate(task, segments, watch);
            return new DelayResult(right.proof(), right.output());
        }

        @Override
        public boolean verify(DelayTask task, Bytes output, Bytes proof) {
            return DELAY.verify(task, output, proof);
        }
    }

    private TestNetwork.Node alice() {
        return network.node("alice");
    }

    private Hash seed(long epoch) {
        return alice().view().seedOf(epoch).orElseThrow();
    }

    private void assertStretched(long epoch) {
        assertEquals(Seeds.stretched(seed(epoch - 1), epoch), seed(epoch), "seed of epoch " + epoch);
    }

    private List<FinalBlock> withDelay() {
        return alice().blocks.stream()
                .filter(block -> block.block().header().delay().length() > 0)
                .toList();
    }

    private List<Long> epochsWithDelay() {
        return withDelay().stream()
                .map(FinalBlock::block)
                .map(Block::header)
                .map(header -> header.epoch())
                .toList();
    }
}
