package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Candidates of {@link SelectionRuleContract}. */
final class SelectionCases {
    static final Hash SEED = Hash.sha256(new byte[] {1});

    private SelectionCases() {}

    /** One and many, poor and rich, equal and not. */
    static List<List<Member>> candidates() {
        Random random = new Random(1);
        return List.of(
                members(1, i -> 1),
                members(1, i -> Amounts.MAX),
                members(4, i -> 10),
                members(7, i -> i * 1_000L),
                members(100, i -> Amounts.MAX / 100),
                members(150, i -> 1 + random.nextInt(50)));
    }

    /** One with nearly all the power there can be, the others with the least. */
    static ValidatorSet lopsided(int n) {
        return ValidatorSet.of(members(n, i -> i == 1 ? Amounts.MAX - n : 1));
    }

    static Set<Address> addresses(List<Member> members) {
        Set<Address> addresses = new TreeSet<>();
        members.forEach(member -> addresses.add(member.address()));
        return addresses;
    }

    /** All that a schedule of {@code set} says of the first rounds of some heights. */
    static List<Turn> turns(Schedule schedule, ValidatorSet set, long first) {
        List<Turn> turns = new ArrayList<>();
        for (long height = first; height < first + 100; height++) {
            for (int round = 0; round < 3; round++) {
                turns.add(turn(schedule, set, height, round));
            }
        }
        return turns;
    }

    /**
     * Who may propose in a round.
     *
     * @param first who goes first, if anybody may
     * @param ranks of all members, by ascending address
     */
    record Turn(Optional<Address> first, List<OptionalLong> ranks) {}

    /** What a schedule says of one round, with made-up draws where it is private. */
    static Turn turn(Schedule schedule, ValidatorSet set, long height, int round) {
        if (schedule instanceof PublicSchedule known) {
            Address proposer = known.proposer(height, round);
            assertTrue(set.contains(proposer), () -> proposer + " is no member and proposes");
        }
        Optional<Address> first = Optional.empty();
        long least = Long.MAX_VALUE;
        List<OptionalLong> ranks = new ArrayList<>();
        for (Member member : set.members()) {
            OptionalLong rank = schedule.rank(height, round, member.address(), draw(member.address(), height, round));
            if (rank.isPresent()) {
                long value = rank.getAsLong();
                assertTrue(
                        value >= 0 && value <= PrivateSchedule.MAX_RANK,
                        () -> "rank " + value + " of " + member.address() + ", must be 0 to "
                                + PrivateSchedule.MAX_RANK);
                if (value < least) {
                    least = value;
                    first = Optional.of(member.address());
                }
            }
            ranks.add(rank);
        }
        Address stranger = TestView.address(251);
        assertEquals(
                OptionalLong.empty(),
                schedule.rank(height, round, stranger, draw(stranger, height, round)),
                "a stranger's rank");
        return new Turn(first, ranks);
    }

    private static Bytes draw(Address address, long height, int round) {
        Bytes half = new Writer()
                .fixed(address.bytes())
                .u64(height)
                .u32(round)
                .sha256()
                .bytes();
        return new Writer()
                .fixed(half)
                .fixed(Hash.sha256(half.toArray()).bytes())
                .toBytes();
    }

    private static List<Member> members(int n, IntToLongFunction power) {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            members.add(new Member(TestView.address(i), TestView.key(i), power.applyAsLong(i)));
        }
        return members;
    }
}
