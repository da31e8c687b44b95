package org.hauptbuch.net.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.hauptbuch.api.value.Bytes;

/** Stands between a dialler and a node and passes on what both say, of which it keeps all. One connection. */
final class Wire implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Wire(int to) throws IOException {
        run(() -> {
            try (Socket from = server.accept();
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), to)) {
                run(() -> pass(there, from));
                pass(from, there);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether these bytes went over the wire, in either direction, so far. */
    boolean passed(Bytes bytes) {
        synchronized (seen) {
            return Bytes.of(seen.toByteArray()).hex().contains(bytes.hex());
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[4_096];
        OutputStream out = to.getOutputStream();
        int read = from.getInputStream().read(buffer);
        while (read >= 0) {
            synchronized (seen) {
                seen.write(buffer, 0, read);
            }
            out.write(buffer, 0, read);
            read = from.getInputStream().read(buffer);
        }
        to.shutdownOutput();
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
                // one side has gone, and so has the wire
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
