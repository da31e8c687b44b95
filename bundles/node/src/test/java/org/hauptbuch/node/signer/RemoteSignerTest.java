package org.hauptbuch.node.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.net.tcp.TcpLinkFactory;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.core.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signer and its nodes over sockets of this machine. */
final class RemoteSignerTest {
    private static final Signer KEY = TestChain.consensus("alice");
    private static final Hash RED = TestRules.digest("red");
    private static final Hash BLUE = TestRules.digest("blue");
    private static final long LIMIT = 5_000;
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path home;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SharedSecret secret = SharedSecret.make(KEY.publicKey());
    private SignerServer server;

    @BeforeEach
    void aSigner() {
        server = serve(0, KEY);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private SignerServer serve(int port, Signer key) {
        SignerServer made = new SignerServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                secret.secret(),
                key,
                new SignerRecords(home.resolve("records")),
                said::add);
        open.add(made);
        return made;
    }

    private RemoteSigner node(String name, int port, long limit, SharedSecret shared) {
        RemoteSigner node = new RemoteSigner(
                name,
                new RemoteSigner.Target("127.0.0.1", port, limit),
                shared,
                TestRules.digest(name).bytes().slice(0, SignerRecords.NODE),
                1);
        open.add(0, node);
        return node;
    }

    private RemoteSigner node(String name) {
        RemoteSigner node = node(name, server.port(), LIMIT, secret);
        await(node, true);
        return node;
    }

    private static void await(RemoteSigner node, boolean there) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (node.isThere() != there) {
            assertTrue(System.nanoTime() < end, "the signer is " + (there ? "still away" : "still there"));
            Thread.onSpinWait();
        }
    }

    private static Bytes vote(long height, int round, Hash block) {
        return Vote.signBytes("test", VotePhase.PREVOTE, height, round, block);
    }

    private static PoSException refused(RemoteSigner node, Bytes message) {
        PoSException refused = assertThrows(PoSException.class, () -> node.sign(message));
        assertTrue(SignerFault.isIn(refused));
        return refused;
    }

    private static void assertRefused(RemoteSigner node, Bytes message, String words) {
        PoSException refused = refused(node, message);
        assertFalse(SignerFault.isAway(refused), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private void assertSaid(String words) throws InterruptedException {
        String line;
        do {
            line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(line != null, "nobody said: " + words);
        } while (!line.contains(words));
    }

    @Test
    void whatItSignsIsTheKeysOwnSignatureAndTheSameAgain() {
        RemoteSigner node = node("one");
        Bytes message = vote(5, 0, RED);
        assertEquals(KEY.sign(message), node.sign(message));
        assertEquals(KEY.sign(message), node.sign(message));
        Bytes alpha = BlockHeader.revealBytes("test", Hash.ZERO, 5, 0);
        assertEquals(KEY.prove(alpha), node.prove(alpha));
        assertEquals(KEY.publicKey(), node.publicKey());
    }

    @Test
    void ofTwoNodesThatContradictEachOtherTheSecondIsRefused() throws Exception {
        RemoteSigner one = node("one");
        RemoteSigner two = node("two");
        one.sign(vote(5, 0, RED));
        assertRefused(two, vote(5, 0, BLUE), "contradicts");
        assertSaid("contradicts");
        assertEquals(one.sign(vote(5, 0, RED)), two.sign(vote(5, 0, RED)));
        // what contradicts no slot may still break a lock that only the first node knows of
        assertRefused(two, vote(5, 1, BLUE), "another node signed at this height");
        two.sign(vote(6, 0, BLUE));
        assertRefused(one, vote(5, 1, RED), "height to sign at is 5, must be 6 or more");
    }

    @Test
    void whatItDoesNotUnderstandItRefuses() throws Exception {
        RemoteSigner node = node("one");
        assertRefused(node, Bytes.EMPTY, "what is to be signed");
        assertRefused(node, Bytes.of(new byte[64]), "what is to be signed");
        assertRefused(
                node,
                Transaction.possessionBytes("test", TestChain.address("alice"), KEY.publicKey()),
                "hauptbuch/possession/1");
        byte[] longer = new byte[vote(5, 0, RED).length() + 1];
        vote(5, 0, RED).copyTo(longer, 0);
        assertRefused(node, Bytes.of(longer), "what is to be signed");
        PoSException proof = assertThrows(PoSException.class, () -> node.prove(vote(5, 0, RED)));
        assertTrue(proof.getMessage().contains("what is to be proven"), proof.getMessage());
        assertSaid("what is to be proven");
        node.sign(vote(5, 0, RED));
        assertRefused(node, Vote.signBytes("other", VotePhase.PREVOTE, 6, 0, RED), "chain is other, must be test");
    }

    @Test
    void aRefusalSurvivesARestart() throws Exception {
        RemoteSigner node = node("one");
        node.sign(vote(5, 0, RED));
        int port = server.port();
        server.close();
        await(node, false);
        assertTrue(SignerFault.isAway(refused(node, vote(5, 0, RED))));
        server = serve(port, KEY);
        await(node, true);
        assertRefused(node, vote(5, 0, BLUE), "contradicts");
        assertEquals(KEY.sign(vote(5, 0, RED)), node.sign(vote(5, 0, RED)));
    }

    @Test
    void whoDoesNotKnowTheSecretIsHungUpOnByEither() throws Exception {
        SharedSecret wrong = SharedSecret.make(KEY.publicKey());
        RemoteSigner node = node("one", server.port(), LIMIT, wrong);
        assertSaid("hung up on");
        assertFalse(node.isThere());
        // a node that does not look whether the signer knows it
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("hauptbuch/signer/1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[32 + 32]);
            assertSaid("does not know the secret of this signer");
        }
    }

    @Test
    void aSignerWithAnotherKeyIsNotUsed() throws Exception {
        PublicKey bobs = TestChain.consensus("bob").publicKey();
        RemoteSigner node = node("one", server.port(), LIMIT, new SharedSecret(secret.secret(), bobs));
        assertSaid("hung up on");
        assertFalse(node.isThere());
    }

    @Test
    void garbageAndOversizedFramesEndTheConnectionOnly() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(new byte[4_096]);
            assertSaid("does not speak as a node does");
        }
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
        try (Channel channel = Channel.dial(plain, secret.secret(), LIMIT)) {
            plain.getOutputStream().write(new byte[] {(byte) 0xff, 0, 0, 0});
            assertSaid("a frame of 4278190080 bytes, must be at most 8192");
            assertThrows(IOException.class, () -> channel.receive(LIMIT));
        }
        node("one").sign(vote(5, 0, RED));
    }

    @Test
    void aFrameThatWasChangedOrSentBeforeEndsTheConnection() throws Exception {
        Bytes ask = Bytes.of(new byte[] {SignerServer.WHO});
        for (boolean change : new boolean[] {true, false}) {
            try (Relay relay = new Relay(server.port());
                    Channel channel = Channel.dial(
                            new Socket(InetAddress.getLoopbackAddress(), relay.port()), secret.secret(), LIMIT)) {
                channel.send(ask);
                channel.receive(LIMIT);
                byte[] frame = relay.lastFrame;
                if (change) {
                    frame[4] ^= 1;
                }
                relay.toSigner.getOutputStream().write(frame);
                assertSaid("changed on the way or sent before");
                assertThrows(IOException.class, () -> channel.receive(LIMIT));
            }
        }
    }

    /** What the signer said in one connection is no answer in another. */
    @Test
    void anOldAnswerIsNoAnswer() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket dialled = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                Socket accepted = listening.accept()) {
            Thread signer = new Thread(() -> {
                try {
                    Channel channel = Channel.accept(accepted, secret.secret(), LIMIT);
                    // sent back what came: the side is in the code of every frame
                    byte[] frame = accepted.getInputStream().readNBytes(4 + 1 + 32);
                    accepted.getOutputStream().write(frame);
                    channel.receive(LIMIT);
                } catch (IOException e) {
                    said.add("ended");
                }
            });
            signer.start();
            try (Channel channel = Channel.dial(dialled, secret.secret(), LIMIT)) {
                channel.send(Bytes.of(new byte[] {SignerServer.WHO}));
                IOException refused = assertThrows(IOException.class, () -> channel.receive(LIMIT));
                assertTrue(refused.getMessage().contains("changed on the way"), refused.getMessage());
            }
            assertSaid("ended");
            signer.join();
        }
    }

    @Test
    void aSlowSignerHoldsNobodyLongerThanTheLimit() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.close();
        server = serve(0, new Signer() {
            @Override
            public PublicKey publicKey() {
                return KEY.publicKey();
            }

            @Override
            public Bytes sign(Bytes message) {
                try {
                    assertTrue(go.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return KEY.sign(message);
            }

            @Override
            public Bytes prove(Bytes alpha) {
                return KEY.prove(alpha);
            }
        });
        RemoteSigner node = node("one", server.port(), 20, secret);
        await(node, true);
        long begin = System.nanoTime();
        PoSException late = refused(node, vote(5, 0, RED));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(SignerFault.isAway(late), late.getMessage());
        assertTrue(millis < TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS) / 2, millis + " ms");
        go.countDown();
        RemoteSigner patient = node("one");
        assertEquals(KEY.sign(vote(5, 0, RED)), patient.sign(vote(5, 0, RED)));
    }

    @Test
    void aNodeThatComesFirstWaitsForItsSigner() throws Exception {
        int port = server.port();
        server.close();
        RemoteSigner node = node("one", port, LIMIT, secret);
        assertEquals(KEY.publicKey(), node.publicKey());
        assertTrue(SignerFault.isAway(refused(node, vote(5, 0, RED))));
        server = serve(port, KEY);
        await(node, true);
        assertEquals(KEY.sign(vote(5, 0, RED)), node.sign(vote(5, 0, RED)));
    }

    @Test
    void peersLinkWithAKeyThatTheSignerHas() throws Exception {
        TcpLinkFactory factory = new TcpLinkFactory();
        open.add(0, factory);
        RemoteSigner alice = node("one");
        Signer bob = TestChain.consensus("bob");
        int port = freePort();
        CountDownLatch linked = new CountDownLatch(2);
        open.add(
                0,
                factory.open(links(freePort(), Map.of("bob", "127.0.0.1:" + port), "bob", bob, alice), count(linked)));
        open.add(0, factory.open(links(port, Map.of(), "alice", alice, bob), count(linked)));
        assertTrue(linked.await(PATIENCE_SECONDS, TimeUnit.SECONDS), said::toString);
    }

    private static LinkConfig links(
            int port, Map<String, String> peers, String trusted, Signer theirs, Signer identity) {
        return new LinkConfig(
                Hash.ZERO,
                "127.0.0.1",
                port,
                peers,
                Map.of(trusted, theirs.publicKey()),
                identity,
                TestChain.SCHEME,
                1 << 16);
    }

    private static LinkHandler count(CountDownLatch linked) {
        return new LinkHandler() {
            @Override
            public void connected(String peer) {
                linked.countDown();
            }

            @Override
            public void disconnected(String peer) {
                // the end of the test
            }

            @Override
            public boolean received(String peer, Bytes message) {
                return true;
            }

            @Override
            public boolean ready() {
                return true;
            }
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void oneSignerHoldsTheRecords() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new SignerRecords(home.resolve("records")));
        assertTrue(refused.getMessage().contains("in use by another signer"), refused.getMessage());
    }

    @Test
    void theFirstStartMakesASecretAndLostRecordsAreNoticed() throws Exception {
        Path own = home.resolve("own");
        Files.createDirectories(own);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SignerMain.open(own, KEY, Optional.empty(), any).close();
        SharedSecret made = SharedSecret.read(own.resolve("signer.secret"));
        assertEquals(KEY.publicKey(), made.key());
        assertFalse(made.toString().contains(made.secret().hex()));
        SignerMain.open(own, KEY, Optional.empty(), any).close();
        assertEquals(made, SharedSecret.read(own.resolve("signer.secret")));
        assertRefusedStart("one home for each key", own, TestChain.consensus("bob"), Optional.empty());
        Files.delete(own.resolve("signer/records"));
        assertRefusedStart("--first-height", own, KEY, Optional.empty());
        try (SignerServer again = SignerMain.open(own, KEY, Optional.of(100L), any)) {
            assertEquals(100, again.firstHeight());
        }
        UncheckedIOException taken = assertThrows(
                UncheckedIOException.class,
                () -> SignerMain.open(
                        own,
                        KEY,
                        Optional.empty(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
        assertTrue(taken.getMessage().contains(String.valueOf(server.port())), taken.getMessage());
    }

    private static void assertRefusedStart(String words, Path own, Signer key, Optional<Long> first) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> SignerMain.open(own, key, first, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void aStoreHasOneName() {
        Store store = TestStores.memory();
        Bytes name = RemoteSigner.nameOf(store);
        assertEquals(SignerRecords.NODE, name.length());
        assertEquals(name, RemoteSigner.nameOf(store));
        assertNotEquals(name, RemoteSigner.nameOf(TestStores.memory()));
    }

    /** Stands between a node and its signer, and keeps the last frame that the node sent. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Socket toSigner;
        private volatile byte[] lastFrame;

        private Relay(int port) throws IOException {
            toSigner = new Socket(InetAddress.getLoopbackAddress(), port);
            Thread up = new Thread(() -> {
                try (Socket node = listening.accept()) {
                    Thread down = new Thread(() -> copy(toSigner, node));
                    down.start();
                    // what opens the connection: magic and nonce, then the proof
                    toSigner.getOutputStream().write(node.getInputStream().readNBytes(18 + 32));
                    toSigner.getOutputStream().write(node.getInputStream().readNBytes(32));
                    copy(node, toSigner);
                    toSigner.shutdownOutput();
                    down.join();
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            up.setDaemon(true);
            up.start();
        }

        private int port() {
            return listening.getLocalPort();
        }

        private void copy(Socket from, Socket to) {
            try {
                boolean fromNode = to == toSigner;
                while (true) {
                    byte[] bytes = fromNode
                            ? from.getInputStream().readNBytes(4 + 1 + 32)
                            : from.getInputStream().readNBytes(1);
                    if (bytes.length == 0) {
                        to.shutdownOutput();
                        return;
                    }
                    if (fromNode) {
                        lastFrame = bytes;
                    }
                    to.getOutputStream().write(bytes);
                }
            } catch (IOException e) {
                // one of them hung up, which ends the other's connection as well
                close();
            }
        }

        @Override
        public void close() {
            try {
                listening.close();
                toSigner.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
