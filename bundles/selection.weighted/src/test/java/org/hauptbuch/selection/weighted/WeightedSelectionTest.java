package org.hauptbuch.selection.weighted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

final class WeightedSelectionTest {
    private static final PublicKey KEY = new PublicKey(KeyType.ED25519, Hash.ZERO.bytes());

    private final WeightedSelection rule = (WeightedSelection) new WeightedSelectionFactory().create(Parameters.NONE);

    @Test
    void electsTheRichestAndTheSmallerAddressAmongEquals() {
        List<Member> candidates = List.of(member(1, 5), member(2, 9), member(3, 5), member(4, 9), member(5, 5));
        assertEquals(List.of(member(2, 9), member(4, 9), member(1, 5)), rule.elect(candidates, 3));
        assertEquals(5, rule.elect(candidates, 100).size());
        assertEquals(List.of(), rule.elect(List.of(), 3));
    }

    @Test
    void electsTheSameFromAnyOrder() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<Member> candidates = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                candidates.add(member(i, 1 + random.nextInt(10)));
            }
            List<Member> elected = rule.elect(candidates, 20);
            List<Member> sorted = new ArrayList<>(candidates);
            sorted.sort((a, b) -> a.power() != b.power()
                    ? Long.compare(b.power(), a.power())
                    : a.address().compareTo(b.address()));
            assertEquals(sorted.subList(0, 20), elected, "seed " + seed);
            Collections.shuffle(candidates, random);
            assertEquals(elected, rule.elect(candidates, 20), "seed " + seed);
        }
    }

    @Test
    void refusesNoRoomNoValidatorsAndHeightsOrRoundsThatAreNot() {
        refuses("maxValidators is 0", () -> rule.elect(List.of(member(1, 1)), 0));
        refuses("validators is 0", () -> rule.prepare(0, 1, ValidatorSet.of(List.of()), Hash.ZERO));
        PublicSchedule schedule = rule.prepare(1, 101, ValidatorSet.of(List.of(member(1, 1))), Hash.ZERO);
        refuses("height is 100, must be at least 101", () -> schedule.proposer(100, 0));
        refuses("round is -1", () -> schedule.proposer(101, -1));
    }

    @Test
    void refusesEveryParameter() {
        PoSException e = assertThrows(
                PoSException.class, () -> new WeightedSelectionFactory().create(Parameters.of(Map.of("cap", "10%"))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains("cap"), e.getMessage());
    }

    @Test
    void theSameArgumentsDrawTheSameAndEveryArgumentCounts() {
        ValidatorSet set = set(50, i -> 1000 + i);
        List<Address> drawn = draws(rule.prepare(3, 301, set, seed(1)), 301);
        assertEquals(drawn, draws(rule.prepare(3, 301, set, seed(1)), 301));
        assertNotEquals(drawn, draws(rule.prepare(3, 301, set, seed(2)), 301));
        assertNotEquals(drawn, draws(rule.prepare(4, 301, set, seed(1)), 301));
        assertNotEquals(drawn, draws(rule.prepare(3, 301, set, seed(1)), 302));
        PublicSchedule schedule = rule.prepare(3, 301, set, seed(1));
        List<Address> rounds = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            rounds.add(schedule.proposer(301, round));
        }
        assertTrue(rounds.stream().distinct().count() > 10, rounds.toString());
    }

    /** Computed by another program in another language from the documented formula; a change of this value is a fork of every chain that runs this rule. */
    @Test
    void drawsWhatItAlwaysDrew() {
        PublicSchedule schedule = rule.prepare(7, 701, set(100, i -> 1_000_000L + i * 31_337L), seed(7));
        byte[] all = new byte[100 * Address.LENGTH];
        for (int i = 0; i < 100; i++) {
            schedule.proposer(701 + i, i % 3).bytes().copyTo(all, i * Address.LENGTH);
        }
        assertEquals("9e50babf", Hash.sha256(all).shortHex());
    }

    @Test
    void everyTicketHasItsOwner() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(20);
            long[] powers = random.longs(n, 1, random.nextBoolean() ? 4 : 300).toArray();
            GuideTable table = GuideTable.of(set(n, i -> powers[i]).members());
            long ticket = 0;
            for (int i = 0; i < n; i++) {
                for (long j = 0; j < powers[i]; j++) {
                    assertEquals(address(i), table.owner(ticket++), "seed " + seed + " ticket " + ticket);
                }
            }
            assertEquals(ticket, table.tickets());
        }
    }

    @Test
    void oneGiantAmongDwarfsIsFoundAtBothEnds() {
        long giant = Long.MAX_VALUE - 20_000;
        GuideTable table =
                GuideTable.of(set(10_001, i -> i == 5_000 ? giant : 1).members());
        assertEquals(address(0), table.owner(0));
        assertEquals(address(4_999), table.owner(4_999));
        assertEquals(address(5_000), table.owner(5_000));
        assertEquals(address(5_000), table.owner(4_999 + giant));
        assertEquals(address(5_001), table.owner(5_000 + giant));
        assertEquals(address(10_000), table.owner(table.tickets() - 1));
    }

    @Test
    void theUpperWordIsThatOfTheUnsignedProduct() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long word = random.nextLong();
            long positive = random.nextLong() >>> 1 + random.nextInt(60);
            BigInteger exact = new BigInteger(Long.toUnsignedString(word))
                    .multiply(BigInteger.valueOf(positive))
                    .shiftRight(64);
            assertEquals(exact.longValueExact(), WeightedSchedule.upperWord(word, positive), word + " * " + positive);
        }
    }

    /**
     * Of 3·2^61 tickets, without refusing any word, two of three would be drawn by three words and one by two. A quarter
     * of all words is refused: the next word, and after four the next digest, take over.
     */
    @Test
    void refusedWordsLeaveNoBias() {
        long tickets = 3L << 61;
        long refusedBelow = 1L << 62;
        assertEquals(counts(tickets, refusedBelow), counts(tickets, Long.remainderUnsigned(-tickets, tickets)));
        assertEvenThirds(counts(tickets, refusedBelow));
        List<Long> unrefused = counts(tickets, 0);
        assertThrows(AssertionError.class, () -> assertEvenThirds(unrefused));
    }

    /** The schedule refuses what it has to: its draws are those of the function that the test above looks at. */
    @Test
    void theScheduleDrawsWithoutBias() {
        ValidatorSet set = set(3, i -> 1L << 61);
        GuideTable table = GuideTable.of(set.members());
        PublicSchedule schedule = rule.prepare(2, 1, set, seed(11));
        int different = 0;
        for (int h = 1; h <= 1_000; h++) {
            byte[] input =
                    new Writer().fixed(seed(11).bytes()).u64(2).u64(h).u32(0).toArray();
            Address unbiased = table.owner(WeightedSchedule.ticket(input, 3L << 61, 1L << 62));
            assertEquals(unbiased, schedule.proposer(h, 0), "height " + h);
            different += unbiased.equals(table.owner(WeightedSchedule.ticket(input, 3L << 61, 0))) ? 0 : 1;
        }
        assertTrue(different > 100, "words refused: " + different);
    }

    private static List<Long> counts(long tickets, long refusedBelow) {
        long[] counts = new long[3];
        for (int i = 0; i < 60_000; i++) {
            long ticket = WeightedSchedule.ticket(new Writer().u32(i).toArray(), tickets, refusedBelow);
            counts[(int) (ticket % 3)]++;
        }
        return List.of(counts[0], counts[1], counts[2]);
    }

    private static void assertEvenThirds(List<Long> counts) {
        for (long count : counts) {
            // five standard deviations
            assertEquals(20_000, count, 5 * Math.sqrt(60_000 * 2 / 9.0), counts.toString());
        }
    }

    @Test
    void proposersAreDrawnByStake() {
        for (int seed = 1; seed <= 3; seed++) {
            ValidatorSet set = set(100, i -> 1_000_000L + 50_000L * i * i);
            long[] counts = counts(set, rule.prepare(seed, 1, set, seed(seed)), 200_000);
            assertFits(set, counts);
        }
    }

    @Test
    void theTestOfProportionsFindsAWrongOne() {
        ValidatorSet set = set(100, i -> 1_000_000L + 50_000L * i * i);
        ValidatorSet other = set(100, i -> (1_000_000L + 50_000L * i * i) / 10 * (10 + i % 2));
        long[] counts = counts(set, rule.prepare(1, 1, other, seed(1)), 200_000);
        assertThrows(AssertionError.class, () -> assertFits(set, counts));
    }

    @Test
    void aMillionCandidatesAreNoReasonToDrawTheSameOnes() {
        ValidatorSet set = set(1_000_000, i -> 1_000_000L + i);
        PublicSchedule schedule = rule.prepare(0, 1, set, seed(1));
        int draws = 20_000;
        int distinct = 0;
        Address last = null;
        for (int i = 1; i <= draws; i++) {
            Address drawn = schedule.proposer(i, 0);
            distinct += drawn.equals(last) ? 0 : 1;
            last = drawn;
        }
        assertTrue(distinct > draws / 2);
    }

    private List<Address> draws(PublicSchedule schedule, long first) {
        List<Address> drawn = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            drawn.add(schedule.proposer(first + i, 0));
        }
        return drawn;
    }

    private static long[] counts(ValidatorSet set, PublicSchedule schedule, int draws) {
        SortedMap<Address, Integer> index = new TreeMap<>();
        set.members().forEach(m -> index.put(m.address(), index.size()));
        long[] counts = new long[set.size()];
        for (int i = 0; i < draws; i++) {
            counts[index.get(schedule.proposer(1 + i / 4, i % 4))]++;
        }
        return counts;
    }

    /** Pearson's chi-squared: refuses what chance brings about less than once in a million (Wilson–Hilferty). */
    private static void assertFits(ValidatorSet set, long[] counts) {
        long draws = 0;
        for (long count : counts) {
            draws += count;
        }
        double chi = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = (double) draws * set.members().get(i).power() / set.totalPower();
            chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        double freedom = counts.length - 1;
        double z = (Math.cbrt(chi / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
        assertTrue(z < 4.75, "chi-squared " + chi + " with " + freedom + " degrees of freedom, z = " + z);
    }

    private static void refuses(String part, org.junit.jupiter.api.function.Executable call) {
        PoSException e = assertThrows(PoSException.class, call);
        assertEquals(PoSError.VALIDATOR_SELECTION_FAILED, e.error());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private static ValidatorSet set(int n, IntToLongFunction power) {
        List<Member> members = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            members.add(member(i, power.applyAsLong(i)));
        }
        return ValidatorSet.of(members);
    }

    private static Hash seed(int n) {
        return Hash.sha256(("seed " + n).getBytes(StandardCharsets.UTF_8));
    }

    private static Member member(int n, long power) {
        return new Member(address(n), KEY, power);
    }

    private static Address address(int n) {
        byte[] bytes = new byte[Address.LENGTH];
        for (int i = 0; i < 4; i++) {
            bytes[Address.LENGTH - 1 - i] = (byte) (n >>> 8 * i);
        }
        return new Address(Bytes.of(bytes));
    }
}
