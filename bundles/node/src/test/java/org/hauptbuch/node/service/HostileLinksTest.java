package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.net.tcp.TcpLinkFactory;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.TestKeys;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A validator and a follower over TCP on loopback, and whoever knocks: each attack costs the attacker its connection,
 * and the two stay linked and go on finalizing.
 */
@Timeout(120)
final class HostileLinksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final TcpLinkFactory links = new TcpLinkFactory();
    private final Map<String, Integer> ports = new HashMap<>();
    private LocalNode alice;
    private LocalNode bob;
    private Genesis genesis;

    @BeforeEach
    void open() throws Exception {
        Genesis slow = TestChain.genesis("devnet-test", List.of("alice"));
        Genesis fast = new Genesis(
                slow.chainId(),
                System.currentTimeMillis(),
                slow.parameters().with(new PoSConsensusConfig(1_000_000, 100, 100, 5, new Rate(50_000), false, true)),
                slow.balances(),
                slow.validators(),
                slow.rules(),
                slow.seed());
        Files.writeString(home.resolve("genesis.json"), GenesisFile.format(fast));
        genesis = GenesisFile.read(home.resolve("genesis.json"));
        for (String name : List.of("alice", "bob")) {
            TestKeys.writeConsensus(home, name);
        }
        alice = open("alice", "bob=" + key("bob") + ",mallory=" + key("mallory"), "");
        bob = open("bob", "alice=" + key("alice"), "alice=127.0.0.1:" + port("alice"));
        assertGoesOn();
    }

    @AfterEach
    void close() {
        bob.close();
        alice.close();
        links.close();
    }

    private static String key(String name) {
        return TestChain.consensus(name).publicKey().toString();
    }

    private int port(String name) {
        return ports.computeIfAbsent(name, absent -> {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private LocalNode open(String name, String trusted, String peers) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "name",
                name,
                "key",
                "keys/" + name + ".key",
                "bindPort",
                port(name),
                "trusted",
                trusted,
                "peers",
                peers));
        return new NodeOpening(
                        TestChain.SCHEME,
                        TestKeys.CIPHER,
                        DelayFunction.NONE,
                        new MemoryStoreFactory(),
                        links,
                        TestRules.catalogue(),
                        Optional.empty())
                .open(NodeConfig.of(NodeConfigTest.settings(settings), home), block -> {});
    }

    /** The validator decides three more blocks, and its follower has them by the same link. */
    private void assertGoesOn() throws InterruptedException {
        long height = alice.status().finalizedHeight() + 3;
        assertTrue(alice.awaitFinal(height, PATIENCE), () -> String.valueOf(alice.status()));
        assertTrue(bob.awaitFinal(height, PATIENCE), () -> String.valueOf(bob.status()));
        assertEquals(Optional.empty(), alice.status().halt());
        assertTrue(alice.status().peers().contains("bob"));
    }

    private Socket knock() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port("alice"));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void write(Socket socket, byte... bytes) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (SocketException e) {
            // hung up on already
            assertFalse(e.getMessage().isEmpty());
        }
    }

    /** Reads what still comes until the node hangs up. */
    private static void expectEnd(Socket socket) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            int read = in.read();
            while (read >= 0) {
                read = in.read();
            }
        } catch (SocketException e) {
            // a reset is an end, too
            assertFalse(e.getMessage().isEmpty());
        }
    }

    @Test
    void garbageHalfFramesOversizeFramesAndThoseWhoWaitAreHungUpOn() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        // waits while the others attack: three bytes of a length, and no more
        Socket slow = knock();
        write(slow, (byte) 0, (byte) 0, (byte) 0);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(4_000)];
            random.nextBytes(garbage);
            garbage[0] = (byte) -1;
            Socket socket = knock();
            write(socket, garbage);
            expectEnd(socket);
        }
        for (int i = 0; i < 20; i++) {
            // a frame of 100 bytes that ends after a few
            Socket socket = knock();
            write(socket, (byte) 0, (byte) 0, (byte) 0, (byte) 100, (byte) 1, (byte) 2);
            socket.shutdownOutput();
            expectEnd(socket);
        }
        Socket oversize = knock();
        write(oversize, (byte) 0x7f, (byte) -1, (byte) -1, (byte) -1);
        expectEnd(oversize);
        assertGoesOn();
        expectEnd(slow);
        assertGoesOn();
    }

    @Test
    void aThousandConnectionsTakeNoMoreThanAFew() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sockets.add(knock());
        }
        assertGoesOn();
        for (Socket socket : sockets) {
            expectEnd(socket);
        }
        assertGoesOn();
    }

    @Test
    void aPeerWhoseMessagesCannotBeReadIsHungUpOnAndNotLetInAgain() throws Exception {
        Peer mallory = new Peer();
        try (Links atMallory = mallory.open(port("alice"))) {
            mallory.expect("connected");
            for (int i = 0; i < 9; i++) {
                atMallory.send("alice", Bytes.fromHex("ff0" + i));
            }
            mallory.expect("disconnected");
            assertGoesOn();
            assertEquals(List.of("bob"), alice.status().peers());
            assertEquals(1, alice.metrics().get("peersBanned"));
            assertEquals(9, alice.metrics().get("messagesMalformed"));
            // it has been dialling all the while
            assertFalse(mallory.events.contains("connected"));
        }
    }

    @Test
    void aHandshakeThatIsPlayedAgainOpensNothing() throws Exception {
        byte[] recorded;
        Peer mallory = new Peer();
        try (Tape tape = new Tape(port("alice"));
                Links atMallory = mallory.open(tape.port())) {
            mallory.expect("connected");
            atMallory.send("alice", Bytes.fromHex("ff00"));
            recorded = tape.recorded();
        }
        assertGoesOn();
        assertEquals(List.of("bob"), alice.status().peers());
        Socket replay = knock();
        write(replay, recorded);
        expectEnd(replay);
        assertGoesOn();
        assertEquals(List.of("bob"), alice.status().peers());
    }

    /** Nobody's configuration names her. */
    @Test
    void aStrangerFollowsTheChain() throws Exception {
        TestKeys.writeConsensus(home, "carol");
        LocalNode carol = open("carol", "alice=" + key("alice"), "alice=127.0.0.1:" + port("alice"));
        try (carol) {
            assertTrue(carol.awaitFinal(alice.status().finalizedHeight() + 3, PATIENCE));
            String name =
                    "~" + TestChain.consensus("carol").publicKey().bytes().hex().substring(0, 12);
            assertEquals(List.of("bob", name), alice.status().peers());
            assertEquals(1L, alice.metrics().get("strangers"));
            assertGoesOn();
        }
    }

    @Test
    void theKeysOfTheValidatorsAreReadOnceForEachBlock() {
        AtomicLong height = new AtomicLong(1);
        AtomicInteger reads = new AtomicInteger();
        List<ValidatorSet.Member> members = new ArrayList<>();
        ValidatorKeys keys = new ValidatorKeys(height::get, () -> {
            reads.incrementAndGet();
            return ValidatorSet.of(members);
        });
        assertFalse(keys.test(TestChain.consensus("alice").publicKey()));
        members.add(new ValidatorSet.Member(
                TestChain.address("alice"), TestChain.consensus("alice").publicKey(), 1));
        assertFalse(keys.test(TestChain.consensus("alice").publicKey()));
        height.set(2);
        assertTrue(keys.test(TestChain.consensus("alice").publicKey()));
        assertFalse(keys.test(TestChain.consensus("bob").publicKey()));
        assertEquals(2, reads.get());
    }

    /** Whom alice trusts and should not. */
    private final class Peer implements LinkHandler {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        Links open(int alicesPort) {
            return links.open(
                    new LinkConfig(
                            genesis.hash(),
                            "127.0.0.1",
                            port("mallory"),
                            Map.of("alice", "127.0.0.1:" + alicesPort),
                            Map.of("alice", TestChain.consensus("alice").publicKey()),
                            TestChain.consensus("mallory"),
                            TestChain.SCHEME,
                            4 << 20),
                    this);
        }

        void expect(String event) throws InterruptedException {
            assertEquals(event, events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        @Override
        public void connected(String peer) {
            events.add("connected");
        }

        @Override
        public void disconnected(String peer) {
            events.add("disconnected");
        }

        @Override
        public boolean received(String peer, Bytes message) {
            return true;
        }

        @Override
        public boolean ready() {
            return true;
        }
    }

    /** Stands between a peer and a node, and keeps what the peer says. */
    private static final class Tape implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Tape(int to) throws IOException {
            run(() -> {
                try (Socket from = server.accept();
                        Socket there = new Socket(InetAddress.getLoopbackAddress(), to)) {
                    run(() -> there.getInputStream().transferTo(from.getOutputStream()));
                    byte[] buffer = new byte[4_096];
                    int read = from.getInputStream().read(buffer);
                    while (read >= 0) {
                        synchronized (heard) {
                            heard.write(buffer, 0, read);
                            heard.notifyAll();
                        }
                        there.getOutputStream().write(buffer, 0, read);
                        read = from.getInputStream().read(buffer);
                    }
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        /** Hello, proof and at least one frame: 4 + 104, 4 + 64 and 6 bytes or so. */
        byte[] recorded() throws InterruptedException {
            synchronized (heard) {
                for (int i = 0; i < 3_000 && heard.size() < 178; i++) {
                    heard.wait(10);
                }
                assertTrue(heard.size() >= 178, heard.size() + " bytes");
                return heard.toByteArray();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void run(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // one side has gone, and so has the tape
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
