package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links with strangers. Alice names bob in her configuration, and lets in four others, three of them of one address. */
@Timeout(60)
class ObserverTest {
    private final Net net = new Net(Net.LIMITS);
    private final Recorder alice = new Recorder();
    private final Set<PublicKey> validators = ConcurrentHashMap.newKeySet();
    private Links atAlice;

    @BeforeEach
    void open() {
        atAlice = net.open(net.open(net.config("alice", "bob", ""), 4, validators::contains), alice);
    }

    @AfterEach
    void close() {
        net.close();
    }

    private String name(String who) {
        return "~" + net.signer(who).publicKey().bytes().hex().substring(0, 12);
    }

    /** Links as {@code who}; the caller closes it. */
    private RawPeer link(String who) throws IOException, InterruptedException {
        RawPeer peer = net.raw("alice");
        peer.shakeHands(net.signer(who));
        alice.expect("connected " + name(who));
        return peer;
    }

    @Test
    void aStrangerIsLinkedUnderANameOfItsKeyAndSpokenWith() throws IOException, InterruptedException {
        try (RawPeer erin = link("erin")) {
            erin.frame(Net.message(1));
            alice.expect(name("erin") + ": 0001");
            atAlice.send(name("erin"), Net.message(2));
            assertEquals(Net.message(2), erin.readMessage());
            atAlice.broadcast(Net.message(3));
            assertEquals(Net.message(3), erin.readMessage());
            assertEquals(Set.of(name("erin")), atAlice.connected());
        }
        alice.expect("disconnected " + name("erin"));
        assertEquals(0, net.refusals.size());
    }

    @Test
    void aNodeThatNobodyKnowsJoinsByDialling() throws InterruptedException {
        Recorder erin = new Recorder();
        Links atErin = net.open(net.config("erin", "alice", "alice"), erin);
        erin.expect("connected alice");
        alice.expect("connected " + name("erin"));
        atErin.send("alice", Net.message(4));
        alice.expect(name("erin") + ": 0004");
    }

    @Test
    void aStrangerWithoutItsKeyIsRefused() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            Bytes statement = peer.exchangeHellos(RawPeer.helloOf(net.signer("erin")));
            peer.frame(net.signer("mallory").sign(statement));
            peer.expectEnd();
        }
        net.expectRefusal("the signature is not that of link key");
    }

    @Test
    void thereIsNoRoomForAFourthOfOneAddressUntilOneLeaves() throws IOException, InterruptedException {
        List<RawPeer> peers = new ArrayList<>();
        for (String who : List.of("erin", "frank", "grace")) {
            peers.add(link(who));
        }
        try (RawPeer late = net.raw("alice")) {
            late.shakeHands(net.signer("heidi"));
            late.expectEnd();
        }
        net.expectRefusal("there are 3 observers of this address already");
        // the same key again is no fourth
        try (RawPeer again = net.raw("alice")) {
            again.shakeHands(net.signer("erin"));
            alice.expect("disconnected " + name("erin"), "connected " + name("erin"));
        }
        alice.expect("disconnected " + name("erin"));
        link("heidi").close();
        for (RawPeer peer : peers) {
            peer.close();
        }
    }

    @Test
    void aPeerOfTheConfigurationAndAValidatorHaveRoomWhereObserversHaveNone() throws IOException, InterruptedException {
        List<RawPeer> peers = new ArrayList<>();
        for (String who : List.of("erin", "frank", "grace")) {
            peers.add(link(who));
        }
        validators.add(net.signer("heidi").publicKey());
        peers.add(link("heidi"));
        RawPeer bob = net.raw("alice");
        peers.add(bob);
        bob.shakeHands(net.signer("bob"));
        alice.expect("connected bob");
        // and one that becomes a validator makes room for another
        validators.add(net.signer("erin").publicKey());
        peers.add(link("ivan"));
        assertEquals(6, atAlice.connected().size());
        for (RawPeer peer : peers) {
            peer.close();
        }
    }

    @Test
    void nobodyIsLetInWhereThereAreToBeNoObservers() throws IOException, InterruptedException {
        net.open(net.open(net.config("carol", "bob", ""), 0, key -> true), new Recorder());
        try (RawPeer peer = net.raw("carol")) {
            peer.frame(RawPeer.helloOf(net.signer("erin")));
            peer.expectEnd();
        }
        net.expectRefusal("must be one of the 1 trusted keys");
    }

    @Test
    void aBannedObserverIsKeptOutAndSoAreOthersOfItsAddressButNoPeer() throws IOException, InterruptedException {
        try (RawPeer erin = link("erin")) {
            atAlice.ban(name("erin"), 600_000);
            alice.expect("disconnected " + name("erin"));
            erin.expectEnd();
        }
        for (String who : List.of("erin", "frank")) {
            try (RawPeer again = net.raw("alice")) {
                again.exchangeHellos(RawPeer.helloOf(net.signer(who)));
                again.expectEnd();
            }
        }
        validators.add(net.signer("heidi").publicKey());
        try (RawPeer bob = net.raw("alice");
                RawPeer heidi = link("heidi")) {
            bob.shakeHands(net.signer("bob"));
            alice.expect("connected bob");
            heidi.frame(Net.message(9));
            alice.expect(name("heidi") + ": 0009");
        }
        assertEquals(
                Set.of("disconnected bob", "disconnected " + name("heidi")),
                new TreeSet<>(Set.of(alice.next(), alice.next())));
        atAlice.ban(name("erin"), 0);
        link("erin").close();
        assertEquals(0, net.refusals.size(), "a ban is no news for each attempt");
    }

    @Test
    void twentyRefusedHandshakesKeepStrangersOfAnAddressOutAndNoPeer() throws IOException, InterruptedException {
        for (int i = 0; i < 21; i++) {
            try (RawPeer peer = net.raw("alice")) {
                peer.frame(Bytes.of(new byte[100]));
                peer.expectEnd();
            }
        }
        try (RawPeer erin = net.raw("alice")) {
            erin.exchangeHellos(RawPeer.helloOf(net.signer("erin")));
            erin.expectEnd();
        }
        try (RawPeer bob = net.raw("alice")) {
            bob.shakeHands(net.signer("bob"));
            alice.expect("connected bob");
        }
        assertTrue(net.refusals.size() <= 11, "ten lines and how many more");
    }

    /** What is over the allowance of a second waits in the sender's socket, and all of it comes in the end. */
    @Test
    void anObserverThatSendsTooMuchIsReadSlowlyAndAPeerIsNot() throws IOException, InterruptedException {
        Bytes large = Bytes.of(new byte[Net.MAX_FRAME]);
        int count = 21;
        long begin = System.nanoTime();
        try (RawPeer erin = link("erin")) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        erin.frame(large);
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            for (int i = 0; i < count; i++) {
                alice.expect(name("erin") + ": " + large);
            }
            sender.join();
        }
        alice.expect("disconnected " + name("erin"));
        long tookMillis = (System.nanoTime() - begin) / 1_000_000;
        // 2.1 MB at 1 MiB a second, of which the first second is a burst
        assertTrue(tookMillis > 900, "took " + tookMillis + " ms");
        try (RawPeer bob = net.raw("alice")) {
            bob.shakeHands(net.signer("bob"));
            alice.expect("connected bob");
            for (int i = 0; i < 1_500; i++) {
                bob.frame(Net.message(i));
            }
            for (int i = 0; i < 1_500; i++) {
                alice.expect("bob: " + Net.message(i));
            }
        }
    }

    /** A thousand messages are the burst, 500 more the debt of half a second: the next one is read after that. */
    @Test
    void anObserverThatSendsTooManyMessagesIsReadLater() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (RawPeer erin = link("erin")) {
            Writer burst = new Writer();
            for (int i = 0; i < 1_500; i++) {
                burst.fixed(TcpLinks.frame(Net.message(i)));
            }
            erin.write(burst.toArray());
            for (int i = 0; i < 1_500; i++) {
                alice.expect(name("erin") + ": " + Net.message(i));
            }
            erin.frame(Net.message(7));
            alice.expect(name("erin") + ": 0007");
        }
        long tookMillis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(tookMillis >= 500, "took " + tookMillis + " ms");
    }

    @Test
    void handshakeHasANumberOfBytes() throws IOException, InterruptedException {
        try (Net small =
                new Net(new Limits(20_000, 1_000, 30_000, 10, 50, 20, 1 << 20, 16, 64, 50, Net.LIMITS.guests()))) {
            small.open(small.config("dave", "bob", ""), new Recorder());
            try (RawPeer peer = RawPeer.plain(small.port("dave"))) {
                peer.write(new byte[51]);
                peer.expectEnd();
            }
            small.expectRefusal("the handshake takes more bytes than one may");
        }
    }
}
