package org.hauptbuch.node.signer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.api.crypto.Signer;

/** A signer of this process, for nodes of others. */
public final class TestSigner implements AutoCloseable {
    private final SignerServer server;
    private final int port;

    /** @param port 0 for any that is free */
    public TestSigner(Path home, Signer key, int port) throws IOException {
        Files.createDirectories(home);
        server = SignerMain.open(
                home, key, Optional.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.port = server.port();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
