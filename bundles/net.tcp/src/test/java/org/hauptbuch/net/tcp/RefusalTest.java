package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links with peers that lie, err or fall silent: each costs its own connection and one line. */
@Timeout(60)
class RefusalTest {
    private final Net net = new Net(Net.LIMITS);
    private final Recorder alice = new Recorder();
    private final Recorder bob = new Recorder();
    private Links atAlice;
    private Links atBob;

    /** Alice trusts carol, too, whose part the tests play; her link with bob must come through everything. */
    @BeforeEach
    void open() throws InterruptedException {
        atAlice = net.open(net.config("alice", "bob,carol", "bob"), alice);
        atBob = net.open(net.config("bob", "alice", ""), bob);
        alice.expect("connected bob");
        bob.expect("connected alice");
    }

    @AfterEach
    void close() throws InterruptedException {
        assertEquals(Set.of("bob"), atAlice.connected());
        atBob.send("alice", Net.message(99));
        alice.expect("bob: " + Net.message(99));
        net.close();
    }

    @Test
    void honestPeerPassesAndItsNextMessagesMayComeAtOnce() throws IOException, InterruptedException {
        Bytes large = Bytes.of(new byte[50_000]);
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"), Net.message(1), Bytes.EMPTY, large);
            alice.expect("connected carol", "carol: 0001", "carol: " + large);
            atAlice.send("carol", Net.message(2));
            assertEquals(Net.message(2), peer.readMessage());
        }
        alice.expect("disconnected carol");
        assertEquals(0, net.refusals.size());
    }

    @Test
    void otherChainIsRefused() throws IOException, InterruptedException {
        Signer carol = net.signer("carol");
        Hash other = Hash.sha256("another chain".getBytes(StandardCharsets.US_ASCII));
        try (RawPeer peer = net.raw("alice")) {
            peer.frame(Handshake.hello(other, Hash.ZERO.bytes(), carol.publicKey()));
            peer.expectEnd();
        }
        net.expectRefusal("chain is " + other + ", must be " + Net.CHAIN);
    }

    @Test
    void nodesOfDifferentChainsRefuseEachOther() throws InterruptedException {
        Hash other = Hash.sha256("another chain".getBytes(StandardCharsets.US_ASCII));
        net.open(
                net.config(
                        other,
                        net.port("carol"),
                        Map.of("alice", "127.0.0.1:" + net.port("alice")),
                        Map.of("alice", net.signer("alice").publicKey()),
                        net.signer("carol")),
                new Recorder());
        net.expectRefusal("must be ");
        net.expectRefusal("must be ");
    }

    @Test
    void unknownKeyIsRefused() throws IOException, InterruptedException {
        Signer mallory = net.signer("mallory");
        try (RawPeer peer = net.raw("alice")) {
            peer.frame(RawPeer.helloOf(mallory));
            peer.expectEnd();
        }
        net.expectRefusal("link key is " + mallory.publicKey() + ", must be one of the 2 trusted keys");
    }

    @Test
    void ownKeyIsRefused() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            peer.frame(RawPeer.helloOf(net.signer("alice")));
            peer.expectEnd();
        }
        net.expectRefusal("must be another than this node's own");
    }

    @Test
    void knownKeyWithTheSignatureOfAnotherIsRefused() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            Bytes statement = peer.exchangeHellos(RawPeer.helloOf(net.signer("carol")));
            peer.frame(net.signer("mallory").sign(statement));
            peer.expectEnd();
        }
        net.expectRefusal("carol at 127.0.0.1");
    }

    @Test
    void proofOfAnEarlierConnectionIsRefused() throws IOException, InterruptedException {
        Signer carol = net.signer("carol");
        Bytes proof;
        try (RawPeer peer = net.raw("alice")) {
            proof = carol.sign(peer.exchangeHellos(RawPeer.helloOf(carol)));
            peer.frame(proof);
            alice.expect("connected carol");
        }
        alice.expect("disconnected carol");
        try (RawPeer peer = net.raw("alice")) {
            peer.exchangeHellos(RawPeer.helloOf(carol));
            peer.frame(proof);
            peer.expectEnd();
        }
        net.expectRefusal("the signature is not that of link key " + carol.publicKey());
    }

    /** Whoever dials cannot have the acceptor make its proof: carol's own proof as acceptor is another statement. */
    @Test
    void proofInTheOtherRoleIsRefused() throws IOException, InterruptedException {
        Signer carol = net.signer("carol");
        try (RawPeer peer = net.raw("alice")) {
            Bytes hello = RawPeer.helloOf(carol);
            peer.frame(hello);
            Bytes theirs = peer.read();
            peer.frame(carol.sign(Handshake.statement(false, peer.certificate(), hello, theirs)));
            peer.expectEnd();
        }
        net.expectRefusal("the signature is not that of link key " + carol.publicKey());
    }

    @Test
    void dialledPeerMustBeTheOneThatWasMeant() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            // dave's address leads to carol, whom he trusts, too
            Links atDave = net.open(
                    net.config(
                            Net.CHAIN,
                            net.port("dave"),
                            Map.of("alice", "127.0.0.1:" + server.getLocalPort()),
                            Map.of(
                                    "alice", net.signer("alice").publicKey(),
                                    "carol", net.signer("carol").publicKey()),
                            net.signer("dave")),
                    new Recorder());
            try (RawPeer peer = RawPeer.accepted(server.accept())) {
                peer.frame(RawPeer.helloOf(net.signer("carol")));
                peer.expectEnd();
            }
            net.expectRefusal("peer is carol, must be alice");
            atDave.close();
        }
    }

    @Test
    void garbageIsRefused() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            peer.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.expectEnd();
        }
        net.expectRefusal("frame length is 1195725856, must be 0 to " + Handshake.MAX_FRAME_BYTES);
        try (RawPeer peer = net.raw("alice")) {
            peer.frame(Bytes.of(new byte[100]));
            peer.expectEnd();
        }
        net.expectRefusal("link magic is 00000000, must be 48424c4b");
        assertEquals(0, net.refusals.size(), "one line for each");
    }

    @Test
    void oversizedFrameIsRefusedByItsLength() throws IOException, InterruptedException {
        for (byte[] length : new byte[][] {{0, 1, (byte) 0x86, (byte) 0xa1}, {-1, -1, -1, -1}}) {
            try (RawPeer peer = net.raw("alice")) {
                peer.shakeHands(net.signer("carol"));
                alice.expect("connected carol");
                peer.write(length);
                peer.expectEnd();
            }
            alice.expect("disconnected carol");
            net.expectRefusal(
                    "frame length is " + (length[0] == 0 ? "100001" : "4294967295") + ", must be 0 to 100000");
        }
    }

    @Test
    void laterConnectionOfAPeerTakesThePlaceOfItsEarlierOne() throws IOException, InterruptedException {
        try (RawPeer first = net.raw("alice");
                RawPeer second = net.raw("alice")) {
            first.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
            second.shakeHands(net.signer("carol"));
            alice.expect("disconnected carol", "connected carol");
            first.expectEnd();
            second.frame(Net.message(3));
            alice.expect("carol: 0003");
        }
        alice.expect("disconnected carol");
    }

    @Test
    void bannedPeerIsHungUpOnAndOthersAreNot() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
            atAlice.ban("nobody", 600_000);
            atAlice.ban("carol", 600_000);
            alice.expect("disconnected carol");
            peer.expectEnd();
        }
        try (RawPeer again = net.raw("alice")) {
            again.exchangeHellos(RawPeer.helloOf(net.signer("carol")));
            again.expectEnd();
        }
        atAlice.ban("carol", 0);
        try (RawPeer forgiven = net.raw("alice")) {
            forgiven.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
        }
        alice.expect("disconnected carol");
        assertEquals(0, net.refusals.size(), "the ban is no news for each attempt");
    }

    @Test
    void bannedPeerIsDialledAgainOnlyWhenTheBanIsOver() throws InterruptedException {
        try (Net other = new Net(Net.LIMITS)) {
            Recorder dave = new Recorder();
            Recorder erin = new Recorder();
            Links atDave = other.open(other.config("dave", "erin", "erin"), dave);
            other.open(other.config("erin", "dave", ""), erin);
            dave.expect("connected erin");
            long begin = System.nanoTime();
            atDave.ban("erin", 300);
            dave.expect("disconnected erin", "connected erin");
            erin.expect("connected dave", "disconnected dave", "connected dave");
            assertTrue(System.nanoTime() - begin >= 300_000_000L);
        }
    }
}
