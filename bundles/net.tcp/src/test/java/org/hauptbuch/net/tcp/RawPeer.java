package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.tls.TlsNoCloseNotifyException;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** A peer that does by hand, over a blocking socket in TLS or without, what a test wants it to do, well or badly. */
final class RawPeer implements AutoCloseable {
    /** The certificate that it shows where it is dialled; one for all of them, they are one attacker. */
    static final Tls TLS = new Tls(Runnable::run);

    /** Below TLS. */
    private final Socket raw;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawPeer(Socket raw, Socket socket) throws IOException {
        this.raw = raw;
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Dials and speaks no TLS. */
    static RawPeer plain(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        return new RawPeer(socket, socket);
    }

    /** Dials; TLS begins with the first that is written or read. */
    static RawPeer dial(int port) throws IOException {
        return dial(port, Tls::restrict);
    }

    /** Dials with parameters of TLS of its own. */
    static RawPeer dial(int port, Consumer<BCSSLParameters> parameters) throws IOException {
        return secured(new Socket(InetAddress.getLoopbackAddress(), port), true, parameters);
    }

    /** Was dialled. */
    static RawPeer accepted(Socket socket) throws IOException {
        return accepted(socket, Tls::restrict);
    }

    /** Was dialled, and has parameters of TLS of its own. */
    static RawPeer accepted(Socket socket, Consumer<BCSSLParameters> parameters) throws IOException {
        return secured(socket, false, parameters);
    }

    private static RawPeer secured(Socket socket, boolean dialled, Consumer<BCSSLParameters> choice)
            throws IOException {
        SSLSocket secured = (SSLSocket) TLS.context().getSocketFactory().createSocket(socket, "peer", 1, true);
        secured.setUseClientMode(dialled);
        BCSSLSocket own = (BCSSLSocket) secured;
        BCSSLParameters parameters = own.getParameters();
        choice.accept(parameters);
        own.setParameters(parameters);
        return new RawPeer(socket, secured);
    }

    /** The hash of the acceptor's certificate. */
    Hash certificate() {
        return TLS.binding(session(), ((SSLSocket) socket).getUseClientMode());
    }

    SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /** Writes past TLS. */
    void writeRaw(byte[] bytes) throws IOException {
        raw.getOutputStream().write(bytes);
    }

    /** Says nothing more, and listens. */
    void endRaw() throws IOException {
        raw.shutdownOutput();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void frame(Bytes body) throws IOException {
        write(TcpLinks.frame(body));
    }

    Bytes read() throws IOException {
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        return Bytes.of(body);
    }

    /** The next frame that is no ping. */
    Bytes readMessage() throws IOException {
        Bytes frame = read();
        while (frame.length() == 0) {
            frame = read();
        }
        return frame;
    }

    static Bytes helloOf(Signer signer) {
        return Handshake.hello(
                Net.CHAIN, Hash.sha256(signer.publicKey().encoded()).bytes(), signer.publicKey());
    }

    /** Sends this hello and returns what a dialler has to sign then. */
    Bytes exchangeHellos(Bytes hello) throws IOException {
        frame(hello);
        Bytes theirs = read();
        return Handshake.statement(true, certificate(), hello, theirs);
    }

    /** Proves to be {@code signer}, as the dialler, and reads the other side's proof; {@code behind} goes with it. */
    void shakeHands(Signer signer, Bytes... behind) throws IOException {
        Bytes statement = exchangeHellos(helloOf(signer));
        Writer frames = new Writer().fixed(TcpLinks.frame(signer.sign(statement)));
        for (Bytes message : behind) {
            frames.fixed(TcpLinks.frame(message));
        }
        write(frames.toArray());
        read();
    }

    /** Waits until the other side hangs up, reading on; within TLS, or before it is there. */
    void expectEnd() throws IOException {
        try {
            byte[] rest = new byte[4_096];
            int read = in.read(rest);
            while (read >= 0) {
                read = in.read(rest);
            }
            assertEquals(-1, read);
        } catch (TlsNoCloseNotifyException e) {
            // as is a socket that is closed without a word
            assertEquals("No close_notify alert received before connection closed", e.getMessage());
        } catch (SocketException e) {
            // a reset is an end, too: the other side did not read what was left
            assertEquals("Connection reset", e.getMessage());
        }
    }

    /** Begins TLS and is refused, by this side or the other, with this alert. */
    void expectAlert(String alert) {
        IOException refused = assertThrows(IOException.class, in::read);
        assertTrue(refused.getMessage().contains(alert), refused.getMessage());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
