package org.hauptbuch.node.signer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;

/**
 * The signer's end of the wire: signs for whoever knows the shared secret what it understands and what contradicts none
 * of its records, one request after the other, each record durable before its signature exists. Thread-safe.
 */
final class SignerServer implements Closeable {
    static final int WHO = 0;
    static final int SIGN = 1;
    static final int PROVE = 2;
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int MAX_REASON = 1_024;

    /** A node asks every second who is there. */
    private static final long IDLE_MILLIS = 10_000;

    private static final long OPENING_MILLIS = 2_000;
    private static final int MOST_CONNECTIONS = 8;

    private final ServerSocket socket;
    private final Bytes secret;
    private final Signer signer;
    private final SignerRecords records;
    private final Consumer<String> say;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * Listens, and answers from now on.
     *
     * @param say hears of every refusal, in one line; from any thread
     * @throws UncheckedIOException where the port cannot be bound, naming it
     */
    SignerServer(InetSocketAddress address, Bytes secret, Signer signer, SignerRecords records, Consumer<String> say) {
        this.secret = secret;
        this.signer = signer;
        this.records = records;
        this.say = say;
        try {
            this.socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        thread("hauptbuch-signer", this::accept).start();
    }

    /** The port that it listens on. */
    int port() {
        return socket.getLocalPort();
    }

    /** The lowest height at which it signs. */
    synchronized long firstHeight() {
        return records.height();
    }

    /** Returns once it is closed. */
    void awaitClose() throws InterruptedException {
        ended.await();
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!closed) {
            try {
                Socket node = socket.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    node.close();
                    say.accept("hung up on " + from(node) + ": " + MOST_CONNECTIONS + " connections are open");
                    continue;
                }
                connections.add(node);
                thread("hauptbuch-signer-" + node.getPort(), () -> serve(node)).start();
            } catch (IOException e) {
                if (!closed) {
                    say.accept("cannot accept a connection: " + e.getMessage());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
        }
    }

    private void serve(Socket node) {
        try (Channel channel = Channel.accept(node, secret, OPENING_MILLIS)) {
            while (!closed) {
                channel.send(answer(channel.receive(IDLE_MILLIS), from(node)));
            }
        } catch (IOException e) {
            if (!closed) {
                say.accept("hung up on " + from(node) + ": " + e.getMessage());
            }
        } finally {
            connections.remove(node);
        }
    }

    private static String from(Socket node) {
        InetAddress address = node.getInetAddress();
        return address.getHostAddress() + ":" + node.getPort();
    }

    private Bytes answer(Bytes request, String from) {
        try {
            return new Writer().u8(DONE).fixed(answer(request)).toBytes();
        } catch (PoSException | IllegalArgumentException | UnsupportedOperationException refused) {
            String why = String.valueOf(refused.getMessage());
            say.accept("refused " + from + ": " + why);
            return new Writer()
                    .u8(REFUSED)
                    .string(why.substring(0, Math.min(why.length(), MAX_REASON / 4)))
                    .toBytes();
        }
    }

    private synchronized Bytes answer(Bytes request) {
        if (closed) {
            throw new PoSException(PoSError.SECURITY_VALIDATION_FAILED, "the signer stops");
        }
        Reader in = new Reader(request, PoSError.SECURITY_VALIDATION_FAILED);
        int kind = in.u8("request");
        if (kind == WHO) {
            in.end();
            return signer.publicKey().encoded();
        }
        Bytes node = in.fixed("node", SignerRecords.NODE);
        Bytes message = in.fixed("message", request.length() - 1 - SignerRecords.NODE);
        switch (kind) {
            case SIGN -> {
                records.add(node, ToSign.parse(message));
                return signer.sign(message);
            }
            case PROVE -> {
                records.requireChain(ToSign.chainOfReveal(message));
                return signer.prove(message);
            }
            default -> throw in.refuse("request", kind, "0 (who), 1 (sign) or 2 (prove)");
        }
    }

    /** Ends it: what is being signed is answered or not, its record is whole. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        // no request is in the middle of its record any more
        synchronized (this) {
            records.close();
        }
        for (Socket node : connections) {
            node.close();
        }
        ended.countDown();
    }
}
