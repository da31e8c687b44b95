package org.hauptbuch.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.Store.Space;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final Path FOLDER = Path.of("nowhere", "alice");

    private final MemoryStoreFactory factory = new MemoryStoreFactory();

    @Test
    void getReturnsTheLastCommitOfItsSpaceOnly() {
        Store store = factory.open(FOLDER);
        store.commit(new Batch().put(Space.STATE, hex("01"), hex("aa")).put(Space.STATE, hex("01"), hex("bb")));
        assertEquals(Optional.of(hex("bb")), store.get(Space.STATE, hex("01")));
        assertEquals(Optional.empty(), store.get(Space.TREE, hex("01")));
        store.commit(new Batch().remove(Space.STATE, hex("01")).remove(Space.STATE, hex("77")));
        assertEquals(Optional.empty(), store.get(Space.STATE, hex("01")));
    }

    @Test
    void changesOfABatchApplyInTheirOrder() {
        Store store = factory.open(FOLDER);
        store.commit(new Batch()
                .put(Space.META, hex("01"), hex("aa"))
                .remove(Space.META, hex("01"))
                .remove(Space.META, hex("02"))
                .put(Space.META, hex("02"), hex("cc")));
        assertEquals(List.of("02=cc"), entries(store, Space.META, ""));
    }

    @Test
    void scanIsOrderedByUnsignedBytesAndKeepsToItsPrefix() {
        Store store = factory.open(FOLDER);
        Batch batch = new Batch();
        for (String key : List.of("ff", "7f", "8000", "80", "80ff", "81", "")) {
            batch.put(Space.STATE, hex(key), hex("00"));
        }
        store.commit(batch);
        assertEquals(
                List.of("=00", "7f=00", "80=00", "8000=00", "80ff=00", "81=00", "ff=00"),
                entries(store, Space.STATE, ""));
        assertEquals(List.of("80=00", "8000=00", "80ff=00"), entries(store, Space.STATE, "80"));
        assertEquals(List.of("ff=00"), entries(store, Space.STATE, "ff"));
        assertEquals(List.of(), entries(store, Space.STATE, "82"));
    }

    @Test
    void scanStopsWhenTheVisitorHasSeenEnough() {
        Store store = factory.open(FOLDER);
        store.commit(new Batch().put(Space.META, hex("01"), hex("aa")).put(Space.META, hex("02"), hex("bb")));
        List<Bytes> seen = new ArrayList<>();
        store.scan(Space.META, Bytes.EMPTY, (key, value) -> {
            seen.add(key);
            return false;
        });
        assertEquals(List.of(hex("01")), seen);
    }

    @Test
    void aVisitorMayCommitAndDoesNotSeeItsOwnChange() {
        Store store = factory.open(FOLDER);
        store.commit(new Batch().put(Space.META, hex("01"), hex("aa")).put(Space.META, hex("03"), hex("bb")));
        List<Bytes> seen = new ArrayList<>();
        store.scan(Space.META, Bytes.EMPTY, (key, value) -> {
            store.commit(new Batch().put(Space.META, hex("02"), hex("cc")).remove(Space.META, hex("03")));
            return seen.add(key);
        });
        assertEquals(List.of(hex("01"), hex("03")), seen);
        assertEquals(List.of("01=aa", "02=cc"), entries(store, Space.META, ""));
    }

    @Test
    void dataOutlivesAClosedStoreAndStaysWithItsFolder() {
        Store first = factory.open(FOLDER);
        first.commit(new Batch().put(Space.META, hex("01"), hex("aa")));
        first.close();
        first.close();
        assertEquals(List.of("01=aa"), entries(factory.open(FOLDER), Space.META, ""));
        assertEquals(List.of(), entries(factory.open(Path.of("nowhere", "bob")), Space.META, ""));
        assertEquals(List.of(), entries(new MemoryStoreFactory().open(FOLDER), Space.META, ""));
    }

    @Test
    void oneFolderHasOneOpenStore() {
        factory.open(FOLDER);
        UncheckedIOException refused =
                assertThrows(UncheckedIOException.class, () -> factory.open(Path.of("nowhere", "bob", "..", "alice")));
        assertTrue(refused.getMessage().contains("alice: it is open already"), refused.getMessage());
    }

    @Test
    void closeOfAFormerHolderLeavesTheNextOneAlone() {
        Store first = factory.open(FOLDER);
        first.close();
        Store second = factory.open(FOLDER);
        first.close();
        assertThrows(UncheckedIOException.class, () -> factory.open(FOLDER));
        second.commit(new Batch().put(Space.META, hex("01"), hex("aa")));
    }

    @Test
    void useAfterCloseIsRefusedByName() {
        Store store = factory.open(FOLDER);
        store.close();
        for (Runnable use : List.<Runnable>of(
                () -> store.get(Space.META, hex("01")),
                () -> store.scan(Space.META, Bytes.EMPTY, (key, value) -> true),
                () -> store.commit(new Batch().put(Space.META, hex("01"), hex("aa"))))) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, use::run);
            assertEquals("the store in " + FOLDER + " is closed", refused.getMessage());
        }
    }

    @Test
    void killTakesTheStoreFromItsHolderAndKeepsTheData() {
        Store holder = factory.open(FOLDER);
        holder.commit(new Batch().put(Space.SIGNING, hex("01"), hex("aa")));
        factory.kill(FOLDER);
        factory.kill(FOLDER);
        assertThrows(IllegalStateException.class, () -> holder.get(Space.SIGNING, hex("01")));
        assertEquals(List.of("01=aa"), entries(factory.open(FOLDER), Space.SIGNING, ""));
    }

    @Test
    void agreesWithAPlainMapOverRandomBatches() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Store store = factory.open(Path.of("seed", Long.toString(seed)));
            Map<Bytes, Bytes> model = new TreeMap<>();
            for (int i = 0; i < 100; i++) {
                Batch batch = new Batch();
                for (int j = random.nextInt(8); j >= 0; j--) {
                    Bytes key = Bytes.of(new byte[] {(byte) random.nextInt(8), (byte) random.nextInt(256)});
                    if (random.nextInt(3) == 0) {
                        model.remove(key);
                        batch.remove(Space.STATE, key);
                    } else {
                        Bytes value = Bytes.of(new byte[] {(byte) random.nextInt(256)});
                        model.put(key, value);
                        batch.put(Space.STATE, key, value);
                    }
                }
                store.commit(batch);
            }
            List<String> expected = model.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
            assertEquals(expected, entries(store, Space.STATE, ""), "seed " + seed);
        }
    }

    private static List<String> entries(Store store, Space space, String prefix) {
        List<String> entries = new ArrayList<>();
        store.scan(space, hex(prefix), (key, value) -> entries.add(key + "=" + value));
        return entries;
    }

    private static Bytes hex(String hex) {
        return Bytes.fromHex(hex);
    }
}
