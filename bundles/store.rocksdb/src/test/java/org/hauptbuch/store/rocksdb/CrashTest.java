package org.hauptbuch.store.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.Store.Space;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a crash is a prefix of whole batches, and holds every batch whose commit returned. */
class CrashTest {
    @TempDir
    Path home;

    private final RocksStoreFactory factory = new RocksStoreFactory(8);

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    @Timeout(120)
    void killedProcessLeavesWholeBatchesOnly() throws IOException, InterruptedException {
        Random random = new Random(42);
        for (int round = 0; round < 3; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            CountingWriter.class.getName(),
                            home.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long printed = 0;
            try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
                int enough = 20 + random.nextInt(60);
                for (int i = 0; i < enough; i++) {
                    printed = Long.parseLong(lines.readLine());
                }
                if (round == 0) {
                    UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> factory.open(home));
                    assertTrue(refused.getMessage().contains("open already"), refused.getMessage());
                }
                // by its handle: Process.destroyForcibly would also close the pipe, with lines still in it
                writer.toHandle().destroyForcibly();
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    printed = Long.parseLong(line);
                }
            } finally {
                writer.destroyForcibly();
            }
            assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
            assertEquals(128 + 9, writer.exitValue(), "killed by signal 9");
            try (Store store = factory.open(home)) {
                long count = wholeBatches(store);
                assertTrue(count >= printed, count + " batches are there, " + printed + " were committed");
            }
        }
    }

    /** A power cut may leave any beginning of the log. */
    @Test
    void tornLogLeavesWholeBatchesOnly() throws IOException {
        Path origin = home.resolve("origin");
        try (Store store = factory.open(origin)) {
            for (int number = 1; number <= 8; number++) {
                store.commit(CountingWriter.batch(number));
            }
        }
        Path log;
        try (var files = Files.list(origin)) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(log);
        Random random = new Random(7);
        long last = 8;
        for (int length = bytes.length; length >= 0; length -= 1 + random.nextInt(bytes.length / 12)) {
            Path torn = home.resolve("torn-" + length);
            Files.createDirectories(torn);
            try (var files = Files.list(origin)) {
                for (Path file : files.toList()) {
                    Files.copy(file, torn.resolve(file.getFileName()));
                }
            }
            Files.write(torn.resolve(log.getFileName()), Arrays.copyOf(bytes, length));
            try (Store store = factory.open(torn)) {
                long count = wholeBatches(store);
                assertTrue(count <= last, "length " + length + ": " + count + " batches, " + last + " with more bytes");
                last = count;
            }
        }
        assertTrue(last <= 1, last + " batches in the shortest log");
    }

    /** The number of batches; fails where one of them is there in part, or one beyond them. */
    private static long wholeBatches(Store store) {
        long count = CountingWriter.count(store);
        for (Space space : Space.values()) {
            if (space != Space.META) {
                long[] seen = {0};
                store.scan(space, Bytes.EMPTY, (key, value) -> {
                    seen[0]++;
                    assertEquals(CountingWriter.key(seen[0]), key, space.name());
                    assertEquals(CountingWriter.value(space, seen[0]), value, space + " " + seen[0]);
                    return true;
                });
                assertEquals(count, seen[0], space.name());
            }
        }
        return count;
    }
}
