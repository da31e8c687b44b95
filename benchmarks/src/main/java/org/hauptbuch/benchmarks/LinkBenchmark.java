package org.hauptbuch.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.net.tcp.TcpLinkFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Two nodes with Ed25519 keys in one process, over loopback: how long until they are linked, and how long a mebibyte takes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class LinkBenchmark {
    private static final int MESSAGES = 16;
    private static final Bytes MEBIBYTE = Bytes.of(new byte[1 << 20]);

    private final SignatureScheme scheme = new BouncyCastleScheme();

    /** Of two keys the smaller one dials without delay. */
    private final List<Signer> signers = Stream.of(Hash.sha256(new byte[] {1}), Hash.sha256(new byte[] {2}))
            .map(secret -> scheme.signer(KeyType.ED25519, secret.bytes()))
            .sorted(Comparator.comparing(Signer::publicKey))
            .toList();

    private final int port = freePort(21_000);
    private final int diallersPort = freePort(port + 1);
    private final Counter atAcceptor = new Counter();
    private final Counter atDialler = new Counter();
    private TcpLinkFactory factory;

    private static final class Counter implements LinkHandler {
        private final Semaphore connected = new Semaphore(0);
        private final Semaphore gone = new Semaphore(0);
        private final Semaphore received = new Semaphore(0);

        @Override
        public void connected(String peer) {
            connected.release();
        }

        @Override
        public void disconnected(String peer) {
            gone.release();
        }

        @Override
        public boolean received(String peer, Bytes message) {
            received.release();
            return true;
        }

        @Override
        public boolean ready() {
            return true;
        }
    }

    /** Two that are linked, for the length of an iteration. */
    @State(Scope.Benchmark)
    public static class Pair {
        private Links dialler;

        /** Links them. */
        @Setup(Level.Iteration)
        public void link(LinkBenchmark benchmark) {
            dialler = benchmark.dial();
        }

        /** Parts them. */
        @TearDown(Level.Iteration)
        public void part(LinkBenchmark benchmark) {
            benchmark.part(dialler);
        }
    }

    /** One below those that the system gives to connections, which would take it between two measurements. */
    private static int freePort(int from) {
        IOException last = null;
        for (int port = from; port < from + 1_000; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IllegalStateException("no port is free from " + from + " on", last);
    }

    /** Opens the acceptor. */
    @Setup
    public void open() {
        factory = new TcpLinkFactory();
        factory.open(config(port, 1, Map.of()), atAcceptor);
    }

    /** Closes both. */
    @TearDown
    public void close() {
        factory.close();
    }

    private LinkConfig config(int ownPort, int own, Map<String, String> peers) {
        return new LinkConfig(
                Hash.ZERO,
                "127.0.0.1",
                ownPort,
                peers,
                Map.of("peer", signers.get(1 - own).publicKey()),
                signers.get(own),
                scheme,
                4 << 20);
    }

    private Links dial() {
        Links dialler = factory.open(config(diallersPort, 0, Map.of("peer", "127.0.0.1:" + port)), atDialler);
        atAcceptor.connected.acquireUninterruptibly();
        atDialler.connected.acquireUninterruptibly();
        return dialler;
    }

    private void part(Links dialler) {
        dialler.close();
        atAcceptor.gone.acquireUninterruptibly();
    }

    /** From opening a node's links until both sides have proven who they are, and back. */
    @Benchmark
    public void link() {
        part(dial());
    }

    /** A mebibyte in one message, one of sixteen that follow each other. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void mebibyte(Pair pair) {
        for (int i = 0; i < MESSAGES; i++) {
            pair.dialler.send("peer", MEBIBYTE);
        }
        atAcceptor.received.acquireUninterruptibly(MESSAGES);
    }
}
