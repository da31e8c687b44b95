package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links between honest peers. */
@Timeout(60)
class TcpLinksTest {
    private final Net net = new Net(Net.LIMITS);
    private final Recorder alice = new Recorder();
    private final Recorder bob = new Recorder();
    private final Recorder carol = new Recorder();

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void messagesGoBothWaysInOrder() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        Links atBob = net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        bob.expect("connected alice");
        assertEquals(Set.of("bob"), atAlice.connected());
        for (int i = 0; i < 500; i++) {
            atAlice.send("bob", Net.message(i));
            atBob.send("alice", Net.message(1_000 + i));
        }
        for (int i = 0; i < 500; i++) {
            bob.expect("alice: " + Net.message(i));
            alice.expect("bob: " + Net.message(1_000 + i));
        }
        assertTrue(net.refusals.isEmpty());
    }

    /** A hybrid key and its signature are fifty times as long: how long a handshake may be follows from the peers' keys. */
    @Test
    void peersOfDifferentKeyTypesLink() throws InterruptedException {
        Signer hybrid = net.hybridSigner("bob");
        Links atAlice = net.open(
                net.config(
                        Net.CHAIN,
                        net.port("alice"),
                        Map.of("bob", "127.0.0.1:" + net.port("bob")),
                        Map.of("bob", hybrid.publicKey()),
                        net.signer("alice")),
                alice);
        Links atBob = net.open(
                net.config(
                        Net.CHAIN,
                        net.port("bob"),
                        Map.of(),
                        Map.of("alice", net.signer("alice").publicKey()),
                        hybrid),
                bob);
        alice.expect("connected bob");
        bob.expect("connected alice");
        roundTrip(atAlice, "bob", bob, "alice");
        roundTrip(atBob, "alice", alice, "bob");
        assertTrue(net.refusals.isEmpty());
    }

    @Test
    void broadcastReachesEveryConnectedPeer() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob,carol,dave", "bob,carol,dave"), alice);
        net.open(net.config("bob", "alice", ""), bob);
        net.open(net.config("carol", "alice", ""), carol);
        bob.expect("connected alice");
        carol.expect("connected alice");
        assertEquals(Set.of("connected bob", "connected carol"), Set.of(alice.next(), alice.next()));
        atAlice.broadcast(Net.message(7));
        bob.expect("alice: 0007");
        carol.expect("alice: 0007");
        assertEquals(List.of("bob", "carol"), List.copyOf(atAlice.connected()));
        atAlice.send("dave", Net.message(8));
        atAlice.send("nobody", Net.message(8));
    }

    @Test
    void largestMessageArrivesAndALargerOneIsRefusedBySender() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        Bytes largest = Bytes.of(new byte[Net.MAX_FRAME]);
        atAlice.send("bob", largest);
        bob.expect("connected alice", "alice: " + largest);
        for (int length : new int[] {0, Net.MAX_FRAME + 1}) {
            Bytes message = Bytes.of(new byte[length]);
            String expected = "message: " + length + " bytes, must be 1 to 100000";
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> atAlice.send("bob", message))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> atAlice.broadcast(message))
                            .getMessage());
        }
    }

    /** Both dial; whichever connections come to be, one stays, the same on both sides. */
    @Test
    void oneLinkStaysWhereBothDial() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            Recorder left = new Recorder();
            Recorder right = new Recorder();
            Links atAlice = net.open(net.config("alice", "bob", "bob"), left);
            Links atBob = net.open(net.config("bob", "alice", "alice"), right);
            left.until("connected bob");
            right.until("connected alice");
            // until the tie is broken, a link may go and a message be lost with it
            int rounds = 0;
            do {
                assertTrue(rounds++ < 1_000, "no link that stays");
                roundTrip(atAlice, "bob", right, "alice");
                roundTrip(atBob, "alice", left, "bob");
            } while (!atAlice.connected().equals(Set.of("bob"))
                    || !atBob.connected().equals(Set.of("alice")));
            atAlice.close();
            atBob.close();
        }
    }

    private static void roundTrip(Links from, String to, Recorder there, String sender) throws InterruptedException {
        boolean arrived = false;
        for (int i = 0; i < 1_000 && !arrived; i++) {
            from.send(to, Net.message(i));
            arrived = there.sawWithin(sender + ": ", 20);
        }
        assertTrue(arrived);
    }

    @Test
    void peerIsDialledUntilItIsThereAndAgainAfterARestart() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        for (int i = 0; i < 3; i++) {
            Links atBob = net.open(net.config("bob", "alice", ""), bob);
            alice.expect("connected bob");
            bob.expect("connected alice");
            atAlice.send("bob", Net.message(i));
            bob.expect("alice: " + Net.message(i));
            atBob.close();
            alice.expect("disconnected bob");
            assertEquals(Set.of(), atAlice.connected());
        }
    }

    @Test
    void acceptorThatCannotDialIsDialledAgainByItsPeer() throws InterruptedException {
        net.open(net.config("bob", "alice", ""), bob);
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        bob.expect("connected alice");
        atAlice.close();
        bob.expect("disconnected alice");
        net.open(net.config("alice", "bob", "bob"), alice);
        bob.expect("connected alice");
    }

    @Test
    void nothingIsDeliveredAfterClose() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        Links atBob = net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        bob.expect("connected alice");
        for (int i = 0; i < 1_000; i++) {
            atAlice.send("bob", Net.message(i));
        }
        atBob.close();
        int heard = bob.size();
        alice.expect("disconnected bob");
        atBob.close();
        assertEquals(heard, bob.size());
        assertEquals(Set.of(), atBob.connected());
        atBob.broadcast(Net.message(1));
    }

    @Test
    void closeFromWithinACallbackReturnsAndIsTheLast() throws InterruptedException {
        AtomicReference<Links> own = new AtomicReference<>();
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        own.set(net.open(net.config("bob", "alice", ""), new Delegating(bob) {
            @Override
            public boolean received(String peer, Bytes message) {
                own.get().close();
                return super.received(peer, message);
            }
        }));
        alice.expect("connected bob");
        bob.expect("connected alice");
        atAlice.send("bob", Net.message(1));
        atAlice.send("bob", Net.message(2));
        bob.expect("alice: 0001");
        alice.expect("disconnected bob");
        assertEquals(0, bob.size());
    }

    @Test
    void handlerThatThrowsCostsThatConnectionOnly() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        net.open(net.config("bob", "alice", ""), new Delegating(bob) {
            @Override
            public boolean received(String peer, Bytes message) {
                if (message.equals(Net.message(666))) {
                    throw new IllegalStateException("as the test wants it");
                }
                return super.received(peer, message);
            }
        });
        bob.expect("connected alice");
        alice.expect("connected bob");
        atAlice.send("bob", Net.message(666));
        bob.expect("disconnected alice", "connected alice");
        alice.expect("disconnected bob", "connected bob");
        atAlice.send("bob", Net.message(1));
        bob.expect("alice: 0001");
    }

    private static class Delegating implements LinkHandler {
        private final LinkHandler next;

        Delegating(LinkHandler next) {
            this.next = next;
        }

        @Override
        public void connected(String peer) {
            next.connected(peer);
        }

        @Override
        public void disconnected(String peer) {
            next.disconnected(peer);
        }

        @Override
        public boolean received(String peer, Bytes message) {
            return next.received(peer, message);
        }

        @Override
        public boolean ready() {
            return next.ready();
        }
    }

    @Test
    void messageWithoutRoomComesAgainInItsPlace() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "bob", "bob"), alice);
        net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        bob.expect("connected alice");
        bob.room(false);
        for (int i = 0; i < 200; i++) {
            atAlice.send("bob", Net.message(i));
        }
        bob.expect("no room for 0000");
        bob.room(true);
        for (int i = 0; i < 200; i++) {
            bob.expect("alice: " + Net.message(i));
        }
    }

    @Test
    void portInUseIsNamed() {
        net.open(net.config("alice", "bob", ""), alice);
        UncheckedIOException refused = assertThrows(
                UncheckedIOException.class, () -> net.open(net.config("alice", "bob", ""), new Recorder()));
        assertTrue(
                refused.getMessage().startsWith("cannot listen on 127.0.0.1:" + net.port("alice") + ": "),
                refused.getMessage());
    }

    @Test
    void unknownHostToListenOnIsNamed() {
        LinkConfig config = net.config("alice", "bob", "");
        LinkConfig elsewhere = new LinkConfig(
                config.chain(),
                "host.invalid",
                config.bindPort(),
                Map.of(),
                config.trusted(),
                config.identity(),
                config.scheme(),
                config.maxFrameBytes());
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> net.open(elsewhere, alice));
        assertTrue(refused.getMessage().startsWith("cannot listen on host.invalid:"), refused.getMessage());
    }

    @Test
    void configurationThatCannotWorkIsRefused() {
        PublicKey key = net.signer("bob").publicKey();
        int port = net.port("alice");
        assertRefused(
                net.config(Net.CHAIN, port, Map.of("bob", "h:1"), Map.of(), net.signer("alice")),
                "peers: bob has no key");
        assertRefused(
                net.config(Net.CHAIN, port, Map.of(), Map.of("bob", key, "carol", key), net.signer("alice")),
                "trusted: bob and carol have the same key");
        for (String address : List.of("h", "h:0", "h:65536", "h:x", ":1", "")) {
            assertRefused(
                    net.config(Net.CHAIN, port, Map.of("bob", address), Map.of("bob", key), net.signer("alice")),
                    "peer address: '" + address + "', must be host:port");
        }
        for (int bytes : new int[] {-1, 0, (1 << 30) + 1}) {
            assertRefused(
                    new LinkConfig(
                            Net.CHAIN, "127.0.0.1", port, Map.of(), Map.of(), net.signer("alice"), net.scheme, bytes),
                    "maxFrameBytes: " + bytes + ", must be 1 to 1073741824");
        }
    }

    private void assertRefused(LinkConfig config, String reason) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> net.open(config, alice));
        assertTrue(refused.getMessage().startsWith(reason), refused.getMessage());
    }

    @Test
    void ownEntryIsNoPeer() throws InterruptedException {
        Links atAlice = net.open(net.config("alice", "alice,bob", "alice,bob"), alice);
        net.open(net.config("bob", "alice,bob", "bob"), bob);
        alice.expect("connected bob");
        assertEquals(Set.of("bob"), atAlice.connected());
        assertTrue(net.refusals.isEmpty());
    }

    @Test
    void silentPeerThatDoesNotReadCostsMessagesAndNotMemory() throws IOException, InterruptedException {
        TcpLinks atAlice = (TcpLinks) net.open(net.config("alice", "bob", ""), alice);
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("bob"));
            alice.expect("connected bob");
            Bytes message = Bytes.of(new byte[Net.MAX_FRAME]);
            int sent = 0;
            while (atAlice.dropped("bob") == 0) {
                atAlice.send("bob", message);
                sent++;
                assertTrue(sent < 10_000, "10,000 messages of 100 kB are queued");
            }
            // what the queue and the kernel took is there, whole
            for (int i = 0; i < 5; i++) {
                assertEquals(message, peer.readMessage());
            }
        }
        alice.expect("disconnected bob");
    }

    @Test
    void threadsAreNamedDaemonsAndEndWithTheFactory() throws InterruptedException {
        net.open(net.config("alice", "bob", "bob"), alice);
        net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        List<Thread> threads = networkThreads();
        assertEquals(
                List.of("hauptbuch-net-1", "hauptbuch-net-2", "hauptbuch-net-names", "hauptbuch-net-tls"),
                threads.stream().map(Thread::getName).sorted().toList());
        assertTrue(threads.stream().allMatch(Thread::isDaemon));
        net.close();
        net.close();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
        assertThrows(IllegalStateException.class, () -> net.open(net.config("carol", "bob", ""), carol));
    }

    private static List<Thread> networkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hauptbuch-net-"))
                .toList();
    }
}
