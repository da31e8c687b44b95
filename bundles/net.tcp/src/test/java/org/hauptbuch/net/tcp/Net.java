package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;

/** Named nodes on loopback. Each name has its key and port; the lines about refusals are kept. */
final class Net implements AutoCloseable {
    static final Hash CHAIN = Hash.sha256("a chain".getBytes(StandardCharsets.US_ASCII));
    static final int MAX_FRAME = 100_000;
    static final Limits LIMITS = new Limits(
            20_000,
            1_000,
            30_000,
            10,
            50,
            20,
            1 << 20,
            16,
            64,
            64 << 10,
            new Limits.OfGuests(3, 1 << 20, 1_000, 2 << 20, 2_000, 60_000, 1 << 20));

    final SignatureScheme scheme = new BouncyCastleScheme();
    final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    private final TcpLinkFactory factory;
    private final Map<String, Integer> ports = new TreeMap<>();

    Net(Limits limits) {
        factory = new TcpLinkFactory(limits, refusals::add);
    }

    Signer signer(String name) {
        return scheme.signer(
                KeyType.ED25519,
                Hash.sha256(name.getBytes(StandardCharsets.US_ASCII)).bytes());
    }

    Signer hybridSigner(String name) {
        Bytes half = Hash.sha256(name.getBytes(StandardCharsets.US_ASCII)).bytes();
        return scheme.signer(KeyType.HYBRID, Hybrid.join(half, half));
    }

    int port(String name) {
        return ports.computeIfAbsent(name, absent -> {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                return fail(e);
            }
        });
    }

    /** A node that trusts and dials: {@code "bob,carol"} and {@code "bob"}. */
    LinkConfig config(String name, String trusted, String dialled) {
        Map<String, PublicKey> keys = new TreeMap<>();
        for (String peer : trusted.split(",")) {
            keys.put(peer, signer(peer).publicKey());
        }
        Map<String, String> addresses = new TreeMap<>();
        for (String peer : dialled.isEmpty() ? new String[0] : dialled.split(",")) {
            addresses.put(peer, "127.0.0.1:" + port(peer));
        }
        return config(CHAIN, port(name), addresses, keys, signer(name));
    }

    /** The same, which lets in so many observers, and whom it takes for validators. */
    LinkConfig open(LinkConfig config, int observers, Predicate<PublicKey> validators) {
        return new LinkConfig(
                config.chain(),
                config.bindHost(),
                config.bindPort(),
                config.peers(),
                config.trusted(),
                config.identity(),
                config.scheme(),
                config.maxFrameBytes(),
                observers,
                validators);
    }

    LinkConfig config(
            Hash chain, int port, Map<String, String> peers, Map<String, PublicKey> trusted, Signer identity) {
        return new LinkConfig(chain, "127.0.0.1", port, peers, trusted, identity, scheme, MAX_FRAME);
    }

    Links open(LinkConfig config, LinkHandler handler) {
        return factory.open(config, handler);
    }

    RawPeer raw(String dialled) throws IOException {
        return RawPeer.dial(port(dialled));
    }

    /** Waits for so many lines about refusals. */
    List<String> refusals(int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(refusals.poll(20, TimeUnit.SECONDS));
        }
        return lines;
    }

    /** Waits for a line about a refusal that contains {@code part}. */
    void expectRefusal(String part) throws InterruptedException {
        String line = refusals.poll(20, TimeUnit.SECONDS);
        assertTrue(line != null && line.contains(part), "expected '" + part + "', was '" + line + "'");
    }

    static Bytes message(int number) {
        return Bytes.of(new byte[] {(byte) (number >> 8), (byte) number});
    }

    @Override
    public void close() {
        factory.close();
    }
}
