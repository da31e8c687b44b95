package org.hauptbuch.store.rocksdb;

import java.nio.file.Path;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.Store.Space;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** A process that commits batch after batch and prints each one's number once it is committed, until it is killed. */
final class CountingWriter {
    private static final Bytes COUNTER = Bytes.fromHex("00");

    private CountingWriter() {}

    public static void main(String[] arguments) {
        try (RocksStoreFactory factory = new RocksStoreFactory(8);
                Store store = factory.open(Path.of(arguments[0]))) {
            long number = count(store);
            // until the kill; println flushes, so that the parent never knows less than what was committed and printed
            while (!System.out.checkError()) {
                number++;
                store.commit(batch(number));
                System.out.println(number);
            }
        }
    }

    /** Batch {@code number} sets the counter, and an entry of its own in every other space. */
    static Batch batch(long number) {
        Batch batch = new Batch();
        for (Space space : Space.values()) {
            if (space != Space.META) {
                batch.put(space, key(number), value(space, number));
            }
        }
        return batch.put(Space.META, COUNTER, key(number));
    }

    static long count(Store store) {
        return store.get(Space.META, COUNTER)
                .map(bytes -> Long.parseLong(bytes.hex(), 16))
                .orElse(0L);
    }

    static Bytes key(long number) {
        return new Writer(8).u64(number).toBytes();
    }

    /** Between 40 and about 4,000 bytes, so that records of the log lie across its pages and blocks. */
    static Bytes value(Space space, long number) {
        Bytes digest = Hash.sha256(key(number).toArray(), new byte[] {(byte) space.ordinal()})
                .bytes();
        Writer writer = new Writer();
        for (int i = 0; i <= (digest.at(0) & 0x7f); i++) {
            writer.fixed(digest);
        }
        return writer.toBytes();
    }
}
