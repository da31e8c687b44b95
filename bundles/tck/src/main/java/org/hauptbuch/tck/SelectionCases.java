package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
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

    /** Who proposes in the first rounds of some heights. */
    static List<Address> turns(Schedule schedule, long first) {
        List<Address> turns = new ArrayList<>();
        for (long height = first; height < first + 100; height++) {
            for (int round = 0; round < 3; round++) {
                turns.add(schedule.proposer(height, round));
            }
        }
        return turns;
    }

    private static List<Member> members(int n, IntToLongFunction power) {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            members.add(new Member(TestView.address(i), TestView.key(i), power.applyAsLong(i)));
        }
        return members;
    }
}
