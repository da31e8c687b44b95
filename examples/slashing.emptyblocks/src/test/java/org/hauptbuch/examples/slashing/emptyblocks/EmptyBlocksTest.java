package org.hauptbuch.examples.slashing.emptyblocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plain JUnit: no container, no network. "1 full, 2 empty" are blocks of proposers 1 and 2, one after the other. */
final class EmptyBlocksTest {
    private final TestView view = new TestView();
    private final List<Offence> offences = new ArrayList<>();
    private final SlashingRule rule = rule(Map.of("limit", "3"));
    private long height;

    @BeforeEach
    void threeActiveValidators() {
        for (int i = 1; i <= 3; i++) {
            view.with(TestView.validator(i));
        }
    }

    @Test
    void threeEmptyBlocksWhileOthersHaveWorkAreAnOffence() {
        blocks("1 full, 2 empty, 1 full, 2 empty, 3 full");
        assertEquals(List.of(), offences);
        blocks("2 empty");
        assertEquals(
                List.of(new Offence(
                        "slashing.emptyblocks",
                        "proposed 3 empty blocks in a row while others had transactions",
                        TestView.address(2),
                        6,
                        Offence.Gravity.NEGLIGENCE,
                        Optional.empty(),
                        Optional.empty())),
                offences);
        // and the next offence takes three more
        blocks("1 full, 2 empty, 1 full, 2 empty");
        assertEquals(1, offences.size());
        blocks("1 full, 2 empty");
        assertEquals(2, offences.size());
    }

    @Test
    void anIdleChainPunishesNobody() {
        blocks("1 empty, 2 empty, 3 empty, 1 empty, 2 empty, 3 empty, 1 empty, 2 empty, 3 empty");
        assertEquals(List.of(), offences);
        assertTrue(view.memory().isEmpty());
    }

    @Test
    void oneFullBlockLongAgoIsNotWorkForEveryBlockSince() {
        blocks("1 full, 2 empty, 2 empty, 2 empty, 2 empty");
        assertEquals(List.of(), offences);
    }

    @Test
    void ownWorkEndsTheStreakAndIsNotWorkOfOthers() {
        blocks("1 full, 2 empty, 1 full, 2 empty, 2 full, 2 empty, 2 empty, 2 empty");
        assertEquals(List.of(), offences);
        blocks("1 full, 2 empty, 1 full, 2 empty");
        assertEquals(List.of(), offences);
    }

    @Test
    void whoIsJailedIsNotPunishedAgain() {
        view.with(TestView.validator(2).jailedUntil(9));
        blocks("1 full, 2 empty, 1 full, 2 empty, 1 full, 2 empty, 1 full, 2 empty");
        assertEquals(List.of(), offences);
    }

    @Test
    void judgesNoEvidence() {
        assertTrue(rule.evidenceTypes().isEmpty());
        Evidence evidence = new Evidence("other", TestView.address(1), 1, Bytes.EMPTY);
        PoSException e = assertThrows(PoSException.class, () -> rule.judge(view, evidence, null));
        assertEquals(PoSError.SLASHING_DETECTION_FAILED, e.error());
    }

    @Test
    void refusesWrongParameters() {
        for (Map<String, String> wrong :
                List.of(Map.of("limit", "0"), Map.of("limit", "1001"), Map.of("limit", "x"), Map.of("limits", "3"))) {
            PoSException e = assertThrows(PoSException.class, () -> rule(wrong), wrong.toString());
            assertTrue(e.getMessage().contains("limit"), e.getMessage());
        }
    }

    private static SlashingRule rule(Map<String, String> parameters) {
        return (SlashingRule) new EmptyBlocksFactory().create(Parameters.of(parameters));
    }

    private void blocks(String story) {
        for (String block : story.split(", ")) {
            int proposer = Integer.parseInt(block.substring(0, 1));
            int transactions = block.endsWith("full") ? 5 : 0;
            view.height(++height);
            Observation seen = rule.observe(
                    view,
                    new BlockFacts(
                            view.header(TestView.address(proposer)),
                            transactions,
                            0,
                            Optional.empty(),
                            Optional.empty()));
            offences.addAll(seen.offences());
            // what the ledger does with what a rule wants to remember
            view.remember(seen);
        }
    }
}
