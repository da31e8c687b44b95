package org.hauptbuch.net.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.value.PublicKey;

/**
 * The strangers among the peers: how many, from where, how much they may send, and who of them is kept out. What is
 * known of an address outlives its links, so that a new connection is no new allowance. Used on the event loop only.
 */
final class Guests {
    /** So many keys and addresses are remembered. */
    private static final int REMEMBERED = 1_024;

    /** What a refused handshake costs its address, of the 60 that a minute pays back. */
    private static final int STRIKE = 3;

    private static final int STRIKES_SECONDS = 60;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Limits.OfGuests limits;
    private final int most;
    private final Bans<PublicKey> keys = new Bans<>(REMEMBERED);
    private final Bans<InetAddress> addresses = new Bans<>(REMEMBERED);
    private final Map<InetAddress, Origin> origins = new LinkedHashMap<>();
    private final Map<String, Guest> met = new LinkedHashMap<>();

    private record Guest(PublicKey key, InetAddress address) {}

    /** What all links of one address may send, and how often its handshakes failed. */
    private static final class Origin {
        private final Allowance bytes;
        private final Allowance messages;
        private final Allowance strikes;

        private Origin(Limits.OfGuests limits, long now) {
            bytes = new Allowance(limits.addressBytes(), 1, now);
            messages = new Allowance(limits.addressMessages(), 1, now);
            strikes = new Allowance(1, STRIKES_SECONDS, now);
        }
    }

    /** What one link may send, by itself and with the others of its address. */
    static final class Meter {
        private final Allowance bytes;
        private final Allowance messages;
        private final Origin origin;

        private Meter(Limits.OfGuests limits, Origin origin, long now) {
            this.bytes = new Allowance(limits.linkBytes(), 1, now);
            this.messages = new Allowance(limits.linkMessages(), 1, now);
            this.origin = origin;
        }

        void bytes(long count, long now) {
            bytes.spend(count, now);
            origin.bytes.spend(count, now);
        }

        void message(long now) {
            messages.spend(1, now);
            origin.messages.spend(1, now);
        }

        /** How long nothing more may come, nanoseconds. */
        long debtNanos(long now) {
            return Math.max(
                    Math.max(bytes.debtNanos(now), messages.debtNanos(now)),
                    Math.max(origin.bytes.debtNanos(now), origin.messages.debtNanos(now)));
        }
    }

    /** @param most how many guests there may be at a time */
    Guests(Limits.OfGuests limits, int most) {
        this.limits = limits;
        this.most = most;
    }

    /**
     * Whose address it is: of IPv6 the network of 64 bits, which one owner has as a whole (RFC 6177).
     *
     * @return an address that is the same for all addresses of the owner
     */
    static InetAddress owner(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), 16);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** Why there is no room for one more of {@code address} beside the guests of {@code present}, if there is none. */
    Optional<String> full(InetAddress address, Collection<InetAddress> present) {
        if (present.size() >= most) {
            return Optional.of("there are " + most + " observers already, no more are let in");
        }
        InetAddress owner = owner(address);
        if (present.stream().filter(other -> owner(other).equals(owner)).count() >= limits.perAddress()) {
            return Optional.of(
                    "there are " + limits.perAddress() + " observers of this address already, no more are let in");
        }
        return Optional.empty();
    }

    /** The allowances for a new link of {@code address}. */
    Meter meter(InetAddress address, long now) {
        return new Meter(limits, origin(owner(address), now), now);
    }

    /** A stranger is linked under this name. */
    void meet(String name, PublicKey key, InetAddress address) {
        met.remove(name);
        met.put(name, new Guest(key, owner(address)));
        forgetOldest(met);
    }

    /** Keeps a stranger out by its key for so long, and others of its address for a while; 0 forgives. */
    void ban(String name, long millis, long now) {
        Guest guest = met.get(name);
        if (guest != null) {
            keys.ban(guest.key(), millis, now);
            addresses.ban(guest.address(), Math.min(millis, limits.addressBanMillis()), now);
        }
    }

    /** A handshake of {@code address} was refused. Returns true where that was one too many: it is kept out now. */
    boolean strike(InetAddress address, long now) {
        InetAddress owner = owner(address);
        Origin origin = origin(owner, now);
        origin.strikes.spend(STRIKE, now);
        if (origin.strikes.debtNanos(now) == 0 || addresses.millisLeft(owner, now) > 0) {
            return false;
        }
        addresses.ban(owner, limits.addressBanMillis(), now);
        return true;
    }

    /** Whether strangers of this address are kept out. */
    boolean isBanned(InetAddress address, long now) {
        return addresses.millisLeft(owner(address), now) > 0;
    }

    /** Whether this stranger is kept out. */
    boolean isBanned(PublicKey key, long now) {
        return keys.millisLeft(key, now) > 0;
    }

    private Origin origin(InetAddress owner, long now) {
        // the one that was used longest ago stands first
        Origin origin = origins.remove(owner);
        if (origin == null) {
            origin = new Origin(limits, now);
        }
        origins.put(owner, origin);
        forgetOldest(origins);
        return origin;
    }

    private static void forgetOldest(Map<?, ?> entries) {
        if (entries.size() > REMEMBERED) {
            Iterator<?> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
