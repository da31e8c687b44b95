package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.EpochSummary.Participant;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.junit.jupiter.api.Test;

/** What every {@link RewardRule} promises: above all that no unit is paid twice. */
public interface RewardRuleContract extends RuleContract {
    /** A fresh rule. */
    default RewardRule rule() {
        return (RewardRule) factory().create(parameters());
    }

    @Test
    default void issuanceStaysWithinWhatAnAmountCanHold() {
        for (long supply : new long[] {0, 1_000_000_000_000L, Amounts.MAX - 1, Amounts.MAX}) {
            for (long blocks : new long[] {0, 1, 100, 1_000_000}) {
                for (long reward : new long[] {0, 100, 1_000_000_000_000_000L}) {
                    EpochSummary epoch = new EpochSummary(3, blocks, reward, supply, supply / 2, participants(4));
                    long issued = rule().issuance(epoch);
                    assertTrue(
                            issued >= 0 && issued <= Amounts.MAX - supply,
                            () -> issued + " units issued with a supply of " + supply);
                }
            }
        }
    }

    @Test
    default void noMoreIsPaidThanThereIs() {
        for (EpochSummary epoch : epochs()) {
            for (long pot : new long[] {0, 1, 7, 1_000_003, Amounts.MAX}) {
                List<Payout> payouts = rule().divide(epoch, pot);
                SortedMap<Address, Payout> byAddress = byAddress(payouts);
                assertEquals(payouts.size(), byAddress.size(), "somebody is paid twice");
                BigInteger paid = BigInteger.ZERO;
                for (Payout payout : payouts) {
                    assertTrue(
                            payout.commission() >= 0 && payout.pool() >= 0,
                            () -> "less than nothing is paid: " + payout);
                    paid = paid.add(BigInteger.valueOf(payout.commission())).add(BigInteger.valueOf(payout.pool()));
                }
                BigInteger sum = paid;
                assertTrue(sum.compareTo(BigInteger.valueOf(pot)) <= 0, () -> sum + " units paid of a pot of " + pot);
                for (Participant participant : epoch.participants()) {
                    Payout payout = byAddress.remove(participant.validator().address());
                    assertTrue(
                            payout == null
                                    || payout.pool() == 0
                                    || participant.validator().pool().shares() > 0,
                            () -> "nobody holds a share of the pool that is paid: " + payout);
                }
                assertTrue(byAddress.isEmpty(), () -> "paid, but not of the epoch: " + byAddress.keySet());
            }
        }
    }

    @Test
    default void theOrderOfParticipantsDoesNotMatter() {
        for (EpochSummary epoch : epochs()) {
            SortedMap<Address, Payout> payouts = byAddress(rule().divide(epoch, 1_000_003));
            for (long seed = 0; seed < 5; seed++) {
                List<Participant> shuffled = new ArrayList<>(epoch.participants());
                Collections.shuffle(shuffled, new Random(seed));
                EpochSummary other = new EpochSummary(
                        epoch.epoch(), epoch.blocks(), epoch.blockReward(), epoch.supply(), epoch.bonded(), shuffled);
                assertEquals(payouts, byAddress(rule().divide(other, 1_000_003)), "shuffled with seed " + seed);
            }
        }
    }

    @Test
    default void theSameEpochPaysTheSame() {
        RewardRule rule = rule();
        for (EpochSummary epoch : epochs()) {
            List<Payout> payouts = rule.divide(epoch, 1_000_003);
            assertEquals(payouts, rule.divide(epoch, 1_000_003), "asked twice");
            assertEquals(payouts, rule().divide(epoch, 1_000_003), "asked a rule of its own");
            assertEquals(rule.issuance(epoch), rule().issuance(epoch), "issuance, asked a rule of its own");
        }
    }

    /** The delegators of a pool together are owed at most what the pool earned, however they share it. */
    @Test
    default void roundingIsNeverForTheClaimer() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            String context = "seed " + seed;
            long[] holders = new long[1 + random.nextInt(8)];
            long shares = 0;
            for (int i = 0; i < holders.length; i++) {
                holders[i] = 1 + Math.floorMod(random.nextLong(), 1L << 1 + random.nextInt(58));
                shares += holders[i];
            }
            RewardRule rule = rule();
            Accumulator now = Accumulator.ZERO;
            Accumulator between = now;
            long earned = 0;
            for (int epoch = 0; epoch < 10; epoch++) {
                long amount = Math.floorMod(random.nextLong(), 1L << random.nextInt(58));
                Accumulator next = rule.accrue(now, shares, amount);
                assertTrue(
                        next.perShare().compareTo(now.perShare()) >= 0, () -> context + ": a share lost what it had");
                now = next;
                earned += amount;
                if (epoch == 4) {
                    between = now;
                }
            }
            long owed = 0;
            for (long holder : holders) {
                long whole = rule.owed(Accumulator.ZERO, now, holder);
                long parts = rule.owed(Accumulator.ZERO, between, holder) + rule.owed(between, now, holder);
                assertTrue(parts <= whole, () -> context + ": who claims twice gets " + parts + ", once " + whole);
                owed += whole;
            }
            long sum = owed;
            long most = earned;
            assertTrue(sum <= most, () -> context + ": " + sum + " owed, " + most + " earned");
            // ten epochs lose at most a unit each, and each claim less than one
            assertTrue(
                    sum >= most - 10 - holders.length,
                    () -> context + ": " + sum + " owed, " + most + " earned: more is lost than rounding loses");
        }
    }

    @Test
    default void extremesOfAPoolHaveAnAnswer() {
        RewardRule rule = rule();
        for (long shares : new long[] {1, 2, 1_000_000, Amounts.MAX}) {
            assertEquals(
                    Accumulator.ZERO,
                    rule.accrue(Accumulator.ZERO, shares, 0),
                    () -> "nothing earned by " + shares + " shares");
            for (long amount : new long[] {1, 1_000_003, Amounts.MAX}) {
                Accumulator now = rule.accrue(Accumulator.ZERO, shares, amount);
                long owed = rule.owed(Accumulator.ZERO, now, shares);
                assertTrue(
                        owed <= amount && owed >= amount - 1,
                        () -> "who holds all " + shares + " shares is owed " + owed + " of " + amount);
                assertEquals(0, rule.owed(Accumulator.ZERO, now, 0), "without a share");
                assertEquals(0, rule.owed(now, now, shares), "since just now");
            }
        }
    }

    private static SortedMap<Address, Payout> byAddress(List<Payout> payouts) {
        SortedMap<Address, Payout> byAddress = new TreeMap<>();
        payouts.forEach(payout -> byAddress.put(payout.validator(), payout));
        return byAddress;
    }

    private static List<EpochSummary> epochs() {
        return List.of(
                epoch(List.of()),
                epoch(participants(1)),
                epoch(participants(4)),
                epoch(participants(100)),
                epoch(participants(4, n -> participant(n, 10, 0, 0, new Pool(10, 10)))),
                epoch(participants(4, n -> participant(n, 10, 1, 1, Pool.EMPTY))),
                epoch(participants(100, n -> participant(n, Amounts.MAX / 100, 1_000_000, 1_000_000, new Pool(1, 1)))));
    }

    private static EpochSummary epoch(List<Participant> participants) {
        return new EpochSummary(7, 100, 100, 1_000_000_000, 500_000_000, participants);
    }

    private static List<Participant> participants(int n) {
        return participants(n, i -> participant(i, 1_000L * i, i % 3, 100 - i % 100, new Pool(1_000L * i, 999L * i)));
    }

    private static List<Participant> participants(int n, IntFunction<Participant> make) {
        List<Participant> participants = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            participants.add(make.apply(i));
        }
        return participants;
    }

    private static Participant participant(int n, long power, long proposed, long signed, Pool pool) {
        return new Participant(TestView.validator(n).withPool(pool), power, proposed, signed);
    }
}
