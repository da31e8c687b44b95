package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of a link that need no socket. */
class PartsTest {
    private final Net net = new Net(Net.LIMITS);

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void framesAreCutHoweverTheyArrive() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(3));
        for (byte octet : new byte[] {0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3}) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }
        assertEquals(Bytes.fromHex("0708"), channel.readInbound());
        assertEquals(Bytes.EMPTY, channel.readInbound());
        assertEquals(Bytes.fromHex("010203"), channel.readInbound());
        assertNull(channel.readInbound());
        channel.finish();
    }

    @Test
    void lengthOverTheBoundIsRefusedWithoutItsBody() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(3));
        DecoderException refused = assertThrows(
                DecoderException.class, () -> channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 4})));
        assertEquals(
                "Security validation failed: frame length is 4, must be 0 to 3",
                refused.getCause().getMessage());
        channel.finish();
    }

    @Test
    void inboxStopsReadingAndGoesOnInOrder() {
        Recorder recorder = new Recorder();
        EmbeddedChannel channel = new EmbeddedChannel();
        Reading reading = new Reading(channel);
        Inbox inbox = new Inbox(reading, recorder, "bob");
        recorder.room(false);
        inbox.accept(Net.message(1));
        inbox.accept(Net.message(2));
        assertTrue(reading.isPaused());
        assertFalse(channel.config().isAutoRead());
        ask(channel);
        assertFalse(channel.config().isAutoRead());
        recorder.room(true);
        ask(channel);
        assertFalse(reading.isPaused());
        assertTrue(channel.config().isAutoRead());
        inbox.accept(Net.message(3));
        assertEquals(List.of("no room for 0001", "bob: 0001", "bob: 0002", "bob: 0003"), recorder.soFar());
        channel.finish();
    }

    @Test
    void closedInboxDeliversNothingMore() {
        Recorder recorder = new Recorder();
        EmbeddedChannel channel = new EmbeddedChannel();
        Reading reading = new Reading(channel);
        Inbox inbox = new Inbox(reading, recorder, "bob");
        recorder.room(false);
        inbox.accept(Net.message(1));
        inbox.close();
        recorder.room(true);
        inbox.accept(Net.message(2));
        ask(channel);
        assertEquals(List.of("no room for 0001"), recorder.soFar());
        channel.finish();
    }

    private static void ask(EmbeddedChannel channel) {
        channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void refusalsAreTenLinesInTenSeconds() {
        AtomicLong nanos = new AtomicLong();
        List<String> lines = new ArrayList<>();
        Refusals refusals = new Refusals(lines::add, nanos::get);
        for (int i = 0; i < 25; i++) {
            refusals.say("line " + i);
        }
        assertEquals(10, lines.size());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        refusals.say("too early");
        assertEquals(10, lines.size());
        nanos.incrementAndGet();
        refusals.say("again");
        assertEquals(List.of("links: 16 more refusals were not logged", "again"), lines.subList(10, lines.size()));
    }

    @Test
    void admissionsAreBoundedByAddressAndInTotal() throws Exception {
        InetAddress one = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        InetAddress two = InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
        Admissions admissions = new Admissions(2, 1, 3);
        assertEquals(Optional.empty(), admissions.enter(one, false));
        assertEquals(Optional.empty(), admissions.enter(one, false));
        assertEquals(Optional.of("more than 2 handshakes of one address under way"), admissions.enter(one, false));
        assertEquals(Optional.empty(), admissions.enter(two, false));
        assertEquals(Optional.of("more than 3 handshakes under way"), admissions.enter(two, false));
        admissions.leave(one);
        assertEquals(Optional.empty(), admissions.enter(one, false));
    }

    @Test
    void everyHelloButAWholeOneIsRefused() {
        byte[] hello = RawPeer.helloOf(net.signer("bob")).toArray();
        assertEquals("bob", handshake().hear(Bytes.of(hello)));
        for (int length = 0; length < hello.length; length++) {
            assertRefused(Arrays.copyOf(hello, length), "");
        }
        assertRefused(Arrays.copyOf(hello, hello.length + 1), "encoding is 1 bytes more");
        assertRefused(with(hello, 0, 0), "link magic is 00424c4b, must be 48424c4b");
        assertRefused(with(hello, 4, 1), "link version is 1, must be 2");
        assertRefused(with(hello, 5, hello[5] ^ 1), "chain is ");
        assertRefused(with(hello, 69, 9), "key type: 9, must be 1");
        assertRefused(with(hello, 70, hello[70] ^ 1), "link key is ");
    }

    @Test
    void proofIsBoundToCertificateNoncesKeysAndRoles() {
        Signer alice = net.signer("alice");
        Signer bob = net.signer("bob");
        Handshake dialler = handshake("alice", "bob", true);
        Handshake acceptor = handshake("bob", "alice", false);
        assertEquals("alice", acceptor.hear(dialler.hello()));
        assertEquals("bob", dialler.hear(acceptor.hello()));
        acceptor.verify(dialler.proof());
        dialler.verify(acceptor.proof());
        assertThrows(PoSException.class, () -> acceptor.verify(acceptor.proof()));
        assertThrows(PoSException.class, () -> dialler.verify(dialler.proof()));
        assertThrows(PoSException.class, () -> dialler.verify(Bytes.EMPTY));
        acceptor.bind(Hash.sha256(new byte[0]));
        assertThrows(PoSException.class, () -> acceptor.verify(dialler.proof()), "another certificate");
        Handshake later = handshake("bob", "alice", false);
        later.hear(dialler.hello());
        assertFalse(later.hello().equals(acceptor.hello()));
        assertThrows(PoSException.class, () -> later.verify(dialler.proof()));
    }

    private Handshake handshake() {
        return handshake("alice", "bob", false);
    }

    private Handshake handshake(String name, String trusted, boolean dialled) {
        LinkConfig config = net.config(name, trusted, "");
        Handshake handshake = new Handshake(config, new Roster(config), dialled);
        handshake.bind(Hash.ZERO);
        return handshake;
    }

    private void assertRefused(byte[] hello, String reason) {
        PoSException refused =
                assertThrows(PoSException.class, () -> handshake().hear(Bytes.of(hello)));
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, refused.error());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private static byte[] with(byte[] bytes, int index, int octet) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) octet;
        return changed;
    }

    @Test
    void helloIsBoundToItsSize() {
        assertEquals(
                102,
                Handshake.hello(Net.CHAIN, Hash.ZERO.bytes(), net.signer("bob").publicKey())
                        .length());
    }
}
