package org.hauptbuch.examples.selection.richest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** Plain JUnit: no container, no network. */
final class RichestSelectionTest {
    private final RichestSelection rule = (RichestSelection) new RichestSelectionFactory().create(Parameters.NONE);

    @Test
    void electsTheRichestAndTheSmallerAddressAmongEquals() {
        List<Member> candidates = List.of(member(1, 5), member(2, 9), member(3, 5), member(4, 7));
        assertEquals(List.of(member(2, 9), member(4, 7), member(1, 5)), rule.elect(candidates, 3));
        assertEquals(4, rule.elect(candidates, 100).size());
    }

    @Test
    void theRichestProposesFirstThenTheNext() {
        ValidatorSet set = ValidatorSet.of(List.of(member(1, 5), member(2, 9), member(3, 7)));
        PublicSchedule schedule = rule.prepare(3, 301, set, Hash.ZERO);
        assertEquals(address(2), schedule.proposer(301, 0));
        assertEquals(address(3), schedule.proposer(302, 0));
        assertEquals(address(1), schedule.proposer(303, 0));
        assertEquals(address(2), schedule.proposer(304, 0));
    }

    @Test
    void aFailedRoundMovesOnToTheNext() {
        ValidatorSet set = ValidatorSet.of(List.of(member(1, 5), member(2, 9), member(3, 7)));
        PublicSchedule schedule = rule.prepare(3, 301, set, Hash.ZERO);
        assertEquals(address(3), schedule.proposer(301, 1));
        assertEquals(address(1), schedule.proposer(301, 2));
        assertEquals(address(3), schedule.proposer(301, Integer.MAX_VALUE)); // 2^31-1 = 3k + 1
    }

    @Test
    void refusesEveryParameter() {
        Parameters parameters = Parameters.of(Map.of("poorest", "true"));
        PoSException e = assertThrows(PoSException.class, () -> new RichestSelectionFactory().create(parameters));
        assertTrue(e.getMessage().contains("poorest"), e.getMessage());
    }

    private static Member member(int n, long power) {
        return new Member(address(n), new PublicKey(KeyType.ED25519, Hash.ZERO.bytes()), power);
    }

    private static Address address(int n) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) n;
        return new Address(Bytes.of(bytes));
    }
}
