package org.hauptbuch.net.tcp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the accepted connections whose handshake is under way: strangers can take no more sockets and memory than
 * this allows. Used on the event loop only.
 */
final class Admissions {
    private final int perAddress;
    private final int ofBanned;
    private final int total;
    private final Map<InetAddress, Integer> pending = new HashMap<>();
    private int pendingTotal;

    /**
     * @param perAddress how many of one address
     * @param ofBanned how many of one whose strangers are kept out: peers may have it, too
     * @param total how many of all
     */
    Admissions(int perAddress, int ofBanned, int total) {
        this.perAddress = perAddress;
        this.ofBanned = ofBanned;
        this.total = total;
    }

    /** Counts one more of {@code address}, or says why it is one too many. */
    Optional<String> enter(InetAddress address, boolean banned) {
        int most = banned ? ofBanned : perAddress;
        int ofAddress = pending.getOrDefault(Guests.owner(address), 0);
        if (ofAddress >= most) {
            return Optional.of("more than " + most + " handshakes of one address under way");
        }
        if (pendingTotal >= total) {
            return Optional.of("more than " + total + " handshakes under way");
        }
        pending.put(Guests.owner(address), ofAddress + 1);
        pendingTotal++;
        return Optional.empty();
    }

    /** One that had entered is through, or gone. */
    void leave(InetAddress address) {
        pending.computeIfPresent(Guests.owner(address), (same, count) -> count == 1 ? null : count - 1);
        pendingTotal--;
    }
}
