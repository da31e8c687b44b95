package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands between peers, and what speaks less than TLS 1.3 with the one group. */
@Timeout(60)
class TlsTest {
    private static final String NEEDED = "; links need TLS 1.3 with X25519MLKEM768";

    private final Net net = new Net(Net.LIMITS);
    private final Recorder alice = new Recorder();
    private final Recorder bob = new Recorder();
    private Links atAlice;
    private Links atBob;

    /** Alice trusts carol, too; her link with bob must come through everything. */
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

    private static Consumer<BCSSLParameters> with(String protocol, String suite, String group) {
        return parameters -> {
            parameters.setProtocols(new String[] {protocol});
            parameters.setCipherSuites(new String[] {suite});
            parameters.setNamedGroups(new String[] {group});
        };
    }

    @Test
    void aLinkIsTls13AndNothingIsRegisteredForIt() throws IOException, InterruptedException {
        try (RawPeer peer = net.raw("alice")) {
            peer.shakeHands(net.signer("carol"));
            alice.expect("connected carol");
            assertEquals("TLSv1.3", peer.session().getProtocol());
            assertEquals("TLS_AES_128_GCM_SHA256", peer.session().getCipherSuite());
        }
        alice.expect("disconnected carol");
        for (String name : List.of("BC", "BCJSSE")) {
            assertEquals(null, Security.getProvider(name));
        }
    }

    /** The bytes of a message are nowhere on the wire; the same look finds them where there is no TLS. */
    @Test
    void messagesCannotBeReadOnTheWay() throws IOException, InterruptedException {
        Bytes secret = Bytes.of("neither seen nor changed on the way".getBytes(StandardCharsets.US_ASCII));
        try (Wire wire = new Wire(net.port("alice"));
                RawPeer peer = RawPeer.dial(wire.port())) {
            peer.shakeHands(net.signer("carol"), secret);
            alice.expect("connected carol", "carol: " + secret);
            assertFalse(wire.passed(secret));
            assertFalse(wire.passed(net.signer("carol").publicKey().bytes()));
        }
        alice.expect("disconnected carol");
        try (Wire wire = new Wire(net.port("alice"));
                RawPeer peer = RawPeer.plain(wire.port())) {
            peer.frame(secret);
            peer.expectEnd();
            assertTrue(wire.passed(secret));
        }
    }

    /** It ends TLS on both sides and passes on all that the two say: each proof is for another certificate. */
    @Test
    void aRelayIsRefusedByBothEnds() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Recorder carol = new Recorder();
            Links atCarol = net.open(
                    net.config(
                            Net.CHAIN,
                            net.port("carol"),
                            Map.of("alice", "127.0.0.1:" + server.getLocalPort()),
                            Map.of("alice", net.signer("alice").publicKey()),
                            net.signer("carol")),
                    carol);
            try (RawPeer towardsCarol = RawPeer.accepted(server.accept());
                    RawPeer towardsAlice = net.raw("alice")) {
                towardsAlice.frame(towardsCarol.read());
                towardsCarol.frame(towardsAlice.read());
                Bytes proofOfCarol = towardsCarol.read();
                Bytes proofOfAlice = towardsAlice.read();
                assertNotEquals(towardsAlice.certificate(), towardsCarol.certificate());
                towardsAlice.frame(proofOfCarol);
                towardsCarol.frame(proofOfAlice);
                towardsAlice.expectEnd();
                towardsCarol.expectEnd();
            }
            String lines = net.refusals(2).toString();
            for (String name : List.of("alice", "carol")) {
                assertTrue(
                        lines.contains("the signature is not that of link key "
                                + net.signer(name).publicKey()),
                        lines);
            }
            assertEquals(0, carol.size() + alice.size(), "nobody is linked");
            atCarol.close();
        }
    }

    /** The same nonces, but the certificate of the attacker, to whom carol proved herself. */
    @Test
    void aProofForAnotherCertificateIsRefused() throws IOException, InterruptedException {
        Signer carol = net.signer("carol");
        try (RawPeer peer = net.raw("alice")) {
            Bytes hello = RawPeer.helloOf(carol);
            peer.frame(hello);
            Hash attackers = Hash.sha256(new byte[] {1});
            peer.frame(carol.sign(Handshake.statement(true, attackers, hello, peer.read())));
            peer.expectEnd();
        }
        net.expectRefusal("the signature is not that of link key " + carol.publicKey());
    }

    @Test
    void plainTextIsRefused() throws IOException, InterruptedException {
        for (byte[] words : List.of(
                TcpLinks.frame(RawPeer.helloOf(net.signer("carol"))),
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            try (RawPeer peer = RawPeer.plain(net.port("alice"))) {
                peer.write(words);
                peer.expectEnd();
            }
            net.expectRefusal("it does not speak TLS" + NEEDED);
        }
        assertEquals(0, net.refusals.size(), "one line for each");
    }

    @Test
    void lesserTlsIsRefused() throws IOException, InterruptedException {
        assertRefused(with("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "x25519"), "protocol_version(70)");
        assertRefused(with(Tls.PROTOCOL, Tls.SUITE, "x25519"), "handshake_failure(40)");
        assertRefused(with(Tls.PROTOCOL, Tls.SUITE, "MLKEM768"), "handshake_failure(40)");
        assertRefused(with(Tls.PROTOCOL, "TLS_AES_256_GCM_SHA384", Tls.GROUP), "handshake_failure(40)");
        assertEquals(0, net.refusals.size(), "one line for each");
    }

    private void assertRefused(Consumer<BCSSLParameters> choice, String alert)
            throws IOException, InterruptedException {
        try (RawPeer peer = RawPeer.dial(net.port("alice"), choice)) {
            peer.expectAlert(alert);
        }
        net.expectRefusal("TLS failed: " + alert + NEEDED);
    }

    /** Who is dialled and speaks less is refused by its name. */
    @Test
    void anAcceptorThatSpeaksLessIsRefused() throws IOException, InterruptedException {
        assertAcceptorRefused(
                socket -> RawPeer.accepted(socket, with(Tls.PROTOCOL, Tls.SUITE, "x25519"))
                        .expectAlert("handshake_failure(40)"),
                "the peer ended TLS: handshake_failure(40)" + NEEDED);
        assertAcceptorRefused(
                socket -> RawPeer.accepted(socket, with("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "x25519"))
                        .expectAlert("protocol_version(70)"),
                "the peer ended TLS: protocol_version(70)" + NEEDED);
        assertAcceptorRefused(
                socket -> socket.getOutputStream().write(TcpLinks.frame(RawPeer.helloOf(net.signer("alice")))),
                "it does not speak TLS" + NEEDED);
    }

    private interface Answer {
        void give(Socket socket) throws IOException;
    }

    private void assertAcceptorRefused(Answer answer, String reason) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Links atCarol = net.open(
                    net.config(
                            Net.CHAIN,
                            net.port("carol"),
                            Map.of("alice", "127.0.0.1:" + server.getLocalPort()),
                            Map.of("alice", net.signer("alice").publicKey()),
                            net.signer("carol")),
                    new Recorder());
            try (Socket socket = server.accept()) {
                answer.give(socket);
                net.expectRefusal("link refused: alice at 127.0.0.1:" + server.getLocalPort() + ": " + reason);
            }
            atCarol.close();
            net.refusals.clear();
        }
    }

    /** A first flight that is cut, changed or padded: the connection ends. */
    @Test
    void brokenHandshakesEndTheirConnection() throws Exception {
        SSLEngine engine = RawPeer.TLS.engine(true);
        engine.beginHandshake();
        ByteBuffer flight = ByteBuffer.allocate(1 << 14);
        engine.wrap(ByteBuffer.allocate(0), flight);
        byte[] hello = Arrays.copyOf(flight.array(), flight.position());
        long seed = 16;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            byte[] sent = hello.clone();
            switch (i % 3) {
                case 0 -> sent = Arrays.copyOf(hello, random.nextInt(hello.length));
                case 1 -> sent[random.nextInt(100)] ^= (byte) (1 << random.nextInt(8));
                default -> sent = Arrays.copyOf(hello, hello.length + 1 + random.nextInt(1_000));
            }
            try (RawPeer peer = RawPeer.plain(net.port("alice"))) {
                peer.write(sent);
                peer.endRaw();
                peer.expectEnd();
            }
        }
    }

    @Test
    void aRecordThatWasChangedOnTheWayEndsTheLink() throws IOException, InterruptedException {
        byte[] forged = new byte[5 + 64];
        System.arraycopy(new byte[] {23, 3, 3, 0, 64}, 0, forged, 0, 5);
        byte[] oversized = new byte[5 + 0xffff];
        System.arraycopy(new byte[] {23, 3, 3, -1, -1}, 0, oversized, 0, 5);
        for (Map.Entry<byte[], String> record :
                List.of(Map.entry(forged, "bad_record_mac(20)"), Map.entry(oversized, "record_overflow(22)"))) {
            try (RawPeer peer = net.raw("alice")) {
                peer.shakeHands(net.signer("carol"));
                alice.expect("connected carol");
                peer.writeRaw(record.getKey());
                alice.expect("disconnected carol");
            }
            net.expectRefusal("TLS failed: " + record.getValue());
        }
    }
}
