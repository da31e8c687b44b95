package org.hauptbuch.selection.vrf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.LongStream;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.Test;

final class VrfSelectionTest {
    private static final int HEIGHTS = 5_000;

    private final Random random = new Random(1);

    private static ValidatorSet set(int size, IntToLongFunction power) {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            members.add(new Member(TestView.address(i), TestView.key(i), power.applyAsLong(i)));
        }
        return ValidatorSet.of(members);
    }

    private static PrivateSchedule schedule(ValidatorSet set, int candidates) {
        return new VrfSelection(candidates).prepare(1, 101, set, Hash.ZERO);
    }

    /** What a proof of randomness gives is 64 bytes that nobody can tell from chance. */
    private Bytes output() {
        byte[] output = new byte[64];
        random.nextBytes(output);
        return Bytes.of(output);
    }

    private static Bytes output(BigInteger drawn) {
        byte[] bytes = drawn.toByteArray();
        byte[] output = new byte[64];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, output, 32 - length, length);
        return Bytes.of(output);
    }

    @Test
    void itAnswersWhatItIsKnownToAnswer() {
        for (KnownAnswer known : new VrfSelectionFactory().knownAnswers()) {
            assertEquals(known.expected(), known.answer().get(), known.name());
        }
    }

    @Test
    void theLogarithmIsThatOfThePlatformAndExactForPowersOfTwo() {
        for (int e = 0; e <= 256; e++) {
            assertEquals(
                    BigInteger.valueOf(e).shiftLeft(BinaryLogarithm.BITS),
                    BinaryLogarithm.of(BigInteger.ONE.shiftLeft(e)));
        }
        for (int i = 0; i < 1_000; i++) {
            BigInteger x = new BigInteger(52, random).add(BigInteger.ONE);
            double exact = Math.log(x.doubleValue()) / Math.log(2);
            double found = BinaryLogarithm.of(x).doubleValue() / Math.scalb(1.0, BinaryLogarithm.BITS);
            assertEquals(exact, found, 1e-12, "log2 of " + x);
        }
        // by series to 40 digits: log2(3) = 1.5849625007211561814537389439478165087598
        assertEquals(new BigInteger("125573666586150569315490533898"), BinaryLogarithm.of(BigInteger.valueOf(3)));
    }

    @Test
    void whoeverProposesFirstIsProportionalToStake() {
        ValidatorSet set = set(10, i -> i * 1_000L);
        PrivateSchedule schedule = schedule(set, 10);
        long[] wins = new long[10];
        long nobody = 0;
        long candidates = 0;
        for (int height = 0; height < HEIGHTS; height++) {
            int best = -1;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                Address who = set.members().get(i).address();
                OptionalLong rank = schedule.rank(101 + height, 0, who, output());
                candidates += rank.isPresent() ? 1 : 0;
                if (rank.isPresent() && rank.getAsLong() < least) {
                    least = rank.getAsLong();
                    best = i;
                }
            }
            if (best < 0) {
                nobody++;
            } else {
                wins[best]++;
            }
        }
        double chiSquared = 0;
        for (int i = 0; i < 10; i++) {
            double expected = HEIGHTS * (i + 1) / 55.0;
            chiSquared += (wins[i] - expected) * (wins[i] - expected) / expected;
        }
        // nine degrees of freedom: once in a thousand
        assertTrue(
                chiSquared < 27.88,
                "chi squared " + chiSquared + " of "
                        + LongStream.of(wins).boxed().toList());
        assertTrue(nobody < 10, nobody + " of " + HEIGHTS + " heights without a proposer, expected 0.2");
        // 1 - e^(-10 i / 55) each
        assertEquals(5.799, candidates / (double) HEIGHTS, 0.1);
    }

    @Test
    void withFewCandidatesNobodyProposesAsOftenAsTheFormulaSays() {
        ValidatorSet set = set(5, i -> 7);
        PrivateSchedule schedule = schedule(set, 1);
        long nobody = 0;
        for (int height = 0; height < HEIGHTS; height++) {
            boolean somebody = false;
            for (Member member : set.members()) {
                somebody |= schedule.rank(101, 0, member.address(), output()).isPresent();
            }
            nobody += somebody ? 0 : 1;
        }
        assertEquals(Math.exp(-1), nobody / (double) HEIGHTS, 0.025);
    }

    @Test
    void splittingStakeGainsNothing() {
        ValidatorSet whole = set(2, i -> 1_000);
        ValidatorSet split = set(11, i -> i == 1 ? 1_000 : 100);
        long wins = 0;
        long winsSplit = 0;
        for (int height = 0; height < HEIGHTS; height++) {
            wins += firstWins(whole) ? 1 : 0;
            winsSplit += firstWins(split) ? 1 : 0;
        }
        assertEquals(0.5, wins / (double) HEIGHTS, 0.025);
        assertEquals(0.5, winsSplit / (double) HEIGHTS, 0.025);
    }

    private boolean firstWins(ValidatorSet set) {
        PrivateSchedule schedule = schedule(set, 100);
        long first =
                schedule.rank(101, 0, set.members().get(0).address(), output()).orElseThrow();
        return set.members().stream()
                .skip(1)
                .allMatch(member ->
                        schedule.rank(101, 0, member.address(), output()).orElse(Long.MAX_VALUE) > first);
    }

    @Test
    void theLimitIsWhereItIsSaidToBe() {
        ValidatorSet set = set(1, i -> 10);
        // u = e^-5 of 2^256
        BigInteger limit = BigInteger.valueOf((long) (Math.exp(-5) * 0x1p62)).shiftLeft(194);
        Address who = TestView.address(1);
        PrivateSchedule schedule = schedule(set, 5);
        BigInteger little = BigInteger.ONE.shiftLeft(210);
        assertEquals(OptionalLong.empty(), schedule.rank(101, 0, who, output(limit.subtract(little))));
        long worst = schedule.rank(101, 0, who, output(limit.add(little))).orElseThrow();
        assertTrue(worst > PrivateSchedule.MAX_RANK - (1L << 22), "rank " + worst);
        BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        assertEquals(OptionalLong.of(0), schedule.rank(101, 0, who, output(most)));
        assertEquals(OptionalLong.empty(), schedule.rank(101, 0, who, output(BigInteger.ZERO)));
    }

    @Test
    void theLeastShareStillHasManyRanks() {
        ValidatorSet set = set(2, i -> i == 1 ? 1 : Amounts.MAX - 1);
        PrivateSchedule schedule = schedule(set, 10);
        BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Bytes output = output(most.subtract(BigInteger.valueOf(i + 1L).shiftLeft(190)));
            ranks.add(schedule.rank(101, 0, TestView.address(1), output).orElseThrow());
        }
        assertEquals(8, ranks.stream().distinct().count(), ranks::toString);
        assertEquals(ranks.stream().sorted().toList(), ranks);
    }

    @Test
    void theRicherHaveTheBetterRankOfTheSameDraw() {
        ValidatorSet set = set(3, i -> i * 10L);
        for (int i = 0; i < 100; i++) {
            Bytes output = output();
            long last = -1;
            for (Member member : set.members().stream()
                    .sorted((a, b) -> Long.compare(b.power(), a.power()))
                    .toList()) {
                long rank = schedule(set, 100)
                        .rank(101, 0, member.address(), output)
                        .orElse(Long.MAX_VALUE);
                assertTrue(rank > last, () -> "rank " + rank);
                last = rank;
            }
        }
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        PrivateSchedule schedule = schedule(set(2, i -> 1), 10);
        Address who = TestView.address(1);
        refuses("height is 100, must be at least 101", () -> schedule.rank(100, 0, who, output()));
        refuses("round is -1, must be 0 or more", () -> schedule.rank(101, -1, who, output()));
        refuses("bytes of output is 0, must be 64", () -> schedule.rank(101, 0, who, Bytes.EMPTY));
        refuses("validators is 0", () -> schedule(ValidatorSet.of(List.of()), 10));
        refuses("maxValidators is 0", () -> new VrfSelection(10).elect(List.of(), 0));
    }

    private static void refuses(String part, Runnable call) {
        PoSException e = assertThrows(PoSException.class, call::run);
        assertEquals(PoSError.VALIDATOR_SELECTION_FAILED, e.error());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void tenCandidatesAreTheDefault() {
        ValidatorSet set = set(3, i -> i * 10L);
        VrfSelection rule = (VrfSelection) new VrfSelectionFactory().create(Parameters.NONE);
        for (int i = 0; i < 100; i++) {
            Bytes output = output();
            for (Member member : set.members()) {
                assertEquals(
                        schedule(set, 10).rank(101, 0, member.address(), output),
                        rule.prepare(1, 101, set, Hash.ZERO).rank(101, 0, member.address(), output));
            }
        }
    }
}
