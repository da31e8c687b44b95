package org.hauptbuch.finality.tendermint;

import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.hauptbuch.api.block.VotePhase.PREVOTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.finality.tendermint.TendermintParameters.Timeouts;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** Parameters, timeouts and final certificates. */
class RuleTest {
    private static final Hash V = Committee.block("v");

    private final Committee four = Committee.equal(4);

    private final SignatureScheme scheme = four.scheme();

    private static FinalityRule rule(Map<String, String> parameters) {
        return assertInstanceOf(FinalityRule.class, new TendermintFinalityFactory().create(Parameters.of(parameters)));
    }

    private static Timeouts timeouts(long blockTime) {
        return TendermintParameters.from(Parameters.NONE).at(blockTime);
    }

    private void refused(Certificate certificate, String detail) {
        PoSException e = assertThrows(PoSException.class, () -> rule(Map.of())
                .verifyFinal(certificate, Committee.CHAIN, four.validators(), scheme));
        assertEquals(PoSError.BLOCK_FINALIZATION_FAILED, e.error());
        assertEquals("Block finalization failed: " + detail, e.getMessage());
    }

    @Test
    void aQuorumOfPrecommitsIsFinal() {
        rule(Map.of())
                .verifyFinal(four.certificate(PRECOMMIT, 2, V, 0, 1, 3), Committee.CHAIN, four.validators(), scheme);
    }

    @Test
    void nothingElseIs() {
        refused(four.certificate(PREVOTE, 2, V, 0, 1, 3), "certificate.phase is PREVOTE, must be PRECOMMIT");
        refused(
                four.certificate(PRECOMMIT, 2, Hash.ZERO, 0, 1, 3),
                "certificate.block is nil, must be the hash of a block");
        refused(
                four.certificate(PRECOMMIT, 2, V, 0, 1),
                "certificate of height 7 round 2: voting power is 20, must be more than two thirds of 40");
        Certificate good = four.certificate(PRECOMMIT, 2, V, 0, 1, 3);
        refused(
                new Certificate(PRECOMMIT, Committee.HEIGHT, 3, V, good.signatures()),
                "certificate of height 7 round 3: the signature of voter " + four.address(0) + " is wrong");
    }

    @Test
    void oneOfFourDownCostsLessThanABlockTime() {
        for (long blockTime : new long[] {200, 1_000, 12_000, 600_000}) {
            Timeouts timeouts = timeouts(blockTime);
            // five trips of messages with their records on disk follow: a fifth of the block time is left for them
            long lost = timeouts.propose(0) + timeouts.precommit(0);
            assertEquals(true, lost <= blockTime * 8 / 10, blockTime + ": " + lost);
        }
    }

    @Test
    void timeoutsFollowTheBlockTimeWithinBounds() {
        assertEquals(new Timeouts(400, 200, 50, 250, 60_000, 200), timeouts(1_000));
        assertEquals(new Timeouts(4_800, 2_400, 600, 3_000, 60_000, 2_400), timeouts(12_000));
        assertEquals(new Timeouts(130, 40, 26, 130, 60_000, 65), timeouts(200));
        assertEquals(new Timeouts(130, 26, 26, 130, 60_000, 65), timeouts(50));
    }

    @Test
    void timeoutsGrowToTheCap() {
        Timeouts timeouts = timeouts(1_000);
        assertEquals(
                List.of(400L, 400L, 650L, 900L),
                IntStream.range(0, 4).mapToObj(timeouts::propose).toList());
        assertEquals(
                List.of(200L, 200L, 450L),
                IntStream.range(0, 3).mapToObj(timeouts::prevote).toList());
        assertEquals(
                List.of(50L, 50L, 300L),
                IntStream.range(0, 3).mapToObj(timeouts::precommit).toList());
        assertEquals(60_000, timeouts.propose(10_000));
        assertEquals(60_000, timeouts.propose(Integer.MAX_VALUE));
        assertEquals(240_000, timeouts(600_000).propose(Integer.MAX_VALUE));
    }

    @Test
    void parametersAreRead() {
        Map<String, String> all = Map.of(
                "propose",
                "50%",
                "prevote",
                "10%",
                "precommit",
                "5%",
                "growth",
                "100%",
                "floorMillis",
                "10",
                "capMillis",
                "1000",
                "sortition",
                "25%");
        assertEquals(
                new Timeouts(500, 100, 50, 1_000, 1_000, 250),
                TendermintParameters.from(Parameters.of(all)).at(1_000));
    }

    @Test
    void theCapIsAtLeastTheFloor() {
        PoSException e =
                assertThrows(PoSException.class, () -> rule(Map.of("floorMillis", "2000", "capMillis", "1000")));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertEquals(true, e.getMessage().contains("capMillis is 1000, must be 2000 to 600000"), e.getMessage());
    }
}
