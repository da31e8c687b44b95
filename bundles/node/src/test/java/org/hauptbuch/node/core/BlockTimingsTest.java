package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** In virtual time, where computing takes none, a link 2 ms and a verification 0.1 ms. */
final class BlockTimingsTest {
    private static final long MILLI = 1_000_000;

    private final TestNetwork network = TestNetwork.ofFour();

    private List<BlockTiming> of(String name) {
        return network.node(name).core.timings();
    }

    @Test
    void tellsTheTimeFromCommitToProposal() {
        network.startAll();
        network.runToHeight(8, 30_000);
        for (String name : TestChain.NAMES) {
            List<BlockTiming> timings = of(name);
            assertEquals(
                    LongStream.rangeClosed(2, 8).boxed().toList(),
                    timings.stream()
                            .map(BlockTiming::height)
                            .filter(height -> height <= 8)
                            .toList());
            for (BlockTiming timing : timings) {
                var header = network.node(name)
                        .blocks
                        .get((int) timing.height() - 1)
                        .block()
                        .header();
                assertEquals(header.proposer().equals(TestChain.address(name)), timing.own());
                assertEquals(0, timing.round());
                assertEquals(0, timing.readyNanos());
                assertEquals(header.ruleSetId(), timing.ruleSet());
                assertTrue(timing.waitMillis() > 900 && timing.waitMillis() <= TestChain.BLOCK_TIME, timing::toString);
                long late = timing.proposalNanos() - timing.waitMillis() * MILLI;
                assertTrue(timing.own() ? late == 0 : Math.abs(late) < 10 * MILLI, timing::toString);
            }
        }
    }

    @Test
    void namesTheHeightsThatFollowASwap() {
        RuleCatalogue.Entry other = TestRules.roundRobin();
        network.all().forEach(node -> node.catalogue.add(other));
        network.startAll();
        network.runToHeight(1, 10_000);
        LedgerView view = network.node("alice").view();
        RuleSet to = view.ruleSet().apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(other)));
        network.node("alice")
                .submit(TestChain.signed("alice", TestChain.plan(view, to, TestChain.NAMES), 0, 10))
                .get();
        long swap = TestChain.parameters().firstHeight(view.epoch() + 1);
        network.runToHeight(swap + 3, 30_000);
        for (String name : TestChain.NAMES) {
            assertEquals(
                    List.of(swap),
                    of(name).stream()
                            .filter(BlockTiming::swapped)
                            .map(BlockTiming::height)
                            .toList());
        }
    }

    @Test
    void saysInWhichRoundAndLeavesOutWhatWasFetched() {
        network.startAll();
        network.runToHeight(2, 10_000);
        network.node("dave").crash();
        network.runUntil(120_000, () -> network.node("alice").height() >= 12);
        assertTrue(of("alice").stream().anyMatch(timing -> timing.round() > 0), "dave's turns");
        network.node("dave").start();
        network.runToHeight(14, 60_000);
        Set<Long> heights = of("dave").stream().map(BlockTiming::height).collect(Collectors.toSet());
        assertTrue(LongStream.range(3, 12).noneMatch(heights::contains), heights::toString);
    }
}
