package org.hauptbuch.selection.roundrobin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
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
import org.junit.jupiter.api.function.Executable;

final class RoundRobinSelectionTest {
    private static final PublicKey KEY = new PublicKey(KeyType.ED25519, Hash.ZERO.bytes());

    private final RoundRobinSelection rule =
            (RoundRobinSelection) new RoundRobinSelectionFactory().create(Parameters.NONE);

    @Test
    void takesTheNinetyNineStepsOfCometBft() throws Exception {
        Path file = Path.of(System.getProperty("vectors", "vectors"), "proposer", "cometbft-priority-99.json");
        assumeTrue(Files.exists(file), "skipped: no proposer/cometbft-priority-99.json in the folder of -Dvectors");
        String json = Files.readString(file);
        List<Member> members = new ArrayList<>();
        Matcher member = Pattern.compile("\"address\":\\s*\"(\\w+)\",\\s*\"power\":\\s*(\\d+)")
                .matcher(json);
        while (member.find()) {
            members.add(new Member(named(member.group(1)), KEY, Long.parseLong(member.group(2))));
        }
        List<Address> expected = new ArrayList<>();
        Matcher proposer =
                Pattern.compile("\"(\\w+)\"").matcher(json.substring(json.indexOf('[', json.indexOf("\"proposers\""))));
        while (proposer.find()) {
            expected.add(named(proposer.group(1)));
        }
        assertEquals(3, members.size());
        assertEquals(99, expected.size());
        PublicSchedule schedule = rule.prepare(4, 401, ValidatorSet.of(members), Hash.ZERO);
        for (int i = 0; i < 99; i++) {
            assertEquals(expected.get(i), schedule.proposer(401 + i, 0), "step " + i);
            assertEquals(expected.get(i), schedule.proposer(401, i), "round " + i);
        }
    }

    /** The table of the specification's section "Stable Set": p2 p2 p1 p2 or a rotation of it, then again. */
    @Test
    void oneRunGivesEveryoneItsPowerInTurnsAndThenBeginsAgain() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(8);
            ValidatorSet set = set(random.longs(n, 1, 60).toArray());
            int total = (int) set.totalPower();
            PublicSchedule schedule = rule.prepare(0, 1, set, Hash.ZERO);
            int[] turns = turns(schedule, n, 1, total);
            for (int i = 0; i < n; i++) {
                assertEquals(set.members().get(i).power(), turns[i], "seed " + seed);
            }
            for (int h = 1; h <= total; h++) {
                assertEquals(schedule.proposer(h, 0), schedule.proposer(h + total, 0), "seed " + seed + " at " + h);
            }
        }
    }

    @Test
    void theSmallerAddressComesFirstAmongEquals() {
        PublicSchedule schedule = rule.prepare(0, 1, set(5, 5, 5, 5), Hash.ZERO);
        for (int h = 1; h <= 12; h++) {
            assertEquals((h - 1) % 4, index(schedule.proposer(h, 0)), "height " + h);
        }
    }

    @Test
    void aFailedRoundMovesOnToTheNext() {
        PublicSchedule schedule = rule.prepare(1, 101, set(5, 7, 11, 13), seed(1));
        for (int i = 0; i < 50; i++) {
            assertEquals(schedule.proposer(101 + i, 0), schedule.proposer(101, i));
            assertEquals(schedule.proposer(101 + i, 3), schedule.proposer(104 + i, 0));
        }
    }

    /** Epochs of three blocks, a giant and dwarfs: each gets its share over many epochs, in every block of the epoch. */
    @Test
    void shortEpochsAreFairOverTime() {
        long[][] stakes = {
            {900_001, 30_011, 30_011, 20_003, 10_007, 9_967},
            {1, 1, 1, 1},
            {1_000_000, 1_000_000, 1_000_000, 1},
            {5, 3, 2},
            {17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61},
        };
        int epochs = 6_000;
        for (long[] powers : stakes) {
            ValidatorSet set = set(powers);
            int[][] turns = new int[3][powers.length];
            for (int epoch = 0; epoch < epochs; epoch++) {
                PublicSchedule schedule = rule.prepare(epoch, 1, set, seed(epoch));
                for (int block = 0; block < 3; block++) {
                    turns[block][index(schedule.proposer(1 + block, 0))]++;
                }
            }
            for (int block = 0; block < 3; block++) {
                assertFair(set, turns[block], epochs);
            }
        }
    }

    @Test
    void withoutTheSeedShortEpochsWouldNotBeFair() {
        ValidatorSet set = set(900_001, 30_011, 30_011, 20_003, 10_007, 9_967);
        int[] turns = new int[6];
        for (int epoch = 0; epoch < 6_000; epoch++) {
            turns[index(rule.prepare(epoch, 1, set, Hash.ZERO).proposer(1, 0))]++;
        }
        assertThrows(AssertionError.class, () -> assertFair(set, turns, 6_000));
    }

    /** With a seed, too, a run of total power deviates from the exact shares by little. */
    @Test
    void aLongEpochIsFairByItself() {
        for (int s = 1; s <= 50; s++) {
            ValidatorSet set = set(100 + s, 200, 33, 7, 1);
            int total = (int) set.totalPower();
            int[] turns = turns(rule.prepare(s, 1, set, seed(s)), 5, 1, total);
            for (int i = 0; i < 5; i++) {
                assertEquals(set.members().get(i).power(), turns[i], 1, "seed " + s);
            }
        }
    }

    @Test
    void theSameArgumentsGiveTheSameInWhateverOrderOneAsks() {
        ValidatorSet set = set(1_000_003, 2_000_081, 500_009, 77, 1);
        PublicSchedule forward = rule.prepare(3, 301, set, seed(5));
        PublicSchedule backward = rule.prepare(3, 301, set, seed(5));
        List<Address> asked = new ArrayList<>();
        for (int h = 9_000; h >= 0; h -= 7) {
            asked.add(0, backward.proposer(301 + h, h % 4));
        }
        int at = 0;
        for (int h = 9_000 % 7; h <= 9_000; h += 7) {
            assertEquals(forward.proposer(301 + h, h % 4), asked.get(at++));
        }
        assertNotEquals(order(rule.prepare(3, 301, set, seed(5))), order(rule.prepare(3, 301, set, seed(6))));
        assertNotEquals(order(rule.prepare(3, 301, set, seed(5))), order(rule.prepare(4, 301, set, seed(5))));
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws Exception {
        ValidatorSet set = set(13, 17, 19, 23);
        List<Address> expected = order(rule.prepare(0, 1, set, seed(1)));
        PublicSchedule shared = rule.prepare(0, 1, set, seed(1));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Address>>> tasks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                tasks.add(() -> order(shared));
            }
            for (Future<List<Address>> result : threads.invokeAll(tasks)) {
                assertEquals(expected, result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theEndOfTheLongestEpochIsReachedAndAHugeRoundCostsNothing() {
        long[] powers = new long[100];
        Arrays.setAll(powers, i -> 1_000_000L + 12_345L * i);
        PublicSchedule schedule = rule.prepare(0, 1, set(powers), seed(1));
        Address last = schedule.proposer(1_000_000, 0);
        assertEquals(last, schedule.proposer(1_000_000, 0));
        assertEquals(schedule.proposer(1_000_000, Integer.MAX_VALUE), schedule.proposer(1_000_000, 1023));
        assertEquals(last, schedule.proposer(1_000_000, RoundRobinSchedule.ROUNDS));
    }

    @Test
    void theLargestPowersDoNotOverflow() {
        long huge = Long.MAX_VALUE / 3;
        ValidatorSet set = set(huge, huge, huge, 1);
        for (Hash seed : List.of(Hash.ZERO, seed(1), seed(2))) {
            int[] turns = turns(rule.prepare(0, 1, set, seed), 4, 1, 3_000);
            for (int i = 0; i < 3; i++) {
                assertEquals(1_000, turns[i], 1, Arrays.toString(turns));
            }
        }
    }

    @Test
    void electsTheRichestAndTheSmallerAddressAmongEquals() {
        List<Member> candidates = List.of(member(1, 5), member(2, 9), member(3, 5), member(4, 9), member(5, 5));
        assertEquals(List.of(member(2, 9), member(4, 9), member(1, 5)), rule.elect(candidates, 3));
        assertEquals(5, rule.elect(candidates, 100).size());
        refuses("maxValidators is 0", () -> rule.elect(candidates, 0));
    }

    @Test
    void refusesNoValidatorsAndHeightsOrRoundsThatAreNot() {
        refuses("validators is 0", () -> rule.prepare(0, 1, ValidatorSet.of(List.of()), Hash.ZERO));
        PublicSchedule schedule = rule.prepare(1, 101, set(1, 2), Hash.ZERO);
        refuses("height is 100, must be 101 to 1000100", () -> schedule.proposer(100, 0));
        refuses("height is 1000101", () -> schedule.proposer(1_000_101, 0));
        refuses("round is -1", () -> schedule.proposer(101, -1));
    }

    @Test
    void refusesEveryParameter() {
        PoSException e = assertThrows(
                PoSException.class, () -> new RoundRobinSelectionFactory().create(Parameters.of(Map.of("phase", "1"))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains("phase"), e.getMessage());
    }

    /** Each count within five standard deviations of its expectation. */
    private static void assertFair(ValidatorSet set, int[] turns, int draws) {
        for (int i = 0; i < turns.length; i++) {
            double share = (double) set.members().get(i).power() / set.totalPower();
            double deviation = Math.sqrt(draws * share * (1 - share));
            assertEquals(draws * share, turns[i], 5 * deviation + 1, "validator " + i + " of " + set.members());
        }
    }

    private static int[] turns(PublicSchedule schedule, int n, long first, int blocks) {
        int[] turns = new int[n];
        for (int i = 0; i < blocks; i++) {
            turns[index(schedule.proposer(first + i, 0))]++;
        }
        return turns;
    }

    private static List<Address> order(PublicSchedule schedule) {
        List<Address> order = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            order.add(schedule.proposer(301 + i, 0));
        }
        return order;
    }

    private static void refuses(String part, Executable call) {
        PoSException e = assertThrows(PoSException.class, call);
        assertEquals(PoSError.VALIDATOR_SELECTION_FAILED, e.error());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private static ValidatorSet set(long... powers) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < powers.length; i++) {
            members.add(member(i, powers[i]));
        }
        return ValidatorSet.of(members);
    }

    private static Hash seed(int n) {
        return Hash.sha256(("seed " + n).getBytes(StandardCharsets.UTF_8));
    }

    private static Member member(int n, long power) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 1] = (byte) n;
        return new Member(new Address(Bytes.of(bytes)), KEY, power);
    }

    private static int index(Address address) {
        return address.bytes().at(Address.LENGTH - 1);
    }

    /** An address that is ordered as the name is. */
    private static Address named(String name) {
        return new Address(Bytes.of(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), Address.LENGTH)));
    }
}
