package org.hauptbuch.store.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.Store.Space;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class RocksStoreTest {
    @TempDir
    Path home;

    private final RocksStoreFactory factory = new RocksStoreFactory(8);

    @AfterEach
    void close() {
        factory.close();
    }

    /** Every call gives what the store in memory gives, over random histories with reopening. */
    @Test
    void agreesWithTheStoreInMemory() {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            Path folder = home.resolve("seed-" + seed);
            MemoryStoreFactory models = new MemoryStoreFactory();
            Store store = factory.open(folder);
            Store model = models.open(folder);
            for (int i = 0; i < 60; i++) {
                String at = "seed " + seed + ", step " + i;
                Batch batch = randomBatch(random);
                store.commit(batch);
                model.commit(batch);
                Space space = randomSpace(random);
                Bytes key = randomKey(random);
                assertEquals(model.get(space, key), store.get(space, key), at);
                Bytes prefix = Bytes.of(key.toArray(), 0, random.nextInt(key.length() + 1));
                int limit = 1 + random.nextInt(20);
                assertEquals(entries(model, space, prefix, limit), entries(store, space, prefix, limit), at);
                if (random.nextInt(20) == 0) {
                    store.close();
                    store = factory.open(folder);
                }
            }
            for (Space space : Space.values()) {
                assertEquals(all(model, space), all(store, space), "seed " + seed + ", " + space);
            }
        }
    }

    /** A view stays at its moment, on both stores alike, and a scan begins where it is told to. */
    @Test
    void aViewStaysAtItsMoment() {
        Path folder = home.resolve("view");
        for (Store store : List.of(factory.open(folder), new MemoryStoreFactory().open(folder))) {
            store.commit(new Batch()
                    .put(Space.STATE, Bytes.fromHex("0101"), Bytes.fromHex("aa"))
                    .put(Space.STATE, Bytes.fromHex("0102"), Bytes.fromHex("bb"))
                    .put(Space.STATE, Bytes.fromHex("02"), Bytes.fromHex("cc")));
            Store.View view = store.view().orElseThrow();
            store.commit(new Batch()
                    .put(Space.STATE, Bytes.fromHex("0101"), Bytes.fromHex("dd"))
                    .remove(Space.STATE, Bytes.fromHex("0102"))
                    .put(Space.STATE, Bytes.fromHex("0103"), Bytes.fromHex("ee")));
            assertEquals(Optional.of(Bytes.fromHex("aa")), view.get(Space.STATE, Bytes.fromHex("0101")));
            assertEquals(Optional.empty(), view.get(Space.STATE, Bytes.fromHex("0103")));
            List<String> seen = new ArrayList<>();
            Store.Visitor visitor = (key, value) -> seen.add(key.hex() + "=" + value.hex());
            view.scan(Space.STATE, Bytes.fromHex("01"), Bytes.fromHex("0102"), visitor);
            view.scan(Space.STATE, Bytes.EMPTY, Bytes.fromHex("010200"), visitor);
            assertEquals(List.of("0102=bb", "02=cc"), seen);
            seen.clear();
            store.scan(Space.STATE, Bytes.fromHex("01"), Bytes.fromHex("0102"), visitor);
            store.scan(Space.STATE, Bytes.fromHex("01"), Bytes.EMPTY, visitor);
            store.scan(Space.STATE, Bytes.fromHex("01"), Bytes.fromHex("02"), visitor);
            assertEquals(List.of("0103=ee", "0101=dd", "0103=ee"), seen);
            view.close();
            view.close();
            assertThrows(IllegalStateException.class, () -> view.get(Space.STATE, Bytes.fromHex("0101")));
            Store.View left = store.view().orElseThrow();
            store.close();
            if (store instanceof RocksStore) {
                assertThrows(
                        IllegalStateException.class, () -> left.scan(Space.STATE, Bytes.EMPTY, Bytes.EMPTY, visitor));
            }
            left.close();
        }
    }

    @Test
    void scanIsOrderedByUnsignedBytesUpToTheLastPrefix() {
        Store store = factory.open(home);
        Batch batch = new Batch();
        for (String key : List.of("ffff", "ff", "7f", "8000", "80", "80ff", "81", "")) {
            batch.put(Space.STATE, Bytes.fromHex(key), Bytes.EMPTY);
        }
        store.commit(batch);
        assertEquals(List.of("=", "7f=", "80=", "8000=", "80ff=", "81=", "ff=", "ffff="), all(store, Space.STATE));
        assertEquals(List.of("80=", "8000=", "80ff="), entries(store, Space.STATE, Bytes.fromHex("80"), 9));
        assertEquals(List.of("ff=", "ffff="), entries(store, Space.STATE, Bytes.fromHex("ff"), 9));
        assertEquals(List.of(), all(store, Space.TREE));
    }

    @Test
    void aVisitorMayCommitAndDoesNotSeeItsOwnChange() {
        Store store = factory.open(home);
        store.commit(new Batch().put(Space.META, hex(1), hex(1)).put(Space.META, hex(3), hex(3)));
        List<Bytes> seen = new ArrayList<>();
        store.scan(Space.META, Bytes.EMPTY, (key, value) -> {
            store.commit(new Batch().put(Space.META, hex(2), hex(2)).remove(Space.META, hex(3)));
            return seen.add(key);
        });
        assertEquals(List.of(hex(1), hex(3)), seen);
        assertEquals(List.of("01=01", "02=02"), all(store, Space.META));
    }

    @Test
    void dataOutlivesTheStoreAndTheFactory() {
        Store store = factory.open(home);
        store.commit(new Batch().put(Space.RULES, hex(1), Bytes.of(new byte[3_000_000])));
        store.close();
        try (RocksStoreFactory next = new RocksStoreFactory(8);
                Store again = next.open(home)) {
            assertEquals(3_000_000, again.get(Space.RULES, hex(1)).orElseThrow().length());
        }
    }

    @Test
    void folderIsMadeWhereItIsAbsent() {
        Path folder = home.resolve("a").resolve("b");
        factory.open(folder);
        assertTrue(Files.isDirectory(folder));
    }

    @Test
    void fileInTheFoldersPlaceIsRefused() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "x");
        assertMessage(
                assertThrows(UncheckedIOException.class, () -> factory.open(file)), file, "cannot make the folder");
    }

    @Test
    void storeThatIsOpenIsRefusedAndTheOpenOneUnharmed() {
        Store store = factory.open(home);
        assertMessage(assertThrows(UncheckedIOException.class, () -> factory.open(home)), home, "it is open already");
        store.commit(new Batch().put(Space.META, hex(1), hex(1)));
        store.close();
        factory.open(home);
    }

    @Test
    void corruptManifestIsRefusedByName() throws IOException {
        factory.open(home).close();
        Path manifest = only("MANIFEST-");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(manifest, bytes);
        assertMessage(assertThrows(UncheckedIOException.class, () -> factory.open(home)), home, "corrupt");
    }

    @Test
    void damageInsideTheLogIsRefusedRatherThanRolledBack() throws IOException {
        Store store = factory.open(home);
        for (int i = 0; i < 10; i++) {
            store.commit(new Batch().put(Space.SIGNING, hex(i), Bytes.of(new byte[100])));
        }
        store.close();
        Path log = newestLog();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(log, bytes);
        assertMessage(assertThrows(UncheckedIOException.class, () -> factory.open(home)), home, "corrupt");
    }

    @Test
    void fullDiskIsNamed() {
        Status status = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "While appending to file");
        UncheckedIOException failure = Failures.of("write", home, new RocksDBException("No space left", status));
        assertMessage(failure, home, "the disk is full");
        assertTrue(failure.getMessage().startsWith("cannot write the store in "), failure.getMessage());
    }

    @Test
    void useAfterCloseIsRefusedByName() {
        Store store = factory.open(home);
        store.close();
        store.close();
        for (Runnable use : List.<Runnable>of(
                () -> store.get(Space.META, hex(1)),
                () -> store.scan(Space.META, Bytes.EMPTY, (key, value) -> true),
                () -> store.commit(new Batch().put(Space.META, hex(1), hex(1))))) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, use::run);
            assertEquals("the store in " + home + " is closed", refused.getMessage());
        }
    }

    @Test
    void closeWithinAScanIsRefused() {
        Store store = factory.open(home);
        store.commit(new Batch().put(Space.META, hex(1), hex(1)));
        assertThrows(
                IllegalStateException.class,
                () -> store.scan(Space.META, Bytes.EMPTY, (key, value) -> {
                    store.close();
                    return true;
                }));
        assertEquals(Optional.of(hex(1)), store.get(Space.META, hex(1)));
    }

    @Test
    void closeWaitsForAScanUnderWay() throws InterruptedException {
        Store store = factory.open(home);
        store.commit(new Batch().put(Space.META, hex(1), hex(1)).put(Space.META, hex(2), hex(2)));
        CountDownLatch scanning = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Bytes> seen = new ArrayList<>();
        Thread scan = new Thread(() -> store.scan(Space.META, Bytes.EMPTY, (key, value) -> {
            scanning.countDown();
            return await(goOn) && seen.add(key);
        }));
        Thread closing = new Thread(store::close);
        scan.start();
        assertTrue(await(scanning));
        closing.start();
        goOn.countDown();
        scan.join(TimeUnit.SECONDS.toMillis(20));
        closing.join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(List.of(hex(1), hex(2)), seen);
        assertThrows(IllegalStateException.class, () -> store.get(Space.META, hex(1)));
    }

    @Test
    void factoryClosesWhatIsLeftOpen() {
        Store store = factory.open(home);
        factory.close();
        factory.close();
        assertThrows(IllegalStateException.class, () -> store.get(Space.META, hex(1)));
        assertThrows(IllegalStateException.class, () -> factory.open(home));
    }

    @Test
    void cacheSizeOutsideItsRangeIsRefused() {
        for (int megabytes : new int[] {-1, 0, 7, 65_537}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new RocksStoreFactory(megabytes));
            assertEquals("cacheMegabytes: " + megabytes + ", must be 8 to 65536", refused.getMessage());
        }
    }

    @Test
    void endOfAPrefixIsTheLeastKeyAfterIt() {
        assertEquals(Optional.empty(), KeyRange.endOf(Bytes.EMPTY));
        assertEquals(Optional.empty(), KeyRange.endOf(Bytes.fromHex("ffff")));
        assertEquals(Optional.of(Bytes.fromHex("02")), KeyRange.endOf(Bytes.fromHex("01ff")));
        assertEquals(Optional.of(Bytes.fromHex("80")), KeyRange.endOf(Bytes.fromHex("7f")));
    }

    private static Batch randomBatch(Random random) {
        Batch batch = new Batch();
        for (int i = random.nextInt(10); i > 0; i--) {
            Space space = randomSpace(random);
            Bytes key = randomKey(random);
            if (random.nextInt(4) == 0) {
                batch.remove(space, key);
            } else {
                byte[] value = new byte[random.nextInt(200)];
                random.nextBytes(value);
                batch.put(space, key, Bytes.of(value));
            }
        }
        return batch;
    }

    private static Space randomSpace(Random random) {
        return Space.values()[random.nextInt(Space.values().length)];
    }

    /** Few distinct keys, with 0xff among their bytes. */
    private static Bytes randomKey(Random random) {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) - 2);
        }
        return Bytes.of(key);
    }

    private static List<String> all(Store store, Space space) {
        return entries(store, space, Bytes.EMPTY, Integer.MAX_VALUE);
    }

    private static List<String> entries(Store store, Space space, Bytes prefix, int limit) {
        List<String> entries = new ArrayList<>();
        store.scan(space, prefix, (key, value) -> {
            entries.add(key + "=" + value);
            return entries.size() < limit;
        });
        return entries;
    }

    private static void assertMessage(UncheckedIOException failure, Path folder, String reason) {
        assertTrue(failure.getMessage().contains(folder.toString()), failure.getMessage());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }

    private Path newestLog() throws IOException {
        try (var files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private Path only(String prefix) throws IOException {
        try (var files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes hex(int octet) {
        return Bytes.of(new byte[] {(byte) octet});
    }
}
