package org.hauptbuch.node.signer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs with a key that another process has. Who calls waits, but never longer than the limit, and not at all while the
 * signer is away: one thread of its own connects, again and again, and looks every second whether the signer is still
 * there. That it is away, refuses, or signs again is said once, when it begins. Thread-safe.
 */
public final class RemoteSigner implements Signer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSigner.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final int MOST_WAITING = 64;
    private static final Bytes NAME = new Writer().u8('n').toBytes();

    private final String name;
    private final Target target;
    private final SharedSecret secret;
    private final Bytes node;
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean closed;
    private volatile Channel channel;
    private volatile Socket socket;
    private final long pauseMillis;
    private String said = "starts:";

    /**
     * Where the signer is.
     *
     * @param host its address
     * @param port its port
     * @param limitMillis the most milliseconds that a signature may take
     */
    public record Target(String host, int port, long limitMillis) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private record Request(int kind, Bytes message, CompletableFuture<Bytes> answer) {}

    /**
     * A signer that may answer later.
     *
     * @param name the node's, for the log
     * @param node {@link #nameOf} the node's store
     */
    public RemoteSigner(String name, Target target, SharedSecret secret, Bytes node) {
        this(name, target, secret, node, PAUSE_MILLIS);
    }

    RemoteSigner(String name, Target target, SharedSecret secret, Bytes node, long pauseMillis) {
        this.pauseMillis = pauseMillis;
        this.name = name;
        this.target = target;
        this.secret = secret;
        this.node = node;
        Thread thread = new Thread(this::run, "hauptbuch-remote-signer-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** 16 random bytes that stand for a store: which block a validator is locked on is in one store only. */
    public static Bytes nameOf(Store store) {
        return store.get(Store.Space.SIGNING, NAME).orElseGet(() -> {
            byte[] random = new byte[SignerRecords.NODE];
            new SecureRandom().nextBytes(random);
            Bytes name = Bytes.of(random);
            store.commit(new Batch().put(Store.Space.SIGNING, NAME, name));
            return name;
        });
    }

    @Override
    public PublicKey publicKey() {
        return secret.key();
    }

    /**
     * {@inheritDoc}
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED with a {@link SignerFault} where the signer refuses, or is away
     */
    @Override
    public Bytes sign(Bytes message) {
        return ask(SignerServer.SIGN, message);
    }

    /** As {@link #sign}. */
    @Override
    public Bytes prove(Bytes alpha) {
        return ask(SignerServer.PROVE, alpha);
    }

    /** Whether the signer answered when it was last asked. */
    boolean isThere() {
        return channel != null;
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
    }

    private Bytes ask(int kind, Bytes message) {
        CompletableFuture<Bytes> answer = new CompletableFuture<>();
        Channel current = channel;
        if (current == null || !requests.offer(new Request(kind, message, answer))) {
            throw SignerFault.away("the signer at " + target + " is away", null);
        }
        if (channel != current) {
            // it went away in between, perhaps after all that waited was told so
            answer.completeExceptionally(new IOException("it went away"));
        }
        try {
            return answered(answer.get(target.limitMillis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // an answer that comes later must not be taken for that of the next question
            answer.cancel(false);
            saySlow();
            hangUp();
            throw SignerFault.away(
                    "the signer at " + target + " did not answer within " + target.limitMillis + " ms", e);
        } catch (ExecutionException e) {
            throw SignerFault.away(
                    "the signer at " + target + " is away: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignerFault.away("interrupted while the signer at " + target + " was asked", e);
        }
    }

    private Bytes answered(Bytes answer) {
        Reader in = new Reader(answer, PoSError.SECURITY_VALIDATION_FAILED);
        if (in.u8("answer") == SignerServer.DONE) {
            say("");
            return in.fixed("answer", answer.length() - 1);
        }
        String why = in.string("answer.reason", SignerServer.MAX_REASON);
        say("refuses: " + why);
        throw SignerFault.refused("the signer at " + target + " refuses: " + why);
    }

    /** One line when something begins; what follows of the same kind is no news. */
    private synchronized void say(String what) {
        boolean isNews = !kind(what).equals(kind(said));
        said = what;
        if (!isNews || closed) {
            return;
        }
        if (what.isEmpty()) {
            LOG.info("{}: the signer at {} signs", name, target);
        } else {
            LOG.warn("{}: the signer at {} {}", name, target, what);
        }
    }

    private static String kind(String what) {
        return what.substring(0, Math.max(0, what.indexOf(':')));
    }

    private void saySlow() {
        say("is slow: it did not answer within " + target.limitMillis
                + " ms; what it does not sign in time is tried again until the height is decided");
    }

    private synchronized boolean isSlow() {
        return kind(said).equals("is slow");
    }

    private void run() {
        while (!closed) {
            Channel opened = connected();
            if (opened != null) {
                channel = opened;
                try (opened) {
                    serve(opened);
                } catch (SocketTimeoutException e) {
                    saySlow();
                } catch (IOException e) {
                    sayAway(e);
                }
                channel = null;
                tellWaiting();
            }
            pause();
        }
    }

    private Channel connected() {
        try {
            Channel opened = connect();
            // one that was slow has to sign something first
            if (!isSlow()) {
                say("");
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            say("is away: nothing is signed until it is back (" + e.getMessage() + ")");
            return null;
        }
    }

    private void sayAway(Exception why) {
        if (!isSlow()) {
            say("is away: nothing is signed until it is back (" + why.getMessage() + ")");
        }
    }

    private Channel connect() throws IOException {
        Socket fresh = new Socket();
        socket = fresh;
        boolean open = false;
        try {
            fresh.connect(new InetSocketAddress(target.host, target.port), (int) PAUSE_MILLIS);
            Channel opened = Channel.dial(fresh, secret.secret(), PAUSE_MILLIS);
            opened.send(new Writer().u8(SignerServer.WHO).toBytes());
            Bytes key = opened.receive(PAUSE_MILLIS);
            Bytes wanted = new Writer()
                    .u8(SignerServer.DONE)
                    .fixed(secret.key().encoded())
                    .toBytes();
            if (!key.equals(wanted)) {
                throw new IOException(
                        "it signs with another key than " + secret.key().shortText());
            }
            open = true;
            return opened;
        } finally {
            if (!open) {
                fresh.close();
            }
        }
    }

    private void serve(Channel opened) throws IOException {
        while (!closed) {
            Request request = next();
            if (request == null) {
                opened.send(new Writer().u8(SignerServer.WHO).toBytes());
                opened.receive(target.limitMillis);
            } else if (!request.answer.isDone()) {
                try {
                    opened.send(new Writer()
                            .u8(request.kind)
                            .fixed(node)
                            .fixed(request.message)
                            .toBytes());
                    request.answer.complete(opened.receive(target.limitMillis));
                } catch (IOException e) {
                    request.answer.completeExceptionally(e);
                    throw e;
                }
            }
        }
    }

    private Request next() throws IOException {
        try {
            return requests.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void tellWaiting() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.answer.completeExceptionally(new IOException("it went away"));
        }
    }

    private void pause() {
        if (closed) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void hangUp() {
        Socket current = socket;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.debug("{}: closing the connection with the signer failed", name, e);
            }
        }
    }
}
