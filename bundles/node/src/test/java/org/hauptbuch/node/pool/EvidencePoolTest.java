package org.hauptbuch.node.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

class EvidencePoolTest {
    private static final int ROOM = 10_000;

    private final EvidencePool pool = new EvidencePool();

    private static Evidence evidence(int offender, int number) {
        byte[] address = new byte[20];
        address[0] = (byte) offender;
        return new Evidence("test", new Address(Bytes.of(address)), 7, Bytes.of(new byte[] {(byte) number}));
    }

    @Test
    void aBlockTakesOneOfEachOffenderOldestFirst() {
        Evidence first = evidence(1, 1);
        Evidence other = evidence(2, 1);
        assertTrue(pool.add(first));
        assertTrue(pool.add(evidence(1, 2)));
        assertTrue(pool.add(other));
        assertFalse(pool.add(first));
        assertEquals(List.of(first, other), pool.select(e -> true, ROOM));
    }

    @Test
    void theSecondOfAnOffenderStandsInForARefusedFirst() {
        Evidence refused = evidence(1, 1);
        Evidence second = evidence(1, 2);
        pool.add(refused);
        pool.add(second);
        assertEquals(List.of(second), pool.select(e -> !e.equals(refused), ROOM));
    }

    @Test
    void whatHasNoRoomWaits() {
        pool.add(evidence(1, 1));
        pool.add(evidence(2, 1));
        assertEquals(1, pool.select(e -> true, 200).size());
        assertEquals(2, pool.pending().size());
    }
}
