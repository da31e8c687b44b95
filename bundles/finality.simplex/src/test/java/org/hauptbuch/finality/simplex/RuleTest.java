package org.hauptbuch.finality.simplex;

import static org.hauptbuch.api.block.VotePhase.FINALIZE;
import static org.hauptbuch.api.block.VotePhase.NOTARIZE;
import static org.hauptbuch.api.block.VotePhase.PRECOMMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.hauptbuch.finality.simplex.SimplexParameters.Timeouts;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** Parameters, timeouts and final certificates. */
class RuleTest {
    private static final Hash V = Committee.block("v");

    private final Committee four = Committee.equal(4);

    private final SignatureScheme scheme = four.scheme();

    private static FinalityRule rule(Map<String, String> parameters) {
        return assertInstanceOf(FinalityRule.class, new SimplexFinalityFactory().create(Parameters.of(parameters)));
    }

    private static Timeouts timeouts(long blockTime) {
        return SimplexParameters.from(Parameters.NONE).at(blockTime);
    }

    private void refused(Certificate certificate, String detail) {
        PoSException e = assertThrows(PoSException.class, () -> rule(Map.of())
                .verifyFinal(certificate, Committee.CHAIN, four.validators(), scheme));
        assertEquals(PoSError.BLOCK_FINALIZATION_FAILED, e.error());
        assertEquals("Block finalization failed: " + detail, e.getMessage());
    }

    @Test
    void aQuorumOfFinalizeVotesIsFinal() {
        rule(Map.of())
                .verifyFinal(four.certificate(FINALIZE, 2, V, 0, 1, 3), Committee.CHAIN, four.validators(), scheme);
    }

    @Test
    void nothingElseIs() {
        refused(four.certificate(NOTARIZE, 2, V, 0, 1, 3), "certificate.phase is NOTARIZE, must be FINALIZE");
        refused(four.certificate(PRECOMMIT, 2, V, 0, 1, 3), "certificate.phase is PRECOMMIT, must be FINALIZE");
        refused(
                four.certificate(FINALIZE, 2, Hash.ZERO, 0, 1, 3),
                "certificate.block is nil, must be the hash of a block");
        refused(
                four.certificate(FINALIZE, 2, V, 0, 1),
                "certificate of height 7 round 2: voting power is 20, must be more than two thirds of 40");
        refused(
                four.certificate(FINALIZE, 2, V, 0, 1, 1),
                "certificate of height 7 round 2: voter " + four.address(1) + " is out of order or repeated");
        refused(
                Committee.equal(5).certificate(FINALIZE, 2, V, 0, 1, 4),
                "certificate of height 7 round 2: voter " + Committee.equal(5).address(4)
                        + " is not in the validator set");
        Certificate good = four.certificate(FINALIZE, 2, V, 0, 1, 3);
        refused(
                new Certificate(FINALIZE, Committee.HEIGHT, 3, V, good.signatures()),
                "certificate of height 7 round 3: the signature of voter " + four.address(0) + " is wrong");
        // what notarizes is no more final for being called so
        refused(
                new Certificate(
                        FINALIZE,
                        Committee.HEIGHT,
                        2,
                        V,
                        four.certificate(NOTARIZE, 2, V, 0, 1, 3).signatures()),
                "certificate of height 7 round 2: the signature of voter " + four.address(0) + " is wrong");
        assertThrows(
                PoSException.class, () -> rule(Map.of()).verifyFinal(good, "another chain", four.validators(), scheme));
    }

    @Test
    void oneOfFourDownCostsLessThanABlockTime() {
        for (long blockTime : new long[] {200, 1_000, 12_000, 600_000}) {
            // four trips of messages with their records on disk follow: nearly half of the block time is left for them
            long lost = timeouts(blockTime).notarize(0);
            assertTrue(lost <= blockTime * 5 / 10, blockTime + ": " + lost);
        }
    }

    @Test
    void timeoutsFollowTheBlockTimeWithinBounds() {
        assertEquals(new Timeouts(400, 200, 250, 60_000, 200), timeouts(1_000));
        assertEquals(new Timeouts(4_800, 2_400, 3_000, 60_000, 2_400), timeouts(12_000));
        assertEquals(new Timeouts(100, 40, 100, 60_000, 50), timeouts(200));
        assertEquals(new Timeouts(100, 20, 100, 60_000, 50), timeouts(50));
    }

    @Test
    void timeoutsGrowToTheCap() {
        Timeouts timeouts = timeouts(1_000);
        assertEquals(
                List.of(400L, 400L, 650L, 900L),
                IntStream.range(0, 4).mapToObj(timeouts::notarize).toList());
        assertEquals(
                List.of(200L, 200L, 450L),
                IntStream.range(0, 3).mapToObj(timeouts::finality).toList());
        assertEquals(60_000, timeouts.notarize(10_000));
        assertEquals(60_000, timeouts.finality(Integer.MAX_VALUE));
        assertEquals(240_000, timeouts(600_000).notarize(Integer.MAX_VALUE));
    }

    @Test
    void parametersAreRead() {
        Map<String, String> all = Map.of(
                "notarize",
                "50%",
                "finality",
                "10%",
                "growth",
                "100%",
                "floorMillis",
                "10",
                "capMillis",
                "1000",
                "sortition",
                "25%");
        assertEquals(
                new Timeouts(500, 100, 1_000, 1_000, 250),
                SimplexParameters.from(Parameters.of(all)).at(1_000));
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        Map<String, String> wrong = Map.of(
                "notarize", "0.5%", "finality", "101%", "growth", "-1%", "floorMillis", "9", "capMillis", "600001");
        wrong.forEach((name, value) -> {
            PoSException e = assertThrows(PoSException.class, () -> rule(Map.of(name, value)));
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
            assertTrue(e.getMessage().contains("rule parameter " + name), e.getMessage());
        });
        assertThrows(PoSException.class, () -> rule(Map.of("floorMillis", "2000", "capMillis", "1000")));
        assertThrows(PoSException.class, () -> rule(Map.of("notarise", "40%")));
        assertThrows(PoSException.class, () -> rule(Map.of("capMillis", "much")));
    }
}
