package org.hauptbuch.reward.proportional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.EpochSummary.Participant;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;

final class ProportionalRewardTest {
    private final RewardRule rule = rule(Map.of());

    @Test
    void issuesTheBlockRewardForEveryBlock() {
        assertEquals(10_000, rule.issuance(epoch(100, 100, 5_000)));
        assertEquals(0, rule.issuance(epoch(0, 100, 5_000)));
        assertEquals(0, rule.issuance(epoch(100, 0, 5_000)));
    }

    @Test
    void issuesNoMoreThanTheSupplyHasRoomFor() {
        assertEquals(10_000, rule.issuance(epoch(100, 100, Long.MAX_VALUE - 10_000)));
        assertEquals(9_999, rule.issuance(epoch(100, 100, Long.MAX_VALUE - 9_999)));
        assertEquals(0, rule.issuance(epoch(100, 100, Long.MAX_VALUE)));
        // 10^15 a block for 10^6 blocks is more than an amount can say
        assertEquals(Long.MAX_VALUE - 5, rule.issuance(epoch(1_000_000, 1_000_000_000_000_000L, 5)));
    }

    @Test
    void dividesByPowerAndBlocksSigned() {
        EpochSummary epoch = epoch(
                10,
                0,
                0,
                participant(1, 100, 0, 10, 0, 1), // 1000 of 2000
                participant(2, 100, 0, 5, 0, 1), // 500
                participant(3, 50, 0, 10, 0, 1)); // 500
        assertEquals(List.of(payout(1, 0, 500), payout(2, 0, 250), payout(3, 0, 250)), rule.divide(epoch, 1000));
    }

    @Test
    void whoSignedNothingGetsNothingAndNobodyIsNamedForNothing() {
        EpochSummary epoch = epoch(10, 0, 0, participant(1, 100, 10, 0, 0, 1), participant(2, 1, 0, 1, 0, 1));
        assertEquals(List.of(payout(2, 0, 77)), rule.divide(epoch, 77));
        assertEquals(List.of(), rule.divide(epoch, 0));
        assertEquals(List.of(), rule.divide(epoch(10, 0, 0, participant(1, 100, 10, 0, 0, 1)), 77));
    }

    @Test
    void theOddUnitOfACommissionIsTheDelegators() {
        EpochSummary epoch = epoch(1, 0, 0, participant(1, 1, 0, 1, 100_000, 1));
        assertEquals(List.of(payout(1, 1, 18)), rule.divide(epoch, 19));
        assertEquals(List.of(payout(1, 0, 9)), rule.divide(epoch, 9));
    }

    @Test
    void aPoolWithoutSharesEarnsItsOperatorTheCommissionOnly() {
        EpochSummary epoch = epoch(1, 0, 0, participant(1, 1, 0, 1, 100_000, 0));
        assertEquals(List.of(payout(1, 10, 0)), rule.divide(epoch, 100));
    }

    @Test
    void aBonusIsDividedByBlocksProposed() {
        RewardRule withBonus = rule(Map.of("proposerBonus", "10%"));
        EpochSummary epoch = epoch(4, 0, 0, participant(1, 1, 3, 4, 0, 1), participant(2, 1, 1, 4, 0, 1));
        assertEquals(List.of(payout(1, 0, 450 + 75), payout(2, 0, 450 + 25)), withBonus.divide(epoch, 1000));
        // without a proposer in the set (all rounds of it failed) the bonus is carried over
        EpochSummary none = epoch(4, 0, 0, participant(1, 1, 0, 4, 0, 1));
        assertEquals(List.of(payout(1, 0, 900)), withBonus.divide(none, 1000));
    }

    @Test
    void refusesANegativePot() {
        assertThrows(IllegalArgumentException.class, () -> rule.divide(epoch(1, 0, 0), -1));
    }

    @Test
    void neverDividesMoreThanThereIs() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            RewardRule withBonus = rule(Map.of("proposerBonus", random.nextInt(101) + "%"));
            int n = 1 + random.nextInt(20);
            Participant[] participants = new Participant[n];
            for (int i = 0; i < n; i++) {
                participants[i] = participant(
                        i + 1,
                        1 + random.nextLong(Long.MAX_VALUE / n),
                        random.nextInt(100),
                        random.nextInt(100),
                        random.nextInt(1_000_001),
                        random.nextInt(3));
            }
            long pot = random.nextLong(Long.MAX_VALUE);
            long paid = 0;
            for (Payout payout : withBonus.divide(epoch(100, 0, 0, participants), pot)) {
                assertTrue(payout.commission() >= 0 && payout.pool() >= 0, "seed " + seed + ": " + payout);
                paid = Math.addExact(paid, Math.addExact(payout.commission(), payout.pool()));
            }
            assertTrue(paid <= pot, "seed " + seed + ": " + paid + " of " + pot);
        }
    }

    @Test
    void owesExactlyWhatWasEarnedWhereItDivides() {
        Accumulator a = rule.accrue(Accumulator.ZERO, 4, 100);
        assertEquals(25, rule.owed(Accumulator.ZERO, a, 1));
        Accumulator b = rule.accrue(a, 8, 100);
        assertEquals(12, rule.owed(a, b, 1)); // 12.5
        assertEquals(25, rule.owed(a, b, 2));
        assertEquals(0, rule.owed(b, b, 8));
        assertEquals(0, rule.owed(Accumulator.ZERO, b, 0));
    }

    @Test
    void holdsTheLargestAmounts() {
        Accumulator a = rule.accrue(Accumulator.ZERO, 1, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, rule.owed(Accumulator.ZERO, a, 1));
        Accumulator b = rule.accrue(Accumulator.ZERO, Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, rule.owed(Accumulator.ZERO, b, Long.MAX_VALUE));
    }

    @Test
    void refusesSharesAndAccumulatorsThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> rule.accrue(Accumulator.ZERO, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> rule.accrue(Accumulator.ZERO, 1, -1));
        Accumulator later = rule.accrue(Accumulator.ZERO, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> rule.owed(later, Accumulator.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> rule.owed(Accumulator.ZERO, later, -1));
    }

    /** Random histories: what all are owed is at most what was earned, and lacks less than one unit for each claim. */
    @Test
    void owesNoMoreThanWasEarnedAndHardlyLess() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int holders = 1 + random.nextInt(8);
            long[] shares = new long[holders];
            Accumulator[] entries = new Accumulator[holders];
            long total = 0;
            for (int i = 0; i < holders; i++) {
                shares[i] = 1 + random.nextLong(1L << random.nextInt(50));
                entries[i] = Accumulator.ZERO;
                total += shares[i];
            }
            Accumulator now = Accumulator.ZERO;
            long earned = 0;
            long paid = 0;
            long claims = 0;
            for (int epoch = 0; epoch < 40; epoch++) {
                long amount = random.nextLong(1L << random.nextInt(50));
                now = rule.accrue(now, total, amount);
                earned += amount;
                int who = random.nextInt(holders);
                paid += rule.owed(entries[who], now, shares[who]);
                entries[who] = now;
                claims++;
            }
            for (int i = 0; i < holders; i++) {
                paid += rule.owed(entries[i], now, shares[i]);
                claims++;
            }
            assertTrue(paid <= earned, "seed " + seed + ": paid " + paid + " of " + earned);
            assertTrue(earned - paid <= claims + 20, "seed " + seed + ": paid " + paid + " of " + earned);
        }
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (Map<String, String> wrong : List.of(
                Map.of("proposerBonus", "101%"),
                Map.of("proposerBonus", "-1%"),
                Map.of("proposerBonus", "much"),
                Map.of("bonus", "1%"))) {
            PoSException e = assertThrows(PoSException.class, () -> rule(wrong));
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
            String name = wrong.keySet().iterator().next();
            assertTrue(e.getMessage().contains(name), e.getMessage());
        }
    }

    private static RewardRule rule(Map<String, String> parameters) {
        return (RewardRule) new ProportionalRewardFactory().create(Parameters.of(parameters));
    }

    private static EpochSummary epoch(long blocks, long blockReward, long supply, Participant... participants) {
        return new EpochSummary(3, blocks, blockReward, supply, 0, List.of(participants));
    }

    private static Participant participant(
            int n, long power, long proposed, long signed, int commissionPpm, long shares) {
        Validator validator = new Validator(
                address(n),
                "v" + n,
                new PublicKey(KeyType.ED25519, Hash.sha256(address(n).bytes()).bytes()),
                ValidatorStatus.ACTIVE,
                new Pool(shares, shares),
                new Commission(new Rate(commissionPpm), Rate.ONE, Rate.ONE, 0),
                0,
                ValidatorMetrics.NONE);
        return new Participant(validator, power, proposed, signed);
    }

    private static Payout payout(int n, long commission, long pool) {
        return new Payout(address(n), commission, pool);
    }

    private static Address address(int n) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 1] = (byte) n;
        return new Address(Bytes.of(bytes));
    }
}
