package org.hauptbuch.selection.vrf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** What {@link VrfSelection} is known to answer about candidates 1, 2 and 3 with as much power. */
final class VrfSelectionAnswers {
    private static final List<Member> CANDIDATES = List.of(candidate(1), candidate(2), candidate(3));

    private VrfSelectionAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer("two of three candidates", "3 2", VrfSelectionAnswers::elected),
                new KnownAnswer(
                        "ranks of six outputs, which all three draw",
                        "- - - 0 0 0 - - - 1d4f604dba5bd7fb ea7b026dd2debfd 9c52019e8c947fe - - - 154008101a069f47 "
                                + "aa004080d034fa3 71558055e023517",
                        VrfSelectionAnswers::ranks));
    }

    private static String elected() {
        return String.join(
                " ",
                new VrfSelection(10)
                        .elect(CANDIDATES, 2).stream()
                                .map(member ->
                                        Byte.toString(member.address().bytes().at(0)))
                                .toList());
    }

    /** Of the least, the greatest and four other outputs: who draws the same is ranked by power. */
    private static String ranks() {
        PrivateSchedule schedule = new VrfSelection(2).prepare(1, 101, ValidatorSet.of(CANDIDATES), Hash.ZERO);
        List<String> ranks = new ArrayList<>();
        for (Bytes output : List.of(all(0x00), all(0xff), digits(1), digits(2), digits(3), digits(4))) {
            for (Member member : CANDIDATES) {
                OptionalLong rank = schedule.rank(101, 0, member.address(), output);
                ranks.add(rank.isPresent() ? Long.toHexString(rank.getAsLong()) : "-");
            }
        }
        return String.join(" ", ranks);
    }

    private static Bytes all(int value) {
        byte[] output = new byte[SignatureScheme.PROOF_OUTPUT_LENGTH];
        Arrays.fill(output, (byte) value);
        return Bytes.of(output);
    }

    private static Bytes digits(int number) {
        byte[] half = Hash.sha256(new byte[] {(byte) number}).toArray();
        byte[] output = Arrays.copyOf(half, SignatureScheme.PROOF_OUTPUT_LENGTH);
        System.arraycopy(half, 0, output, half.length, half.length);
        return Bytes.of(output);
    }

    private static Member candidate(int number) {
        byte[] address = new byte[Address.LENGTH];
        address[0] = (byte) number;
        Bytes key = Bytes.of(new byte[KeyType.ED25519.keyLength()]);
        return new Member(new Address(Bytes.of(address)), new PublicKey(KeyType.ED25519, key), number);
    }
}
