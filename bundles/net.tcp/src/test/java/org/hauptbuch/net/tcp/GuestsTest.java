package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** What strangers may do, without sockets and in a time of its own. */
class GuestsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Limits.OfGuests LIMITS = new Limits.OfGuests(2, 1_000, 10, 1_500, 15, 60_000, 1 << 20);

    private final Guests guests = new Guests(LIMITS, 3);

    private static InetAddress address(int... octets) throws Exception {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return InetAddress.getByAddress(bytes);
    }

    private static InetAddress v6(int network, int host) throws Exception {
        return address(0x20, 1, 0xd, 0xb8, 0, 0, 0, network, 0, 0, 0, 0, 0, 0, 0, host);
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return new PublicKey(KeyType.ED25519, Bytes.of(bytes));
    }

    @Test
    void allowanceIsABurstThenARateAndDebtIsPaidBack() {
        long now = -SECOND;
        Allowance allowance = new Allowance(10, 2, now);
        allowance.spend(20, now);
        assertEquals(0, allowance.debtNanos(now), "what two seconds allow");
        allowance.spend(1, now);
        assertEquals(SECOND / 10, allowance.debtNanos(now));
        allowance.spend(9, now + SECOND / 10);
        assertEquals(9 * SECOND / 10, allowance.debtNanos(now + SECOND / 10));
        assertEquals(0, allowance.debtNanos(now + SECOND));
        long muchLater = now + 1_000 * SECOND;
        allowance.spend(21, muchLater);
        assertEquals(SECOND / 10, allowance.debtNanos(muchLater), "no more is saved than the burst");
    }

    @Test
    void guestsAreCountedInTotalAndByAddress() throws Exception {
        InetAddress one = address(10, 0, 0, 1);
        InetAddress two = address(10, 0, 0, 2);
        assertEquals(Optional.empty(), guests.full(one, List.of(one, two)));
        assertEquals(
                Optional.of("there are 2 observers of this address already, no more are let in"),
                guests.full(one, List.of(one, one)));
        assertEquals(
                Optional.of("there are 3 observers already, no more are let in"),
                guests.full(address(10, 0, 0, 3), List.of(one, one, two)));
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() throws Exception {
        assertTrue(guests.full(v6(1, 9), List.of(v6(1, 1), v6(1, 2))).isPresent());
        assertEquals(Optional.empty(), guests.full(v6(2, 9), List.of(v6(1, 1), v6(1, 2))));
    }

    @Test
    void aLinkHasItsAllowanceAndItsAddressOneForAll() throws Exception {
        InetAddress one = address(10, 0, 0, 1);
        Guests.Meter first = guests.meter(one, 0);
        Guests.Meter second = guests.meter(one, 0);
        Guests.Meter elsewhere = guests.meter(address(10, 0, 0, 2), 0);
        first.bytes(1_000, 0);
        assertEquals(0, first.debtNanos(0));
        first.bytes(1, 0);
        assertEquals(SECOND / 1_000, first.debtNanos(0), "its own bytes");
        assertEquals(0, second.debtNanos(0));
        second.bytes(500, 0);
        assertTrue(second.debtNanos(0) > 0, "the bytes of the address");
        assertEquals(0, elsewhere.debtNanos(0));
        for (int i = 0; i < 10; i++) {
            elsewhere.message(0);
        }
        assertEquals(0, elsewhere.debtNanos(0));
        elsewhere.message(0);
        assertEquals(SECOND / 10, elsewhere.debtNanos(0), "its own messages");
        Guests.Meter reconnected = guests.meter(one, 0);
        assertTrue(reconnected.debtNanos(0) > 0, "a new connection is no new allowance");
        for (int i = 0; i < 5; i++) {
            guests.meter(address(10, 0, 0, 2), 0).message(0);
        }
        assertTrue(guests.meter(address(10, 0, 0, 2), 0).debtNanos(0) > 0, "the messages of the address");
    }

    @Test
    void aBannedGuestIsKeptOutByItsKeyAndOthersOfItsAddressForAWhile() throws Exception {
        InetAddress one = address(10, 0, 0, 1);
        guests.ban("~unknown", 600_000, 0);
        guests.meet("~01", key(1), one);
        guests.ban("~01", 600_000, 0);
        assertTrue(guests.isBanned(key(1), 599 * SECOND));
        assertTrue(guests.isBanned(one, 59 * SECOND));
        assertFalse(guests.isBanned(one, 61 * SECOND));
        assertFalse(guests.isBanned(key(1), 601 * SECOND));
        assertFalse(guests.isBanned(key(2), 0));
        assertFalse(guests.isBanned(address(10, 0, 0, 2), 0));
        guests.ban("~01", 600_000, 700 * SECOND);
        guests.ban("~01", 0, 700 * SECOND);
        assertFalse(guests.isBanned(key(1), 700 * SECOND) || guests.isBanned(one, 700 * SECOND), "forgiven");
    }

    @Test
    void refusedHandshakesAreStrikesThatTimeForgives() throws Exception {
        InetAddress one = address(10, 0, 0, 1);
        for (int i = 0; i < 20; i++) {
            assertFalse(guests.strike(one, 0), "strike " + i);
        }
        assertTrue(guests.strike(one, 0));
        assertFalse(guests.strike(one, 0), "it is said once");
        assertTrue(guests.isBanned(one, 0));
        InetAddress patient = address(10, 0, 0, 2);
        for (int i = 0; i < 100; i++) {
            assertFalse(guests.strike(patient, 3 * i * SECOND), "one in three seconds");
        }
    }

    @Test
    void whatIsRememberedIsBounded() throws Exception {
        Bans<Integer> bans = new Bans<>(3);
        for (int i = 0; i < 4; i++) {
            bans.ban(i, 1_000, 0);
        }
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (bans.millisLeft(i, 0) > 0) {
                left.add(i);
            }
        }
        assertEquals(List.of(1, 2, 3), left);
    }

    @Test
    void nobodyAsksForMoreWhileThereIsDebt() throws Exception {
        List<String> reads = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel();
        Reading reading = new Reading(channel);
        Throttle throttle = new Throttle(reading, 100);
        channel.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext context) {
                        reads.add("read");
                        context.read();
                    }
                })
                .addLast(throttle);
        throttle.open(guests.meter(address(10, 0, 0, 1), System.nanoTime()), () -> true);
        reads.clear();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[900]));
        assertTrue(channel.config().isAutoRead());
        // ten thousand seconds of debt: no clock of a slow machine pays it back
        for (int i = 0; i < 10; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[1_000_000]));
        }
        assertFalse(channel.config().isAutoRead());
        reads.clear();
        channel.read();
        channel.pipeline().read();
        assertEquals(List.of(), reads);
        reading.pause(Reading.Pause.NO_ROOM);
        reading.resume(Reading.Pause.OVER_LIMIT);
        assertFalse(channel.config().isAutoRead(), "there is another reason");
        reading.resume(Reading.Pause.NO_ROOM);
        assertTrue(channel.config().isAutoRead());
        channel.releaseInbound();
    }

    @Test
    void aGuestThatBecameAValidatorIsNotHeldUp() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel();
        Reading reading = new Reading(channel);
        Throttle throttle = new Throttle(reading, 100);
        channel.pipeline().addLast(throttle);
        throttle.open(guests.meter(address(10, 0, 0, 1), System.nanoTime()), () -> false);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1_000_000]));
        assertTrue(channel.config().isAutoRead());
        channel.releaseInbound();
    }
}
