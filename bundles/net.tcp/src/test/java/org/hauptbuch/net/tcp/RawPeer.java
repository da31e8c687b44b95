package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** A peer that does by hand, over a blocking socket, what a test wants it to do, well or badly. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    RawPeer(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
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
        return Handshake.statement(true, hello, read());
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

    /** Waits until the other side hangs up, reading on. */
    void expectEnd() throws IOException {
        try {
            byte[] rest = new byte[4_096];
            int read = in.read(rest);
            while (read >= 0) {
                read = in.read(rest);
            }
            assertEquals(-1, read);
        } catch (SocketException e) {
            // a reset is an end, too: the other side did not read what was left
            assertEquals("Connection reset", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
