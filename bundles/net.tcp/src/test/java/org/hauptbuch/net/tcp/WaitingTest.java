package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that keep a node waiting. The wait that is meant is short, all others are long. */
@Timeout(60)
class WaitingTest {
    private static final long LONG = 30_000;

    private final Recorder alice = new Recorder();
    private Net net;

    /** Alice, who trusts carol. */
    private void open(long handshakeMillis, long pingMillis, long silenceMillis) {
        net = new Net(new Limits(
                handshakeMillis,
                pingMillis,
                silenceMillis,
                10,
                50,
                20,
                1 << 20,
                2,
                3,
                64 << 10,
                Limits.DEFAULT.guests()));
        net.open(net.config("alice", "carol", ""), alice);
    }

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void handshakeThatDoesNotBeginTimesOut() throws IOException, InterruptedException {
        open(50, LONG, LONG);
        try (RawPeer peer = RawPeer.plain(net.port("alice"))) {
            peer.expectEnd();
        }
        net.expectRefusal("handshake not complete after 50 ms");
    }

    @Test
    void handshakeWithoutProofTimesOut() throws IOException, InterruptedException {
        open(300, LONG, LONG);
        try (RawPeer peer = net.raw("alice")) {
            peer.frame(RawPeer.helloOf(net.signer("carol")));
            peer.expectEnd();
        }
        net.expectRefusal("handshake not complete after 300 ms");
    }

    @Test
    void peerThatFallsSilentIsGivenUp() throws IOException, InterruptedException {
        open(LONG, LONG, 50);
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
            peer.expectEnd();
        }
        alice.expect("disconnected carol");
    }

    @Test
    void pingsKeepAnIdleLinkAlive() throws IOException, InterruptedException {
        open(LONG, 40, 1_000);
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"));
            // forty pings take longer than silence would be borne
            for (int i = 0; i < 40; i++) {
                assertEquals(Bytes.EMPTY, peer.read());
                peer.frame(Bytes.EMPTY);
            }
            peer.frame(Net.message(1));
            alice.expect("connected carol", "carol: 0001");
        }
    }

    @Test
    void nodeWithoutRoomDoesNotTakeItsPeerForSilent() throws IOException, InterruptedException {
        open(LONG, 40, 400);
        try (RawPeer peer = net.raw("alice")) {
            alice.room(false);
            peer.shakeHands(net.signer("carol"), Net.message(1));
            alice.expect("connected carol", "no room for 0001");
            for (int i = 0; i < 20; i++) {
                assertEquals(Bytes.EMPTY, peer.read());
            }
            alice.room(true);
            alice.expect("carol: 0001");
        }
    }

    /**
     * Two and one for the one peer may be in their handshake at once; the fourth is turned away, before it says
     * anything, until one leaves.
     */
    @Test
    void tooManyHandshakesOfOneAddressAreRefused() throws IOException, InterruptedException {
        open(LONG, LONG, LONG);
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawPeer peer = net.raw("alice");
            peers.add(peer);
            peer.read();
        }
        try (RawPeer late = RawPeer.plain(net.port("alice"))) {
            late.expectEnd();
        }
        net.expectRefusal("more than 3 handshakes of one address under way");
        try (RawPeer first = peers.get(0)) {
            first.frame(Bytes.EMPTY);
            first.expectEnd();
        }
        net.expectRefusal("link magic is 0 bytes");
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
        }
        for (RawPeer peer : peers) {
            peer.close();
        }
    }
}
