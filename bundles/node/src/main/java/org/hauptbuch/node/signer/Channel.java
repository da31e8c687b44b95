package org.hauptbuch.node.signer;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Bytes;

/**
 * One connection between a node and its signer. Both prove that they know the shared secret by HMAC-SHA256 (RFC 2104) over
 * the nonces of both, the signer first; every frame after that has an HMAC under a key of this connection over the side
 * that sends it, its number and its bytes. So nothing can be changed, left out, sent back or sent again. Nothing is
 * encrypted. Not thread-safe, except for {@link #close()}.
 */
final class Channel implements Closeable {
    /** The largest payload of a frame: more than a handshake of two peers with the longest keys. */
    static final int MAX_BYTES = 8_192;

    private static final byte[] MAGIC = "hauptbuch/signer/1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 32;
    private static final int MAC = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final InputStream in;
    private final DataOutputStream out;
    private final boolean signer;
    private Bytes key;
    private long sent;
    private long received;

    private Channel(Socket socket, boolean signer) throws IOException {
        this.socket = socket;
        this.signer = signer;
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /**
     * The node's end of a connected socket, which is closed where this fails.
     *
     * @throws IOException where the other side is no signer that knows {@code secret}, or does not answer in time
     */
    static Channel dial(Socket socket, Bytes secret, long millis) throws IOException {
        return opened(socket, false, channel -> {
            long deadline = deadline(millis);
            byte[] own = nonce();
            channel.write(MAGIC, own);
            Bytes nonces =
                    new Writer().fixed(own).fixed(channel.read(NONCE, deadline)).toBytes();
            channel.check("signer", secret, nonces, channel.read(MAC, deadline));
            channel.write(hmac(secret, "node", nonces));
            channel.key = Bytes.of(hmac(secret, "frames", nonces));
        });
    }

    /** As {@link #dial}, the signer's end. */
    static Channel accept(Socket socket, Bytes secret, long millis) throws IOException {
        return opened(socket, true, channel -> {
            long deadline = deadline(millis);
            if (!MessageDigest.isEqual(channel.read(MAGIC.length, deadline), MAGIC)) {
                throw new IOException("it does not speak as a node does");
            }
            byte[] own = nonce();
            Bytes nonces =
                    new Writer().fixed(channel.read(NONCE, deadline)).fixed(own).toBytes();
            channel.write(own, hmac(secret, "signer", nonces));
            channel.check("node", secret, nonces, channel.read(MAC, deadline));
            channel.key = Bytes.of(hmac(secret, "frames", nonces));
        });
    }

    private interface Opening {
        void run(Channel channel) throws IOException;
    }

    private static Channel opened(Socket socket, boolean signer, Opening opening) throws IOException {
        boolean open = false;
        try {
            Channel channel = new Channel(socket, signer);
            opening.run(channel);
            open = true;
            return channel;
        } finally {
            if (!open) {
                socket.close();
            }
        }
    }

    /** Sends one frame. @throws IOException where the connection is broken */
    void send(Bytes payload) throws IOException {
        if (payload.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a frame of " + payload.length() + " bytes, must be at most " + MAX_BYTES);
        }
        write(new Writer()
                .bytes(payload)
                .fixed(frameMac(signer, sent++, payload))
                .toArray());
    }

    /**
     * The next frame's payload.
     *
     * @throws SocketTimeoutException where it is not here within {@code millis}
     * @throws IOException where the connection ends, or a frame is not the other side's next one
     */
    Bytes receive(long millis) throws IOException {
        long deadline = deadline(millis);
        byte[] header = read(4, deadline);
        long length = 0;
        for (byte digit : header) {
            length = length << 8 | digit & 0xff;
        }
        if (length > MAX_BYTES) {
            throw new IOException("a frame of " + length + " bytes, must be at most " + MAX_BYTES);
        }
        Bytes payload = Bytes.of(read((int) length, deadline));
        if (!MessageDigest.isEqual(read(MAC, deadline), frameMac(!signer, received++, payload))) {
            throw new IOException("a frame that was changed on the way or sent before");
        }
        return payload;
    }

    /** Ends it, from any thread: who waits for a frame fails. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void check(String side, Bytes secret, Bytes nonces, byte[] proof) throws IOException {
        if (!MessageDigest.isEqual(proof, hmac(secret, side, nonces))) {
            throw new IOException("it does not know the secret of this " + (signer ? "signer" : "node"));
        }
    }

    private byte[] frameMac(boolean bySigner, long number, Bytes payload) {
        return hmac(
                key,
                "frame",
                new Writer().bool(bySigner).u64(number).bytes(payload).toBytes());
    }

    private static byte[] hmac(Bytes secret, String purpose, Bytes message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
            return mac.doFinal(
                    new Writer().fixed(MAGIC).string(purpose).fixed(message).toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static long deadline(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void write(byte[]... parts) throws IOException {
        Writer all = new Writer();
        for (byte[] part : parts) {
            all.fixed(part);
        }
        out.write(all.toArray());
        out.flush();
    }

    /** Whoever sends byte by byte has no more time for all of them than for one. */
    private byte[] read(int length, long deadline) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            socket.setSoTimeout((int) left);
            int read = in.read(bytes, at, length - at);
            if (read < 0) {
                throw new EOFException("the other side hung up");
            }
            at += read;
        }
        return bytes;
    }
}
