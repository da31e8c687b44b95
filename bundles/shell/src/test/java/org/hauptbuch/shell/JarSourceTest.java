package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarSourceTest {
    private static final int MOST = 100_000;

    private final FakePause pause = new FakePause();
    private final JarSource source = new JarSource(pause, MOST);

    @TempDir
    Path folder;

    @Test
    void readsAFileByItsPathAndByItsUrl() throws IOException {
        Path file = Files.write(folder.resolve("a rule.jar"), new byte[] {1, 2, 3});
        assertEquals(Bytes.of(new byte[] {1, 2, 3}), source.read("JAR", file.toString()));
        assertEquals(
                Bytes.of(new byte[] {1, 2, 3}), source.read("JAR", file.toUri().toString()));
    }

    @Test
    void refusesWhatIsNoFileAndWhatIsTooLong() throws IOException {
        String absent = folder.resolve("none.jar").toString();
        refuses(absent, "JAR is '" + absent + "', must be a file, or a URL");
        refuses(folder.toString(), " is no file)");
        Path largest = Files.write(folder.resolve("largest.jar"), new byte[MOST]);
        assertEquals(MOST, source.read("JAR", largest.toString()).length());
        Path long1 = Files.write(folder.resolve("long.jar"), new byte[MOST + 1]);
        refuses(long1.toString(), "must be a jar of at most 100000 bytes");
        for (String wrong : new String[] {"ftp://127.0.0.1/x.jar", "mvn:org/x/1", "jar:file:/x.jar!/"}) {
            refuses(wrong, "JAR is '" + wrong + "', must be a file, or a URL that begins with file:, http: or https:");
        }
        refuses("file:x.jar", "must be a URL of a file");
        refuses("http:/x.jar", "must be a URL with a host");
        refuses("http://exa mple/x", "must be a file, or a URL");
    }

    @Test
    void readsWhatAServerGivesButNoEndlessAnswerAndNoneThatTakesTooLong() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rule.jar", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(new byte[] {4, 5, 6});
            exchange.close();
        });
        server.createContext("/endless.jar", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[1 << 16]);
                }
            } catch (IOException e) {
                exchange.close();
            }
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(Bytes.of(new byte[] {4, 5, 6}), source.read("JAR", base + "/rule.jar"));
            refuses(base + "/none.jar", "the server answers 404, must be 200");
            refuses(base + "/endless.jar", "must be a jar of at most 100000 bytes");
            Pause slow = new Pause() {
                private long now;

                @Override
                public long nanoTime() {
                    now += JarSource.MOST.toNanos() + 1;
                    return now;
                }

                @Override
                public void millis(long millis) {}
            };
            Failure late = assertThrows(Failure.class, () -> new JarSource(slow, MOST).read("JAR", base + "/rule.jar"));
            assertTrue(late.getMessage().endsWith("is not here after 120 s"), late.getMessage());
            server.stop(0);
            refuses(base + "/rule.jar", "cannot be read: ");
        } finally {
            server.stop(0);
        }
    }

    private void refuses(String text, String message) {
        Failure refused = assertThrows(Failure.class, () -> source.read("JAR", text));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
