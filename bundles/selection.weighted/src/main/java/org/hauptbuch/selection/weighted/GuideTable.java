package org.hauptbuch.selection.weighted;

import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.value.Address;

/**
 * Finds the validator that a ticket belongs to. Every unit of power is one ticket, numbered from 0 in the order of the
 * validators' addresses. The tickets are cut into at most 2n ranges of equal length (a power of two); for each the
 * table knows the validator of its first ticket, and the few validators within a range are searched by halving. Source:
 * H. C. Chen, Y. Asau: On Generating Random Variates from an Empirical Distribution, AIIE Transactions 6 (1974).
 * A lookup takes O(1) steps on average over the tickets and O(log n) for the worst ticket, 20 bytes for each validator.
 */
final class GuideTable {
    private final Address[] addresses;
    private final long[] ends;
    private final int[] guide;
    private final int shift;

    private GuideTable(Address[] addresses, long[] ends, int[] guide, int shift) {
        this.addresses = addresses;
        this.ends = ends;
        this.guide = guide;
        this.shift = shift;
    }

    /** The table of one or more members. */
    static GuideTable of(List<Member> members) {
        int n = members.size();
        Address[] addresses = new Address[n];
        long[] ends = new long[n];
        long end = 0;
        for (int i = 0; i < n; i++) {
            addresses[i] = members.get(i).address();
            end = Math.addExact(end, members.get(i).power());
            ends[i] = end;
        }
        int shift = 0;
        while ((end - 1) >>> shift >= 2L * n) {
            shift++;
        }
        int ranges = (int) ((end - 1) >>> shift) + 1;
        // one entry more: where the search in the last range stops
        int[] guide = new int[ranges + 1];
        int owner = 0;
        for (int range = 0; range < ranges; range++) {
            long first = (long) range << shift;
            while (ends[owner] <= first) {
                owner++;
            }
            guide[range] = owner;
        }
        guide[ranges] = n - 1;
        return new GuideTable(addresses, ends, guide, shift);
    }

    /** The number of tickets, 1 or more. */
    long tickets() {
        return ends[ends.length - 1];
    }

    /** Whose {@code ticket} it is, 0 to {@link #tickets()} - 1. */
    Address owner(long ticket) {
        int range = (int) (ticket >>> shift);
        int low = guide[range];
        int high = guide[range + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= ticket) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return addresses[low];
    }
}
