package org.hauptbuch.selection.roundrobin;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** What {@link RoundRobinSelection} is known to answer about candidates 1, 2 and 3 with as much power. */
final class RoundRobinSelectionAnswers {
    private static final List<Member> CANDIDATES = List.of(candidate(1), candidate(2), candidate(3));

    private RoundRobinSelectionAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer("two of three candidates", "3 2", RoundRobinSelectionAnswers::elected),
                new KnownAnswer(
                        "ten turns of three candidates", "3 2 2 3 3 3 3 1 1 2", RoundRobinSelectionAnswers::proposers));
    }

    private static String elected() {
        return names(new RoundRobinSelection()
                .elect(CANDIDATES, 2).stream().map(Member::address).toList());
    }

    /** Two rounds of each of the first heights of epoch 1. */
    private static String proposers() {
        Hash seed = Hash.sha256(new byte[] {1, 2, 3});
        PublicSchedule schedule = new RoundRobinSelection().prepare(1, 101, ValidatorSet.of(CANDIDATES), seed);
        List<Address> proposers = new ArrayList<>();
        for (long height = 101; height < 106; height++) {
            proposers.add(schedule.proposer(height, 0));
            proposers.add(schedule.proposer(height, 1));
        }
        return names(proposers);
    }

    private static String names(List<Address> addresses) {
        return String.join(
                " ",
                addresses.stream()
                        .map(address -> Byte.toString(address.bytes().at(0)))
                        .toList());
    }

    private static Member candidate(int number) {
        byte[] address = new byte[Address.LENGTH];
        address[0] = (byte) number;
        Bytes key = Bytes.of(new byte[KeyType.ED25519.keyLength()]);
        return new Member(new Address(Bytes.of(address)), new PublicKey(KeyType.ED25519, key), number);
    }
}
